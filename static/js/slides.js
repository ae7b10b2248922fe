// The slides of a feedback session: arrow keys, page keys and space move from slide to slide; a button fills the screen.
const deck = document.querySelector("[data-slides]");
const slides = [...deck.querySelectorAll(".slide")];
const number = document.querySelector("[data-slide-number]");
const FORWARD = new Set(["ArrowRight", "ArrowDown", "PageDown", " ", "Enter"]);
const BACK = new Set(["ArrowLeft", "ArrowUp", "PageUp", "Backspace"]);

function here() {
  const middle = deck.scrollTop + deck.clientHeight / 2;
  return Math.max(0, slides.findLastIndex((slide) => slide.offsetTop <= middle));
}

function tell() {
  const words = `${here() + 1} of ${slides.length}`;
  if (number.textContent !== words) number.textContent = words;
}

// A slide that is longer than the screen is read to its end first.
function move(step) {
  const slide = slides[here()];
  const rest = slide.offsetTop + slide.offsetHeight - (deck.scrollTop + deck.clientHeight);
  if (step > 0 && rest > 4) return deck.scrollBy(0, Math.min(rest, deck.clientHeight * 0.8));
  return go(Math.min(slides.length - 1, Math.max(0, here() + step)));
}

function go(place) {
  slides[place].focus({ preventScroll: true });
  deck.scrollTo(0, slides[place].offsetTop);
}

document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest("a, button")) return;
  if (event.key === "Home") go(0);
  else if (event.key === "End") go(slides.length - 1);
  else if (FORWARD.has(event.key)) move(1);
  else if (BACK.has(event.key)) move(-1);
  else return;
  event.preventDefault();
});

document.addEventListener("click", (event) => {
  const step = event.target.closest("[data-slide]");
  if (step) move(Number(step.dataset.slide));
  if (event.target.closest("[data-full-screen]")) {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen?.();
  }
});

deck.addEventListener("scroll", tell, { passive: true });
tell();
