"use strict";
// A chart as PNG: the browser draws the chart's own SVG, twice as large. Without this script the SVG remains.
for (const link of document.querySelectorAll("a[data-picture]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "quiet";
  button.textContent = link.dataset.picture;
  button.setAttribute("aria-label", `${link.firstChild.textContent.trim()} ${link.dataset.picture}`);
  button.addEventListener("click", () => save(link.href));
  link.after(button);
}

function save(address) {
  const image = new Image();
  image.addEventListener("load", () => {
    const canvas = document.createElement("canvas");
    canvas.width = 2 * image.naturalWidth;
    canvas.height = 2 * image.naturalHeight;
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((content) => {
      const saved = document.createElement("a");
      saved.href = URL.createObjectURL(content);
      saved.download = decodeURIComponent(address.split("/").pop()).replace(/svg$/, "png");
      saved.click();
      setTimeout(() => URL.revokeObjectURL(saved.href), 10_000);
    });
  });
  image.src = address;
}
