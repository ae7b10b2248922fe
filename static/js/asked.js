// An answer may open or close other questions (their condition). After a form with data-decides was saved, the page is asked
// which questions there are now: [data-asked] lists their numbers. A change is told with a link; nothing is moved under
// somebody's fingers.
const place = document.querySelector("[data-asked]");

const numbersIn = (text) => text.split(" ").filter(Boolean);

function words(opened, closed) {
  const many = (list) => (list.length === 1 ? `question ${list[0]} is` : `questions ${list.join(", ")} are`);
  const parts = [];
  if (opened.length) parts.push(`${many(opened)} asked now`);
  if (closed.length) parts.push(`${many(closed)} not asked any more`);
  const said = parts.join(", and ");
  return `${said[0].toUpperCase()}${said.slice(1)}.`;
}

function tell(opened, closed) {
  const notice = document.createElement("div");
  notice.className = "notice is-info";
  const text = document.createElement("p");
  text.textContent = `Because of your answer, ${words(opened, closed).replace(/^./u, (sign) => sign.toLowerCase())} `;
  const link = document.createElement("a");
  link.href = location.pathname + location.search;
  link.textContent = "Show the page anew";
  text.append(link);
  notice.append(text);
  place.replaceChildren(notice);
}

async function look() {
  const answer = await fetch(location.pathname + location.search, { credentials: "same-origin" }).catch(() => null);
  if (!answer?.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const found = page.querySelector("[data-asked]");
  if (!found) return;
  const [before, now] = [place, found].map((box) => numbersIn(box.dataset.asked));
  const opened = now.filter((number) => !before.includes(number));
  const closed = before.filter((number) => !now.includes(number));
  if (opened.length || closed.length) tell(opened, closed);
  else place.replaceChildren();
}

document.addEventListener("autosave:saved", (event) => {
  if (place && event.target.matches("form[data-decides]")) look();
});
