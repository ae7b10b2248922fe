// The error summary takes the focus; what went wrong on the way to the server is said in #notices.
import { say } from "./shared/say.js";

function focusSummary(root) {
  const summary = root.matches?.("[data-error-summary]") ? root : root.querySelector("[data-error-summary]");
  if (!summary) return;
  summary.focus();
  summary.scrollIntoView({ block: "start" });
}

// A link of the summary goes to the field itself, or to the first choice of a group.
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-error-summary] a[href^='#']");
  if (!link) return;
  const place = document.getElementById(link.hash.slice(1));
  const field = place?.matches("input, select, textarea") ? place : place?.querySelector("input, select, textarea");
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.scrollIntoView({ block: "center" });
});

// A part that asks again by itself (hx-trigger="every …") stays silent: it will ask again.
function isPoll(event) {
  return (event.detail.elt?.getAttribute("hx-trigger") || "").includes("every");
}

document.addEventListener("htmx:sendError", (event) => {
  if (!isPoll(event)) say("There is no connection. Nothing was changed; please try again in a moment.");
});
document.addEventListener("htmx:timeout", (event) => {
  if (!isPoll(event)) say("The server did not answer in time. Please look whether your change is there before you try again.");
});
document.addEventListener("htmx:responseError", (event) => {
  const status = event.detail.xhr.status;
  if (status === 401) document.dispatchEvent(new CustomEvent("session:expired", { detail: { quiet: isPoll(event) } }));
  else if (status >= 500 && !isPoll(event)) say("Something went wrong on our side. What you saved before is safe; please try again.");
});
document.addEventListener("htmx:load", (event) => focusSummary(event.detail.elt));
focusSummary(document);
