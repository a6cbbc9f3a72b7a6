/* A click on words that several statements cover opens a list of them. */

/** Let clicks on statements inside `panes` lead to their claims. */
export function openStatements(panes, covering) {
  panes.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-claims]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const dragged = event.detail > 0 && !getSelection().isCollapsed;
    const claims = link.dataset.claims.split(" ");
    if (dragged || claims.length > 1) event.preventDefault();
    if (!dragged && claims.length > 1) show(covering, link, claims);
  });
  covering.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const links = [...covering.querySelectorAll("a")];
    const next = (links.indexOf(document.activeElement) + step + links.length) % links.length;
    links[next].focus();
    event.preventDefault();
  });
}

/** Say of the links inside `region` which open a list. */
export function markCovered(region) {
  for (const link of region.querySelectorAll('a[data-claims*=" "]')) link.setAttribute("aria-haspopup", "dialog");
}

function show(covering, link, claims) {
  const list = document.createElement("ul");
  list.append(...claims.map((claim) => entry(document.getElementById(`statement-${claim}`))));
  covering.replaceChildren(list);
  covering.addEventListener("toggle", (event) => event.newState === "closed" && link.focus(), { once: true });
  covering.showPopover();
  const place = link.getClientRects()[0];
  const { width, height } = covering.getBoundingClientRect();
  const below = place.bottom + height + 8 < innerHeight ? place.bottom + 4 : Math.max(8, place.top - height - 4);
  covering.style.insetBlockStart = `${below}px`;
  covering.style.left = `${Math.max(8, Math.min(place.left, innerWidth - width - 8))}px`;
  list.querySelector("a").focus();
}

function entry(listed) {
  const item = document.createElement("li");
  const link = listed.querySelector(".statement-claim a").cloneNode(true);
  const number = document.createElement("span");
  number.textContent = `${listed.querySelector(".place").textContent}. `;
  link.prepend(number);
  item.append(link, listed.querySelector(".status").cloneNode(true));
  return item;
}
