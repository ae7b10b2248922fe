// Signs of life: a page tells every few seconds what its person does, and hears what the others do. Only while the tab is
// looked at; without an answer for a while, nothing is heard any more.
//
//   signsOfLife({ address, say, leaving, hear })   say() and leaving() give the fields, or nothing; hear(answer or null)
export const EVERY = 15000; // ms; the server forgets after three times as long
const SOON = 400; // ms after something changed

function csrfToken() {
  return document.cookie.match(/(?:^|;\s*)csrftoken=([^;]+)/)?.[1] || document.querySelector("[name=csrfmiddlewaretoken]")?.value || "";
}

export function signsOfLife({ address, say, leaving, hear }) {
  let timer = 0;
  let isOver = false; // the server says that there is nothing to tell here
  let heard = 0; // when the server last answered

  function send(fields, keepalive = false) {
    return fetch(address, {
      method: "POST",
      body: new URLSearchParams(fields),
      headers: { Accept: "application/json", "X-CSRFToken": csrfToken() },
      credentials: "same-origin",
      redirect: "manual",
      keepalive,
    });
  }

  async function tell() {
    clearTimeout(timer);
    if (isOver || document.visibilityState !== "visible") return;
    timer = setTimeout(tell, EVERY);
    try {
      const response = await send(say());
      if (response.ok) {
        heard = Date.now();
        hear(await response.json());
      } else if (response.status === 401) {
        end();
        document.dispatchEvent(new CustomEvent("session:expired", { detail: { quiet: true } }));
      } else if ([403, 404].includes(response.status)) end();
    } catch {
      // No connection: what was heard is shown until it is too old.
    }
    if (Date.now() - heard > 3 * EVERY) hear(null);
  }

  function end() {
    isOver = true;
    clearTimeout(timer);
    hear(null);
  }

  function leave() {
    clearTimeout(timer);
    const fields = isOver ? null : leaving();
    if (fields) send(fields, true).catch(() => {});
  }

  document.addEventListener("visibilitychange", () => (document.visibilityState === "visible" ? tell() : leave()));
  document.addEventListener("session:renewed", () => {
    isOver = false;
    tell();
  });
  addEventListener("online", tell);
  addEventListener("pagehide", leave);
  addEventListener("pageshow", (event) => event.persisted && tell());
  tell();

  return {
    soon() {
      clearTimeout(timer);
      timer = setTimeout(tell, SOON);
    },
  };
}
