/* An article's statements: shown by verdict, followed while reading, and gone through by key. */

const article = document.querySelector(".marked-article");
const list = article.querySelector(".statements");
const [steps, current, said] = ["steps", "current", "shown"].map((id) => document.getElementById(id));
const boxes = [...article.querySelectorAll(".strip input")];
const statements = [...list.querySelectorAll("li[data-verdict]")].map((item, index) => ({
  item,
  place: document.getElementById(`claim-${item.dataset.claim}`),
  link: document.getElementById(`mark-${index + 1}`),
  claim: item.querySelector(".statement-claim a"),
}));
const heading = document.getElementById("statements").textContent;
const [back, on] = steps.querySelectorAll("button");
let at = null;
// Somebody went there by key or button: what is in the middle of the window does not matter until they read on.
let held = false;

const shown = () => statements.filter(({ item }) => !item.classList.contains("off"));

function filter() {
  const off = new Set(boxes.filter((box) => !box.checked).map((box) => box.value));
  for (const one of article.querySelectorAll("[data-verdict]")) {
    one.classList.toggle("off", off.has(one.dataset.verdict));
  }
  const numbers = { shown: shown().length, all: statements.length };
  said.textContent = off.size ? said.dataset.some.replace(/%\((\w+)\)s/g, (_, name) => numbers[name]) : "";
  follow();
}

/** The line that is being read: it goes down the window as the window goes down the page. */
function readingLine() {
  const { scrollHeight, clientHeight } = document.documentElement;
  return (scrollY / Math.max(1, scrollHeight - clientHeight)) * clientHeight;
}

function follow() {
  const line = readingLine();
  const passed = held && at ? upTo(at) : shown().filter(({ place }) => place.getBoundingClientRect().top <= line);
  show(passed.at(-1) ?? null);
}

const upTo = (last) => shown().filter((one) => statements.indexOf(one) <= statements.indexOf(last));

/** Tell of the statement that the reader is at, or of none before the first. */
function show(statement) {
  const candidates = shown();
  steps.classList.toggle("reading", isRead());
  back.disabled = !statement || statement === candidates[0];
  on.disabled = !candidates.length || statement === candidates.at(-1);
  if (statement === at && current.hasChildNodes()) return;
  at?.item.removeAttribute("aria-current");
  at?.place.classList.remove("at");
  at = statement;
  current.href = at ? at.claim.href : "#statements";
  current.replaceChildren(...(at ? [at.item.querySelector(".coin").cloneNode(true), at.claim.textContent] : [heading]));
  if (!at) return;
  at.item.setAttribute("aria-current", "location");
  at.place.classList.add("at");
  // Only the list itself is scrolled: the page is the reader's.
  if (list.scrollHeight > list.clientHeight) {
    list.scrollTop = at.item.offsetTop - (list.clientHeight - at.item.offsetHeight) / 2;
  }
}

/** Whether the text is in the window, and not only what is above and below it. */
function isRead() {
  const { top, bottom } = article.querySelector(".article-text").getBoundingClientRect();
  return top < innerHeight / 2 && bottom > innerHeight / 3;
}

function step(by) {
  const candidates = shown();
  const index = candidates.indexOf(candidates.find(({ link }) => link === document.activeElement) ?? at);
  const next = candidates[Math.min(Math.max(index + by, 0), candidates.length - 1)];
  if (!next) return;
  held = true;
  show(next);
  next.place.scrollIntoView({ block: "center" });
  next.link.focus({ preventScroll: true });
}

/** A link to a statement was followed, on this page or to it. */
function goToAddress() {
  const there = shown().find(({ place }) => `#${place.id}` === location.hash);
  if (!there) return;
  held = true;
  show(there);
}

let waiting = 0;
function soon() {
  cancelAnimationFrame(waiting);
  waiting = requestAnimationFrame(follow);
}
const letGo = () => {
  held = false;
};
addEventListener("scroll", soon, { passive: true });
addEventListener("resize", soon);
addEventListener("hashchange", goToAddress);
for (const kind of ["wheel", "touchmove"]) addEventListener(kind, letGo, { passive: true });
// The page's own scroll bar.
addEventListener("pointerdown", (event) => event.target === document.documentElement && letGo());

addEventListener("keydown", (event) => {
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
  const by = { j: 1, k: -1 }[event.key.toLowerCase()];
  if (!plain || !by || !event.target.closest(".article-columns")) return letGo();
  event.preventDefault();
  step(by);
});
steps.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button) step(Number(button.dataset.step));
});
article.querySelector(".strip").addEventListener("change", filter);
// Browsers tick boxes as they were when somebody left the page.
addEventListener("pageshow", filter);

for (const box of boxes) box.hidden = false;
steps.hidden = false;
follow();
goToAddress();
