// Who is writing where: the page tells at which question the person is, and shows at each question, and in the list of
// sections, who else is there. Only while the tab is looked at; a page that cannot ask shows nobody rather than a mistake.
//
//   <meta name="presence-url" content="…">  <section data-question="id">  <li data-section="position">
import { signsOfLife } from "./shared/signs.js";

const IDLE = 120000; // ms without a key: then nobody is writing

const address = document.querySelector("meta[name=presence-url]")?.content;
let signs;
let question = ""; // where the person is
let active = 0; // when they last did something there
let spoken = "";

const current = () => (question && Date.now() - active < IDLE ? question : "");

// --- Showing ----------------------------------------------------------------------------------------
const names = (people) => new Intl.ListFormat("en").format([...new Set(people.map((one) => one.name))]);
const verb = (people) => (new Set(people.map((one) => one.name)).size > 1 ? "are" : "is");

function line(place, className, words) {
  let made = place.querySelector(`:scope > .${className}`);
  if (!words) return made?.remove();
  if (!made) {
    made = document.createElement(className === "who-here" ? "span" : "p");
    made.className = className;
    if (className === "who-here") place.append(made);
    else place.querySelector("form")?.before(made);
  }
  if (made.textContent !== words) made.textContent = words;
  return made;
}

function show(here) {
  for (const place of document.querySelectorAll("[data-question]")) {
    const people = here.filter((one) => String(one.question) === place.dataset.question);
    line(place, "who-writes", people.length ? `${names(people)} ${verb(people)} writing here` : "");
  }
  for (const place of document.querySelectorAll("[data-section]")) {
    const people = here.filter((one) => String(one.section) === place.dataset.section);
    line(place, "who-here", people.length ? `${names(people)} ${verb(people)} here` : "");
  }
  speak(here.filter((one) => String(one.question) === current()));
}

// Said aloud once, and only of the question in which the person is.
function speak(people) {
  const words = people.length ? `${names(people)} ${verb(people)} writing here too.` : "";
  if (words === spoken) return;
  spoken = words;
  let region = document.getElementById("presence-told");
  if (!region) {
    region = document.createElement("p");
    region.id = "presence-told";
    region.className = "visually-hidden";
    region.setAttribute("role", "status");
    document.getElementById("main")?.append(region);
  }
  region.textContent = words;
}

// --- The page ---------------------------------------------------------------------------------------
function moved(event) {
  const place = event.target instanceof Element && event.target.closest("[data-question]");
  active = Date.now();
  if (!place || place.dataset.question === question) return;
  question = place.dataset.question;
  signs.soon();
}

if (address) {
  document.addEventListener("focusin", moved);
  document.addEventListener("input", moved);
  signs = signsOfLife({
    address,
    say: () => ({ question: current() }),
    leaving: () => question && { question: "" },
    hear: (answer) => show(answer?.here ?? []),
  });
}
