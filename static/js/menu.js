// Menus (<details data-menu>) close on Escape, on a press elsewhere, and when the focus leaves. Tabs show the current one.
function close(menu, giveFocusBack) {
  menu.open = false;
  if (giveFocusBack) menu.querySelector("summary").focus();
}

function openMenus() {
  return document.querySelectorAll("details[data-menu][open]");
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of openMenus()) close(menu, menu.contains(document.activeElement));
});

document.addEventListener("pointerdown", (event) => {
  for (const menu of openMenus()) if (!menu.contains(event.target)) close(menu, false);
});

document.addEventListener("focusin", (event) => {
  for (const menu of openMenus()) if (!menu.contains(event.target)) close(menu, false);
});

// Only the strip of tabs moves, never the page.
function showCurrent(strip) {
  const current = strip.querySelector("[aria-current]");
  if (!current || strip.scrollWidth <= strip.clientWidth) return;
  const middle = current.offsetLeft + current.offsetWidth / 2 - strip.clientWidth / 2;
  strip.scrollTo({ left: middle, behavior: "instant" });
}

document.querySelectorAll("[data-tabs]").forEach(showCurrent);
