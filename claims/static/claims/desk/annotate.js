/* Recording statements by selecting their words. */

import { markCovered, openStatements } from "./annotate_covering.js";
import { Cursor } from "./annotate_cursor.js";
import { offerNames } from "./annotate_names.js";
import { Panel, parsed } from "./annotate_panel.js";
import { Text } from "./annotate_text.js";

const [panes, said, floating, button, how] = ["panes", "said", "record-here", "record-selected", "how-to-select"].map(
  (id) => document.getElementById(id),
);
const frame = floating.parentElement;
let text = readText();
const cursor = new Cursor(() => text, document.getElementById("heard"));
let asked = null;
let saved = false;
const panel = new Panel(document.getElementById("panel"), recorded);

function readText() {
  const read = new Text(document.getElementById("text"));
  markCovered(read.region);
  return read;
}

function record() {
  // The dialog tells of its closing a moment after it, and a key can be quicker.
  if (!panel.dialog.open) closed();
  const selected = text.selected();
  how.hidden = Boolean(selected);
  if (!selected) {
    text.region.focus({ preventScroll: true });
    return;
  }
  asked = selected;
  panel.open(text.codePoints(selected.start), text.codePoints(selected.end));
}

/** Go back to the words that were asked about, selected again unless their statement was saved. */
function closed() {
  if (!asked) return;
  const opening = text.pointAt(asked.start);
  const closing = text.pointAt(asked.end, true);
  getSelection().setBaseAndExtent(...opening, ...closing);
  if (saved) getSelection().collapseToEnd();
  asked = null;
  saved = false;
  text.region.focus({ preventScroll: true });
}

function recorded(answer) {
  const before = text;
  panes.replaceChildren(...parsed(answer.panes));
  text = readText();
  if (before.words === text.words) text.keepStepsOf(before);
  floating.hidden = true;
  said.textContent = answer.said;
  const place = document.getElementById(`claim-${answer.claim}`);
  place?.classList.add("fresh");
  saved = true;
  if (!panel.dialog.open) closed();
}

/** Show the button by the end of what is selected. */
function follow() {
  const selected = text.selected();
  floating.hidden = !selected;
  if (!selected) return;
  how.hidden = true;
  const place = text.range(selected.end - 1, selected.end).getBoundingClientRect();
  const within = frame.getBoundingClientRect();
  const left = Math.min(place.right - within.left - 16, within.width - floating.offsetWidth);
  floating.style.top = `${place.bottom - within.top + 6}px`;
  floating.style.left = `${Math.max(0, left)}px`;
}

let waiting = 0;
document.addEventListener("selectionchange", () => {
  cancelAnimationFrame(waiting);
  waiting = requestAnimationFrame(follow);
});
addEventListener("resize", follow);

for (const one of [floating, button]) {
  // A press on a button would take the selection away.
  one.addEventListener("pointerdown", (event) => event.preventDefault());
  one.addEventListener("click", record);
}

panes.addEventListener("keydown", (event) => {
  if (!text.region.contains(event.target)) return;
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
  const records = (event.key === "Enter" && event.target === text.region) || event.key.toLowerCase() === "r";
  if (plain && records && !event.repeat) record();
  else if (cursor.take(event)) text.region.focus({ preventScroll: true });
  else return;
  event.preventDefault();
});

panel.dialog.addEventListener("close", closed);
openStatements(panes, document.getElementById("covering"));
offerNames(document.getElementById("record"), panel.dialog.dataset.removes);
button.hidden = false;
document.getElementById("keyboard-note").hidden = false;
