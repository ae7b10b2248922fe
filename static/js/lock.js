// Who is writing in this section of the report. The page of who writes gives signs of life; the others see the name and can
// take over. It is a courtesy: saving never asks for it, and two texts are still chosen between (choose.js).
//
//   <div id="section-lock" data-lock="url" data-mode="writing|reading" data-version data-comments>  #section-desk  #section-read
import { signsOfLife } from "./shared/signs.js";

const IDLE = 600000; // ms without a key or a press: then the section is let go

const place = document.getElementById("section-lock");
const words = place?.querySelector("[data-lock-words]");
const isWriting = place?.dataset.mode === "writing";
let signs;
let active = Date.now();
let isGone = false; // let go for want of a key
let wasMine = false;
let shown = ""; // who and since when, as the page says it

const isIdle = () => Date.now() - active > IDLE;
const time = (moment) => new Date(moment).toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit", hour12: false });

function state() {
  if (!isWriting) return "reading";
  isGone = isIdle();
  return isGone ? "left" : "writing";
}

function line(strong, rest) {
  const made = document.createElement("strong");
  made.textContent = strong;
  words.replaceChildren(made, ` ${rest}`);
}

// --- What is heard ----------------------------------------------------------------------------------
function hear(answer) {
  if (!answer) return;
  showWriter(answer.writer);
  if (document.getElementById("section-desk")?.dataset.status !== answer.status) refreshDesk(answer.status);
  if (!isWriting && place.dataset.version !== String(answer.version)) refreshText(answer.version);
  showComments(answer.comments);
}

function showWriter(writer) {
  const other = writer && !writer.is_me ? writer : null;
  const said = other ? `${other.name} ${other.since}` : "";
  if (other && said !== shown) tellOther(other);
  if (!other && shown) tellFree();
  if (writer?.is_me) wasMine = true;
  shown = said;
  const free = place.querySelector("[data-lock-free]");
  const take = place.querySelector("[data-lock-take]");
  if (free) free.hidden = Boolean(other) || isWriting;
  if (take) take.hidden = !other;
}

function tellOther({ name, since }) {
  if (isWriting && wasMine) line(`${name} goes on writing here since ${time(since)}.`, "What you typed is saved, or kept in this page and asked about when both of you save.");
  else if (isWriting) line(`${name} is writing here since ${time(since)}.`, "If both of you save, you are asked which text stays. Better speak with each other first.");
  else line(`${name} is writing here since ${time(since)}.`, "Below is the text as it was last saved.");
  place.hidden = false;
}

function tellFree() {
  if (isWriting) place.hidden = true;
  else line("Nobody is writing here any more.", "");
}

// --- What has moved ---------------------------------------------------------------------------------
function refreshDesk(status) {
  const desk = document.getElementById("section-desk");
  const was = desk.dataset.status;
  if (desk.contains(document.activeElement)) return;
  desk.dataset.status = status;
  htmx.ajax("GET", `${desk.dataset.url}?was=${encodeURIComponent(was)}`, { target: "#section-desk", swap: "outerHTML" });
}

function refreshText(version) {
  place.dataset.version = version;
  if (document.getElementById("section-read")) htmx.ajax("GET", location.pathname, { target: "#section-read", select: "#section-read", swap: "outerHTML" });
}

// New comments are not put under somebody's hands: the page says that they are there.
function showComments(number) {
  const title = document.querySelector("#comments .muted");
  if (!title || String(number) === place.dataset.comments) return;
  place.dataset.comments = number;
  let told = document.getElementById("said-new");
  if (!told) {
    told = document.createElement("p");
    told.id = "said-new";
    told.className = "notice is-info";
    told.setAttribute("role", "status");
    title.after(told);
  }
  const link = document.createElement("a");
  link.href = `${location.pathname}#comments`;
  link.textContent = "Load them";
  link.addEventListener("click", (event) => {
    event.preventDefault();
    location.reload();
  });
  told.replaceChildren("The comments have changed. ", link);
}

// --- The page ---------------------------------------------------------------------------------------
function moved() {
  active = Date.now();
  if (isGone) signs.soon();
  isGone = false;
}

if (place) {
  shown = isWriting ? "" : "as the server said";
  if (place.hidden) shown = "";
  for (const kind of ["input", "pointerdown", "focusin"]) document.addEventListener(kind, moved);
  document.addEventListener("autosave:saved", (event) => {
    const { status } = event.detail ?? {};
    if (event.target.id === "section-form" && status && document.getElementById("section-desk")?.dataset.status !== status) refreshDesk(status);
  });
  signs = signsOfLife({
    address: place.dataset.lock,
    say: () => ({ state: state() }),
    leaving: () => isWriting && { state: "left" },
    hear,
  });
}
