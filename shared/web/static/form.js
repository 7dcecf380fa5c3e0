// The form page is complete without this. Here conditions react at once, a draft stays in this browser, and nothing is sent twice.
"use strict";

const AGED = 30 * 24 * 3600 * 1000; // a draft that nobody came back for
const PATIENCE = 10000; // after which send may be pressed again, in case the browser gave up
const DRAFT = "kursdag.draft.";

const form = document.getElementById("answer");
const sent = document.querySelector("[data-sent]");
const shown = (id, yes) => { document.getElementById(id).hidden = !yes; return yes; };

// Drafts. Storage may be switched off: then there are none.
const kept = (work) => { try { return work(localStorage); } catch { return null; } };
const forget = (name) => kept((store) => store.removeItem(DRAFT + name));

const forgetAged = () => kept((store) => {
  for (const key of Object.keys(store)) {
    if (key.startsWith(DRAFT) && !(JSON.parse(store.getItem(key)).at > Date.now() - AGED)) store.removeItem(key);
  }
});

// The rule of shared/conditions.py: an answer that was not given fulfils no test.
const holds = ([operator, ...rest], answers) => {
  const [question, ...values] = rest;
  switch (operator) {
    case "all": return rest.every((part) => holds(part, answers));
    case "any": return rest.some((part) => holds(part, answers));
    case "not": return !rest.some((part) => holds(part, answers));
    case "at_least": return (answers[question] || []).some((text) => /^-?[0-9]{1,9}$/.test(text) && Number(text) >= Number(values[0]));
    default: return (answers[question] || []).some((code) => values.includes(code));
  }
};

const start = () => {
  const asked = [...form.querySelectorAll("[data-asked]")];
  const fields = [...form.querySelectorAll("[data-asked] :is(input, textarea)")];
  const rules = new Map(asked.map((box) => [box, box.dataset.if && JSON.parse(box.dataset.if)]));
  const send = form.querySelector("button[data-busy]");
  const words = send.textContent;
  let sending = false;
  let warned = false; // that there is no connection; who presses again is believed
  let timer = 0;

  const isChoice = (field) => field.type === "radio" || field.type === "checkbox";
  const isFilled = (field) => (isChoice(field) ? field.checked : field.value.trim() !== "");
  const isUnsent = () => fields.some(isFilled);

  // Texts that stand for the choices and answers of one question.
  const read = (box) => {
    const own = [...box.querySelectorAll("input, textarea")].filter((field) => field.name === box.dataset.asked && isFilled(field));
    return {
      codes: own.map((field) => field.value.trim()),
      words: own.map((field) => (isChoice(field) ? field.parentNode.textContent : field.value).trim()).join(", "),
    };
  };

  const refresh = () => {
    const codes = {};
    const said = {};
    for (const box of asked) {
      const rule = rules.get(box);
      box.hidden = Boolean(rule) && !holds(rule, codes);
      for (const field of box.querySelectorAll("input, textarea")) field.disabled = box.hidden;
      for (const place of box.querySelectorAll("[data-recall]")) place.textContent = said[place.dataset.recall] || "…";
      if (!box.hidden) ({ codes: codes[box.dataset.asked], words: said[box.dataset.asked] } = read(box));
    }
    for (const heading of form.querySelectorAll("h2.section")) {
      let empty = true;
      for (let next = heading.nextElementSibling; next && next.dataset.asked !== undefined; next = next.nextElementSibling) empty &&= next.hidden;
      heading.hidden = empty;
    }
  };

  // A preview has no draft.
  const own = (work) => (form.dataset.draft ? kept(work) : null);

  const keep = () => own((store) => {
    const filled = fields.filter(isFilled).map((field) => [field.name, field.value]);
    if (filled.length) store.setItem(DRAFT + form.dataset.draft, JSON.stringify({ at: Date.now(), filled }));
    else forget(form.dataset.draft);
    shown("kept", filled.length);
  });

  const restore = () => own((store) => {
    const draft = JSON.parse(store.getItem(DRAFT + form.dataset.draft));
    if (!draft) return;
    for (const [name, value] of draft.filled) {
      for (const field of fields.filter((one) => one.name === name)) {
        if (!isChoice(field)) field.value = value;
        else if (field.value === value) field.checked = true;
      }
    }
    shown("restored", isUnsent());
    shown("kept", isUnsent());
  });

  const settle = () => {
    clearTimeout(timer);
    sending = false;
    send.textContent = words;
    send.removeAttribute("aria-disabled");
    refresh();
  };

  form.addEventListener("input", () => { refresh(); clearTimeout(timer); timer = setTimeout(keep, 300); });

  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    keep();
    const cut = !navigator.onLine && !warned;
    warned = shown("offline", cut);
    if (sending || cut) return event.preventDefault();
    sending = true;
    if (event.submitter && event.submitter.name) {
      // Another language: what hidden questions hold travels along, too.
      for (const field of fields) field.disabled = false;
    } else {
      send.textContent = send.dataset.busy;
      send.setAttribute("aria-disabled", "true");
    }
    timer = setTimeout(settle, PATIENCE);
  });

  document.querySelector("#restored button").addEventListener("click", () => {
    form.reset();
    keep();
    refresh();
    shown("restored", false);
    document.querySelector("h1").focus();
  });

  addEventListener("pageshow", (event) => { if (event.persisted) settle(); });
  addEventListener("pagehide", () => { if (!sending) keep(); });
  addEventListener("beforeunload", (event) => { if (!sending && form.dataset.draft && isUnsent()) event.preventDefault(); });

  for (const sentence of form.querySelectorAll(".if")) sentence.remove();
  if (form.dataset.typed === undefined) restore();
  else keep();
  refresh();
};

forgetAged();
if (sent) forget(sent.dataset.sent);
if (form) start();
