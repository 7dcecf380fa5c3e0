// A long import goes on by itself; without this, by its button.
"use strict";

document.querySelector("form[data-go-on]").requestSubmit();
