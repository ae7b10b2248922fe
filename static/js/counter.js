// Counts words under a text field: <textarea data-words="400"> shows "123 of 400 words"; without a number "123 words".
// A word is a run between white space that holds a letter or digit, as in people/texts.py.
const SIGN = /[\p{L}\p{N}]/u;

function count(text) {
  return text.split(/\s+/u).filter((run) => SIGN.test(run)).length;
}

function outputOf(field) {
  if (field.nextElementSibling?.matches(".words-used")) return field.nextElementSibling;
  const output = document.createElement("p");
  output.className = "words-used";
  field.after(output);
  return output;
}

function show(field) {
  const used = count(field.value);
  const most = Number(field.dataset.words);
  const output = outputOf(field);
  const over = most > 0 && used > most;
  output.classList.toggle("is-over", over);
  const noun = (most || used) === 1 ? "word" : "words";
  output.textContent = most ? `${used} of ${most} ${noun}${over ? `: ${used - most} too many` : ""}` : `${used} ${noun}`;
}

function start(root) {
  root.querySelectorAll("textarea[data-words]").forEach(show);
}

for (const kind of ["input", "autosave:filled"]) {
  document.addEventListener(kind, (event) => {
    if (event.target.matches("textarea[data-words]")) show(event.target);
  });
}
document.addEventListener("htmx:load", (event) => start(event.detail.elt));
start(document);
