"""What is wrong with how a page lies in Chromium: words that are cut off, words on words, and more than the screen."""

from playwright.sync_api import Page

# Lines of one text may lie as close as its font allows; what counts is the middle of each, where the letters are.
FAULTS = """async () => {
  // What stays at the window's foot may lie on what is scrolled under it, but not where that ends.
  scrollTo({ top: document.documentElement.scrollHeight, behavior: "instant" });
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const unseen = (element) => {
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return true;
    if (element.closest(".skip, option, title, desc")) return true;
    for (let one = element; one; one = one.parentElement)
      if (getComputedStyle(one).clipPath === "inset(50%)") return true;
    return false;
  };
  const edge = document.documentElement.clientWidth, faults = new Set();
  const named = (text) => {
    const element = text.parentElement, words = text.data.trim();
    return `“${words.slice(0, 30)}” in ${element.tagName.toLowerCase()}.${element.getAttribute("class") || ""}`;
  };
  const clips = (element) => {
    const style = getComputedStyle(element);
    if (style.webkitLineClamp !== "none") return false;  // Meant, and told by an ellipsis.
    return [style.overflowX, style.overflowY].some((value) => value === "hidden" || value === "clip");
  };
  const scrolls = (element) => ["auto", "scroll"].includes(getComputedStyle(element).overflowX);

  const words = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    if (!text.data.trim() || unseen(text.parentElement)) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    let boxes = [...range.getClientRects()].filter((box) => box.width > 1 && box.height > 1);
    let scrolled = false;
    for (let one = text.parentElement; one && one !== document.body; one = one.parentElement) {
      scrolled = scrolled || scrolls(one);
      if (one instanceof SVGElement && one.tagName !== "svg" || !clips(one)) continue;
      const around = one.getBoundingClientRect();
      for (const box of boxes)
        if (!scrolled && (box.left < around.left - 1 || box.right > around.right + 1
            || box.top + box.height / 4 < around.top || box.bottom - box.height / 4 > around.bottom))
          faults.add(`cut off: ${named(text)}`);
    }
    if (scrolled) continue;
    for (const box of boxes) {
      if (box.left < -1 || box.right > edge + 1) faults.add(`beyond the screen: ${named(text)}`);
      words.push({ text, left: box.left + 1, right: box.right - 1,
        top: box.top + box.height * 0.3, bottom: box.bottom - box.height * 0.3 });
    }
  }
  words.sort((one, other) => one.top - other.top);
  words.forEach((one, at) => {
    for (let next = at + 1; next < words.length && words[next].top < one.bottom; next++) {
      const other = words[next];
      if (other.text !== one.text && other.left < one.right && one.left < other.right)
        faults.add(`${named(one.text)} lies on ${named(other.text)}`);
    }
  });
  const wide = document.documentElement.scrollWidth - edge;
  if (wide > 0) faults.add(`${wide}px too wide`);
  return [...faults];
}"""


def misplaced(page: Page, width: int) -> list[str]:
    """The faults of the page that is shown, at a width in pixels."""
    page.set_viewport_size({"width": width, "height": 900})
    return page.evaluate(FAULTS)
