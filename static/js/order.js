// Puts a list in order by dragging its handles: <ol data-order="address"> with rows [data-id] and [data-handle]. The new order
// is sent at once; when that fails the list goes back to where it was and says so. The buttons do the same without it.
const list = document.querySelector("[data-order]");
let dragged = null;
let before = [];

function rowAt(y) {
  return [...list.children].find((row) => {
    const box = row.getBoundingClientRect();
    return row !== dragged && y >= box.top && y <= box.bottom;
  });
}

function say(words) {
  const line = document.querySelector("[data-order-state]");
  if (line) line.textContent = words;
}

function refuse(message) {
  list.append(...before);
  say(message);
  const notice = document.createElement("div");
  notice.className = "notice is-bad";
  notice.setAttribute("role", "alert");
  notice.append(Object.assign(document.createElement("p"), { textContent: message }));
  document.querySelector("#notices").replaceChildren(notice);
}

async function send() {
  const order = new URLSearchParams([...list.children].map((row) => ["order", row.dataset.id]));
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  try {
    const answer = await fetch(list.dataset.order, {
      method: "POST",
      body: order,
      headers: { Accept: "application/json", "X-CSRFToken": token },
      credentials: "same-origin",
    });
    if (answer.ok) return say("The new order is saved.");
    const told = await answer.json().catch(() => ({}));
    return refuse(told.message || "The order could not be saved. The list is as it was.");
  } catch {
    return refuse("There is no connection. The list is as it was.");
  }
}

function begin(event) {
  const handle = event.target.closest("[data-handle]");
  if (!handle || event.button) return;
  event.preventDefault();
  dragged = handle.closest("[data-id]");
  before = [...list.children];
  dragged.classList.add("is-dragged");
  handle.setPointerCapture(event.pointerId);
}

function drag(event) {
  if (!dragged) return;
  const over = rowAt(event.clientY);
  if (!over) return;
  const box = over.getBoundingClientRect();
  over[event.clientY < box.top + box.height / 2 ? "before" : "after"](dragged);
}

function end(event) {
  if (!dragged) return;
  dragged.classList.remove("is-dragged");
  dragged = null;
  const rows = [...list.children];
  if (event.type === "pointercancel") list.append(...before);
  else if (rows.some((row, place) => row !== before[place])) send();
}

if (list) {
  list.addEventListener("pointerdown", begin);
  list.addEventListener("pointermove", drag);
  list.addEventListener("pointerup", end);
  list.addEventListener("pointercancel", end);
}
