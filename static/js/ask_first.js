// A form that would lead to a page and cannot be sent takes what was typed along. So before a form with fields goes, the
// server is asked whether this person is still logged in (people/views/accounts.py, still_here):
//   yes              the form goes, with a token that is valid, also when the login was renewed in another tab
//   401              event session:expired; the login comes to the page, and the form goes after session:renewed
//   somebody else    nothing is sent, and the page says so
//   no connection    the same
// Any other answer, or none within PATIENCE, says nothing about the login: then the form goes as it always did.
// Forms that scripts send themselves (htmx, files) have been prevented before this is asked; a form that saves as one types
// keeps its text by itself.
import { say } from "./shared/say.js";

const PATIENCE = 5000; // ms
const FIELDS = "textarea, select, input:not([type=hidden])";
const user = document.documentElement.dataset.user;
const address = document.querySelector("meta[name=login-url]")?.dataset.still;
let waiting = null; // the form that goes once its person is logged in again, and the button that was pressed

function isToAsk(form) {
  return Boolean(user && address && form.method === "post" && !form.matches("[data-autosave]") && form.querySelector(FIELDS));
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || !isToAsk(form)) return;
  if (form.dataset.known !== undefined) {
    delete form.dataset.known;
    return;
  }
  event.preventDefault();
  if (form.dataset.asking !== undefined) return;
  form.dataset.asking = "";
  ask(form, event.submitter).finally(() => delete form.dataset.asking);
});

async function ask(form, button) {
  let answer;
  try {
    const response = await fetch(address, { headers: { Accept: "application/json" }, signal: AbortSignal.timeout?.(PATIENCE) });
    if (response.status === 401) {
      waiting = { form, button };
      return void document.dispatchEvent(new CustomEvent("session:expired"));
    }
    answer = response.ok ? await response.json() : null;
  } catch (error) {
    if (error.name === "TypeError") return say("There is no connection. Nothing was sent, and all that you typed is still here: try again in a moment.");
  }
  if (answer && String(answer.user) !== user) {
    return say("Somebody else has logged in in this browser since. Nothing was sent, and all that you typed is still here: log in as yourself in another tab, then send it again.");
  }
  if (answer) for (const input of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) input.value = answer.csrf_token;
  go(form, button);
}

function go(form, button) {
  form.dataset.known = "";
  form.requestSubmit(button?.isConnected ? button : null);
  delete form.dataset.known; // where the browser's own check has held it
}

document.addEventListener("session:renewed", () => {
  if (waiting?.form.isConnected) go(waiting.form, waiting.button);
  waiting = null;
});
