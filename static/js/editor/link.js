// Where a link leads: asked in a line under the tools. Web and e-mail addresses only.
const OURS = /^(https?:|mailto:)/i;

function addressOf(typed) {
  const text = typed.trim();
  if (/^[^\s@/:]+@[^\s@/]+\.[^\s@/]+$/.test(text)) return `mailto:${text}`;
  const address = /^[a-z][a-z\d+.-]*:/i.test(text) && !/^[^/:]+:\d/.test(text) ? text : `https://${text}`;
  return OURS.test(address) && URL.canParse(address) && /[^:/]/.test(address.replace(OURS, "")) ? address : null;
}

function button(words, className, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = className;
  made.textContent = words;
  made.addEventListener("click", act);
  return made;
}

export function linkPanel(editor, id) {
  const element = document.createElement("div");
  element.className = "editor-link";
  element.hidden = true;
  element.setAttribute("role", "group");
  element.setAttribute("aria-label", "Link");
  const label = document.createElement("label");
  label.textContent = "Leads to";
  const input = document.createElement("input");
  input.type = "text";
  input.inputMode = "url";
  input.autocomplete = "off";
  input.spellcheck = false;
  input.placeholder = "https://";
  input.id = `${id}-link`;
  label.htmlFor = input.id;
  const error = document.createElement("p");
  error.className = "error";
  error.setAttribute("role", "alert");
  const remove = button("Remove the link", "btn quiet small", () => end(() => editor.chain().focus().extendMarkRange("link").unsetLink().run()));
  element.append(label, input, button("Set the link", "btn small", apply), remove, button("Cancel", "btn plain small", () => end()), error);

  function open() {
    input.value = editor.getAttributes("link").href || "";
    remove.hidden = !editor.isActive("link");
    error.textContent = "";
    element.hidden = false;
    input.focus();
    input.select();
  }

  function end(act = () => editor.commands.focus()) {
    element.hidden = true;
    act();
  }

  function apply() {
    const href = addressOf(input.value);
    if (!href) {
      error.textContent = "Please write a web address or an e-mail address.";
      return input.focus();
    }
    const mark = { type: "link", attrs: { href } };
    const isNew = editor.state.selection.empty && !editor.isActive("link");
    if (isNew) return end(() => editor.chain().focus().insertContent({ type: "text", text: input.value.trim(), marks: [mark] }).unsetMark("link").run());
    return end(() => editor.chain().focus().extendMarkRange("link").setLink({ href }).run());
  }

  element.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target === input) apply();
    else if (event.key === "Escape") end();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  // The address is no text of the form.
  for (const kind of ["input", "change"]) element.addEventListener(kind, (event) => event.stopPropagation());
  return { element, open };
}
