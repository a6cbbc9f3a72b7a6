/* A word cursor for the keyboard: the selection itself, moved and stretched by words, sentences and paragraphs. */

import { atOrAfter } from "./annotate_text.js";

const EDGE = 96;

export class Cursor {
  /** `text` gives the article's Text as it is now; `heard` is told what is selected. */
  constructor(text, heard) {
    this.text = text;
    this.heard = heard;
    this.place = 0;
  }

  /** Whether the key moves the cursor; if so, it has. */
  take(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    const { units } = this.text().steps;
    if (!units.length) return false;
    const fresh = this.follow();
    const to = this.target(event.key, event.shiftKey, fresh);
    if (to === null) return false;
    this.focus = Math.min(Math.max(to, 0), units.length - 1);
    if (!event.shiftKey || fresh) this.anchor = this.focus;
    this.show();
    return true;
  }

  /** Take over what was selected by other means; true if nothing was. */
  follow() {
    const text = this.text();
    const { units } = text.steps;
    const selected = text.selected();
    const ours = this.shown && selected && selected.start === this.shown.start && selected.end === this.shown.end;
    if (ours) return false;
    const at = (offset) => Math.min(Math.max(atOrAfter(units, offset + 1, (unit) => unit.end), 0), units.length - 1);
    if (selected) {
      this.anchor = at(selected.start);
      this.focus = at(selected.end - 1);
      return false;
    }
    this.focus = at(this.caret() ?? this.place);
    this.anchor = this.focus;
    return true;
  }

  /** Where a click left the caret in the text, or the statement that has the focus; null if neither is there. */
  caret() {
    const text = this.text();
    const { activeElement } = document;
    if (activeElement !== text.region && text.region.contains(activeElement)) return text.offsetOf(activeElement, 0);
    const { anchorNode, anchorOffset } = getSelection();
    return text.indexes.has(anchorNode) ? text.offsetOf(anchorNode, anchorOffset) : null;
  }

  /** The word that a key leads to, or null. The first key pressed shows the cursor where it is. */
  target(key, stretching, fresh) {
    const { units, sentences, paragraphs } = this.text().steps;
    const here = this.focus;
    const [node] = this.text().pointAt(units[here].start);
    const forward = getComputedStyle(node.parentElement).direction === "rtl" ? -1 : 1;
    const moves = {
      ArrowRight: () => here + forward,
      ArrowLeft: () => here - forward,
      ArrowDown: () => after(sentences, here, stretching, units.length),
      ArrowUp: () => before(sentences, here),
      PageDown: () => after(paragraphs, here, stretching, units.length),
      PageUp: () => before(paragraphs, here),
      Home: () => before(sentences, here + 1),
      End: () => after(sentences, here - 1, true, units.length),
    };
    if (!Object.hasOwn(moves, key)) return null;
    return fresh ? here : moves[key]();
  }

  show() {
    const text = this.text();
    const { units } = text.steps;
    const [first, last] = [units[Math.min(this.anchor, this.focus)], units[Math.max(this.anchor, this.focus)]];
    const opening = text.pointAt(first.start);
    const closing = text.pointAt(last.end, true);
    const backwards = this.focus < this.anchor;
    getSelection().setBaseAndExtent(...(backwards ? [...closing, ...opening] : [...opening, ...closing]));
    this.shown = { start: first.start, end: last.end };
    this.place = units[this.focus].start;
    reveal(text.range(units[this.focus].start, units[this.focus].end).getBoundingClientRect());
    const words = text.words.slice(first.start, last.end);
    this.heard.textContent = words.length > 400 ? `${words.slice(0, 200)} … ${words.slice(-200)}` : words;
  }
}

/** The first word of the next part; or, to stretch over this one, its last, and then the last of the next. */
function after(starts, here, stretching, length) {
  const next = atOrAfter(starts, here + 1);
  const start = next < starts.length ? starts[next] : length;
  if (!stretching) return start;
  if (here < start - 1) return start - 1;
  return (next + 1 < starts.length ? starts[next + 1] : length) - 1;
}

/** The first word of this part, or from there of the one before. */
function before(starts, here) {
  const index = atOrAfter(starts, here) - 1;
  return starts[Math.max(index, 0)] ?? 0;
}

function reveal(place) {
  if (place.top < EDGE) scrollBy({ top: place.top - innerHeight / 3 });
  else if (place.bottom > innerHeight - EDGE) scrollBy({ top: place.bottom - (innerHeight * 2) / 3 });
}
