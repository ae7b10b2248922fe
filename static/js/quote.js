// What somebody selects in the text of a file ([data-quote-text]) goes into the form that quotes it ([data-quote]).
// On a page of its own the form is sent as it is. Beside a form with answers, static/js/beside.js takes it from there.
let whole = "";
let reader = null;

function chosen(place) {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || !place.contains(selection.anchorNode) || !place.contains(selection.focusNode)) return "";
  return selection.toString().trim();
}

document.addEventListener("selectionchange", () => {
  const place = document.querySelector("[data-quote-text]");
  const field = document.querySelector("[data-quote] textarea");
  if (!place || !field) return;
  if (reader !== place) {
    reader = place;
    whole = field.value;
  }
  const words = chosen(place);
  if (words) field.value = words;
});

// Whoever empties the field gets the whole page back when they leave it.
document.addEventListener("focusout", (event) => {
  if (event.target.matches("[data-quote] textarea") && event.target.value.trim() === "" && whole) event.target.value = whole;
});
