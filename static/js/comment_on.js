// Words that somebody selects in the text or in the preview can be commented on: a button stands at the selection, and puts
// them into the comment form (<textarea data-quote-here>). Without it the form takes words by hand, or none.
const MOST = 2000; // signs, as the form says
const form = document.querySelector(".said-form");
const field = form?.querySelector("[data-quote-here]");
const PLACES = "#preview .doc-page, #section-read, #section-form [contenteditable=true]";
let button = null;
let words = "";

function selected() {
  const plain = document.activeElement;
  if (plain instanceof HTMLTextAreaElement && plain.form?.id === "section-form") {
    const text = plain.value.slice(plain.selectionStart, plain.selectionEnd).trim();
    return { text, box: text ? plain.getBoundingClientRect() : null };
  }
  const selection = getSelection();
  const node = selection?.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0).commonAncestorContainer : null;
  const inside = (node instanceof Element ? node : node?.parentElement)?.closest(PLACES);
  return inside ? { text: selection.toString().trim(), box: selection.getRangeAt(0).getBoundingClientRect() } : { text: "", box: null };
}

function show() {
  const { text, box } = selected();
  words = text.slice(0, MOST);
  if (!words) return button?.remove();
  button ||= makeButton();
  if (!button.isConnected) document.body.append(button);
  const width = document.documentElement.clientWidth;
  button.style.insetBlockStart = `${scrollY + box.bottom + 6}px`;
  button.style.left = `${Math.max(8, Math.min(box.left + scrollX, width - button.offsetWidth - 8))}px`;
}

function makeButton() {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn small comment-on-words";
  made.textContent = "Comment on these words";
  made.addEventListener("pointerdown", (event) => event.preventDefault()); // the selection stays
  made.addEventListener("click", quote);
  return made;
}

function quote() {
  field.value = words;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  getSelection()?.removeAllRanges();
  button.remove();
  form.elements.text.focus();
  form.scrollIntoView({ block: "center" });
}

if (field) {
  let timer;
  document.addEventListener("selectionchange", () => {
    clearTimeout(timer);
    timer = setTimeout(show, 250);
  });
}
