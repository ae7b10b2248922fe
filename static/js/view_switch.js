// What stands on the page: the text, its preview, or both beside each other; on a small screen one of them. The choice is
// kept on this device. <div data-view-switch="name"> with buttons [data-view=write|both|preview]; the page shows it by
// <… data-views="name" data-shows="…">.
const SMALL = matchMedia("(max-width: 58rem)");

const memory = {
  read: (key) => { try { return localStorage.getItem(key); } catch { return null; } },
  keep: (key, view) => { try { localStorage.setItem(key, view); } catch { /* then the page begins as ever */ } },
};

for (const bar of document.querySelectorAll("[data-view-switch]")) {
  const name = bar.dataset.viewSwitch;
  const key = `view:${name}`;
  const place = document.querySelector(`[data-views="${CSS.escape(name)}"]`);
  const buttons = [...bar.querySelectorAll("[data-view]")];
  if (!place) continue;

  const show = () => {
    const chosen = memory.read(SMALL.matches ? `${key}:small` : key);
    const usual = SMALL.matches ? "write" : "both";
    const view = buttons.some((button) => button.dataset.view === chosen) ? chosen : usual;
    place.dataset.shows = view;
    for (const button of buttons) {
      button.setAttribute("aria-pressed", String(button.dataset.view === view));
      button.hidden = SMALL.matches && button.dataset.view === "both";
    }
  };
  bar.addEventListener("click", (event) => {
    const button = event.target.closest("[data-view]");
    if (!button) return;
    memory.keep(SMALL.matches ? `${key}:small` : key, button.dataset.view);
    show();
  });
  // What is led to by an address (#piece-finding-12) is in the text.
  const reveal = () => {
    const target = location.hash && document.querySelector(`#${CSS.escape(location.hash.slice(1))}`);
    if (place.dataset.shows === "preview" && target?.closest(".editor-text, .editor-side")) place.dataset.shows = SMALL.matches ? "write" : "both";
  };
  SMALL.addEventListener("change", show);
  addEventListener("hashchange", reveal);
  show();
  reveal();
  bar.hidden = false;
}
