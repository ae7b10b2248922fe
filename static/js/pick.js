// Says how many rows are ticked beside the button that does something with them: <form data-pick="note"> with a
// [data-picked] line. Ticked boxes may stand outside of the form (attribute form="…").
const plural = (number, noun) => `${number} ${noun}${number === 1 ? "" : "s"} ticked`;

function tell(form) {
  const ticked = [...form.elements].filter((box) => box.type === "checkbox" && box.checked).length;
  const line = form.querySelector("[data-picked]");
  line.dataset.empty ??= line.textContent;
  const words = ticked ? plural(ticked, form.dataset.pick) : line.dataset.empty;
  if (line.textContent !== words) line.textContent = words;
  form.classList.toggle("is-picked", ticked > 0);
}

const forms = document.querySelectorAll("form[data-pick]");
document.addEventListener("change", (event) => event.target.form?.dataset.pick && tell(event.target.form));
addEventListener("pageshow", () => forms.forEach(tell));
forms.forEach(tell);
