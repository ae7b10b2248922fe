// A form that is on its way is not sent a second time, unless it is data-repeatable (a download). The page comes back
// from the browser's cache usable.
const WORDS = "Sending…";

function hold(button) {
  button.dataset.words = button.innerHTML;
  button.setAttribute("aria-disabled", "true");
  button.textContent = button.dataset.onceWords || WORDS;
}

function release(form) {
  delete form.dataset.sending;
  for (const button of form.querySelectorAll("button[data-words]")) {
    button.innerHTML = button.dataset.words;
    button.removeAttribute("aria-disabled");
    delete button.dataset.words;
  }
}

function sends(form) {
  return form.method === "post" && form.dataset.repeatable === undefined;
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!sends(form)) return;
  if (form.dataset.sending) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  // After all other listeners: who prevented the sending (htmx, autosave) takes care of the form itself.
  setTimeout(() => {
    if (event.defaultPrevented) return;
    form.dataset.sending = "true";
    if (event.submitter instanceof HTMLButtonElement) hold(event.submitter);
  });
}, true);

document.addEventListener("htmx:beforeRequest", (event) => {
  const form = event.target.closest("form");
  if (!form || !sends(form)) return;
  if (form.dataset.sending) return event.preventDefault();
  form.dataset.sending = "true";
  const button = event.detail.requestConfig?.triggeringEvent?.submitter;
  if (button instanceof HTMLButtonElement) hold(button);
});

document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest("form");
  if (form) release(form);
});

addEventListener("pageshow", () => document.querySelectorAll("form[data-sending]").forEach(release));
