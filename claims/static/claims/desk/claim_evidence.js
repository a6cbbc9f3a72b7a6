/* Evidence: its order, and its source, found by its address while that is typed. Without this script there are the number
   of its place and the same address box, which the server reads. */

const PAUSE = 400;
const group = document.querySelector("#evidence-group.js-inline-admin-formset");
const names = document.querySelector("#publishers");

function pieces() {
  return [...group.querySelectorAll(".piece:not(.empty-form)")];
}

function box(piece, name) {
  return piece.querySelector(`[name$="-${name}"]`);
}

/** Number the pieces as they stand. */
function number() {
  pieces().forEach((piece, place) => (box(piece, "rank").value = place + 1));
  group.dispatchEvent(new Event("input", { bubbles: true }));
}

function move(piece, direction) {
  const all = pieces();
  const other = all[all.indexOf(piece) + (direction === "up" ? -1 : 1)];
  if (!other) return;
  if (direction === "up") other.before(piece);
  else other.after(piece);
  number();
  piece.querySelector(`[data-move="${direction}"]`).focus();
}

async function find(piece) {
  const address = box(piece, "address");
  const said = piece.querySelector(".found");
  const typed = address.value.trim();
  said.textContent = "";
  if (!/\S\.\S/.test(typed)) return;
  try {
    const answer = await fetch(`${group.dataset.find}?url=${encodeURIComponent(typed)}`, { redirect: "manual" });
    if (!answer.ok) throw new Error(answer.status);
    const { known } = await answer.json();
    if (address.value.trim() !== typed) return;
    if (known) choose(piece, known);
    else {
      said.textContent = said.dataset.unknown;
      piece.querySelector(".new-source").open = true;
    }
  } catch {
    said.textContent = said.dataset.failed;
  }
}

function choose(piece, known) {
  const source = box(piece, "source");
  const said = piece.querySelector(".found");
  const option = [...source.options].find((one) => one.value === String(known.id));
  if (!option) source.add(new Option(known.text, known.id));
  source.value = String(known.id);
  window.django?.jQuery(source).trigger("change");
  box(piece, "address").value = "";
  said.textContent = `${said.dataset.known} ${known.text}${known.publisher ? ` (${known.publisher})` : ""}`;
  group.dispatchEvent(new Event("input", { bubbles: true }));
}

/** A copy of the empty form refers to its own labels. */
function adopt(piece) {
  const place = piece.id.replace("evidence-", "");
  for (const element of piece.querySelectorAll("[aria-describedby*=__prefix__]")) {
    element.setAttribute("aria-describedby", element.getAttribute("aria-describedby").replaceAll("__prefix__", place));
  }
  box(piece, "rank").value = pieces().length;
  equip(piece);
}

function equip(piece) {
  const moves = piece.querySelector(".moves");
  moves.hidden = false;
  moves.addEventListener("click", (event) => {
    if (event.target.dataset.move) move(piece, event.target.dataset.move);
  });
  let timer;
  box(piece, "address").addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => find(piece), PAUSE);
  });
  const publisher = box(piece, "new-publisher_name");
  publisher.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => offer(publisher.value), PAUSE);
  });
}

async function offer(typed) {
  try {
    const answer = await fetch(`${names.dataset.address}?q=${encodeURIComponent(typed)}`, { redirect: "manual" });
    const found = answer.ok ? (await answer.json()).names : [];
    names.replaceChildren(...found.map((name) => new Option(name, name)));
  } catch {
    names.replaceChildren();
  }
}

if (group) {
  pieces().forEach(equip);
  document.addEventListener("formset:added", (event) => {
    if (event.detail.formsetName === "evidence") adopt(event.target);
  });
}
