"""Two ways to use a page, with the same things to do: by mouse, and by keyboard alone."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

# More stops than any page has.
ENOUGH = 400

SELECTED = "getSelection().toString()"
# What stands at the selection and after it, in the same run of text.
FROM_HERE = """() => {
  const range = getSelection().getRangeAt(0);
  return range.startContainer.data?.slice(range.startOffset) ?? "";
}"""

# Whether there are fewer stops to what is wanted onwards than back.
IS_AHEAD = """wanted => {
  const stops = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")]
    .filter(stop => stop.tabIndex >= 0 && !stop.disabled && stop.checkVisibility());
  const steps = stops.indexOf(wanted) - stops.indexOf(document.activeElement);
  return (steps + stops.length) % stops.length <= stops.length / 2;
}"""

# Where words begin and end on the screen.
PLACE = """words => {
  const walker = document.createTreeWalker(document.getElementById("text"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const at = walker.currentNode.data.indexOf(words);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(walker.currentNode, at);
    range.setEnd(walker.currentNode, at + words.length);
    const first = range.getClientRects()[0], last = [...range.getClientRects()].at(-1);
    return [first.left, first.top + first.height / 2, last.right, last.top + last.height / 2];
  }
}"""


class Mouse:
    """Points and clicks."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, what: Locator) -> None:
        what.click()

    def fill(self, box: Locator, text: str) -> None:
        box.fill(text)

    def choose(self, box: Locator, option: str) -> None:
        box.select_option(label=option)

    def select_words(self, words: str) -> None:
        self.page.locator("#text").get_by_text(words).first.scroll_into_view_if_needed()
        left, top, right, bottom = self.page.evaluate(PLACE, words)
        self.page.mouse.move(left + 1, top)
        self.page.mouse.down()
        self.page.mouse.move(right - 4, bottom, steps=4)
        self.page.mouse.move(right - 0.5, bottom)
        self.page.mouse.up()


class Keyboard:
    """Tab, arrows, Enter and letters: nothing is clicked, and nothing is focused but by its key."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, what: Locator) -> None:
        self.go_to(what)
        self.page.keyboard.press("Enter")

    def fill(self, box: Locator, text: str) -> None:
        self.go_to(box)
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.press("Delete")
        self.page.keyboard.insert_text(text)

    def choose(self, box: Locator, option: str) -> None:
        self.go_to(box)
        self.page.keyboard.type(option)
        self.page.keyboard.press("Enter")
        self.page.keyboard.press("Escape")

    def select_words(self, words: str) -> None:
        """Goes from word to word to the first, and from there on with Shift."""
        self.go_to(self.page.locator("#text"))
        self.until("ArrowRight", lambda: self.page.evaluate(FROM_HERE).startswith(words))
        self.until("Shift+ArrowRight", lambda: self.page.evaluate(SELECTED) == words)

    def go_to(self, what: Locator) -> None:
        """With Tab, or back with Shift if that is shorter, to what is there to be reached."""
        expect(what).to_be_visible()
        key = "Tab" if what.evaluate(IS_AHEAD) else "Shift+Tab"
        for _ in range(ENOUGH):
            if what.evaluate("element => element === document.activeElement"):
                return
            self.page.keyboard.press(key)
        raise AssertionError(f"Tab does not lead to {what}")

    def until(self, key: str, done: Callable[[], bool]) -> None:
        for _ in range(ENOUGH):
            self.page.keyboard.press(key)
            if done():
                return
        raise AssertionError(f"{key} does not select these words; now: {self.page.evaluate(SELECTED)}")
