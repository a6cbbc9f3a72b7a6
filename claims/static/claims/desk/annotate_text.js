/* An article's text as it stands on the page. Offsets are UTF-16 code units here, as the browser counts them; the server
   counts code points, so what goes there passes through `codePoints`. */

const PARAGRAPH_END = /\n[^\S\n]*\n\s*/g;

/** The least index whose item is at or after `value`; `items` ascend. */
export function atOrAfter(items, value, key = (item) => item) {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (key(items[middle]) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

export class Text {
  constructor(region) {
    this.region = region;
    this.nodes = [];
    this.starts = [];
    this.indexes = new Map();
    const parts = [];
    let length = 0;
    const walker = document.createTreeWalker(region, NodeFilter.SHOW_TEXT, (node) =>
      node.parentElement.closest(".marker") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
    );
    while (walker.nextNode()) {
      const node = walker.currentNode;
      this.indexes.set(node, this.nodes.length);
      this.nodes.push(node);
      this.starts.push(length);
      parts.push(node.data);
      length += node.data.length;
    }
    this.words = parts.join("");
  }

  /** The offset of a place in the document: of the first of the text's characters that come at or after it. */
  offsetOf(container, offset) {
    const index = this.indexes.get(container);
    if (index !== undefined) return this.starts[index] + offset;
    const place = document.createRange();
    place.setStart(container, offset);
    const next = atOrAfter(this.nodes, 0, (node) => place.comparePoint(node, 0));
    return next < this.nodes.length ? this.starts[next] : this.words.length;
  }

  /** The text node, and the place in it, of an offset; of the end of the character before it if `closing`. */
  pointAt(offset, closing = false) {
    const index = Math.max(0, atOrAfter(this.starts, closing ? offset : offset + 1) - 1);
    return [this.nodes[index], offset - this.starts[index]];
  }

  range(start, end) {
    const range = document.createRange();
    range.setStart(...this.pointAt(start));
    range.setEnd(...this.pointAt(end, true));
    return range;
  }

  /** The selected part of the text without white space at its ends, or null. */
  selected() {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed || !this.nodes.length) return null;
    const range = selection.getRangeAt(0);
    if (!range.intersectsNode(this.region)) return null;
    let start = this.offsetOf(range.startContainer, range.startOffset);
    let end = this.offsetOf(range.endContainer, range.endOffset);
    while (start < end && /\s/.test(this.words[start])) start += 1;
    while (end > start && /\s/.test(this.words[end - 1])) end -= 1;
    return start < end ? { start, end } : null;
  }

  /** How many Unicode code points come before an offset. */
  codePoints(offset) {
    let pairs = 0;
    for (let at = 0; at < offset; at += 1) {
      const unit = this.words.charCodeAt(at);
      if (unit >= 0xdc00 && unit <= 0xdfff) pairs += 1;
    }
    return offset - pairs;
  }

  /** What the word cursor steps over: words and marks, and the first of them in each sentence and paragraph. */
  get steps() {
    if (!this.cut || this.cut.words !== this.words) {
      const units = segments(this.words, "word", this.region.lang).filter((unit) => unit.text.trim());
      const paragraphs = [0, ...[...this.words.matchAll(PARAGRAPH_END)].map((gap) => gap.index + gap[0].length)];
      this.cut = {
        words: this.words,
        units,
        sentences: firsts(units, segments(this.words, "sentence", this.region.lang).map((sentence) => sentence.start)),
        paragraphs: firsts(units, paragraphs),
      };
    }
    return this.cut;
  }

  /** Spare the cutting if the text is still that of another. */
  keepStepsOf(other) {
    this.cut = other.cut;
  }
}

function firsts(units, starts) {
  const found = starts.map((start) => atOrAfter(units, start, (unit) => unit.start));
  return [...new Set(found)].filter((index) => index < units.length);
}

function segments(text, granularity, language) {
  if (!Intl.Segmenter) return byPattern(text, granularity === "word" ? /\S+/g : /[^.!?\n]+[.!?\n]*\s*/g);
  let segmenter;
  try {
    segmenter = new Intl.Segmenter(language || undefined, { granularity });
  } catch {
    segmenter = new Intl.Segmenter(undefined, { granularity });
  }
  const found = [];
  for (const { segment, index } of segmenter.segment(text)) {
    found.push({ text: segment, start: index, end: index + segment.length });
  }
  return found;
}

function byPattern(text, pattern) {
  return [...text.matchAll(pattern)].map((found) => ({
    text: found[0],
    start: found.index,
    end: found.index + found[0].length,
  }));
}
