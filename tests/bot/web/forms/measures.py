"""Measures: what a machine can find wrong with a page in a real window."""

from functools import cache

from playwright.async_api import Page

from tests.bot.web.make_browser import AXE

RULES = "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']}"

#: Kept in the page: how each thing that takes the focus looks while it does not have it.
LOOKS = """
window.looks = (one) => {
  const label = one.labels && one.labels[0];
  const parts = [getComputedStyle(one)].concat(label ? [getComputedStyle(label, "::before")] : []);
  const line = (style) => style.outlineStyle === "none" || /^rgba.* 0\\)$/.test(style.outlineColor)
    ? "" : style.outlineStyle + style.outlineColor;
  return JSON.stringify(parts.map((style) =>
    [style.boxShadow, style.backgroundColor, style.borderColor, line(style)]));
};
window.rest = new WeakMap();
for (const one of document.querySelectorAll("a[href], button, input, textarea, select, summary")) {
  if (one !== document.activeElement) window.rest.set(one, window.looks(one));
}
"""
#: What is wrong with a page as it stands, apart from what axe-core finds.
WRONG = (
    """([language, direction]) => {
"""
    + LOOKS
    + """
  const wrong = [], root = document.documentElement;
  const few = (one) => one.outerHTML.replace(/\\s+/g, " ").slice(0, 110);
  if (root.scrollWidth > window.innerWidth) {
    const wide = [...document.body.querySelectorAll("*")].filter((one) => one.checkVisibility())
      .filter((one) => one.getBoundingClientRect().right > window.innerWidth + 0.5).pop();
    wrong.push("sticks out sideways: " + (wide ? few(wide) : root.scrollWidth));
  }
  if (root.lang !== language) wrong.push("its language is " + root.lang);
  if ((root.dir || "ltr") !== direction) wrong.push("its direction is " + root.dir);
  if (!document.title.trim()) wrong.push("it has no title");
  if (document.querySelectorAll("h1").length !== 1) wrong.push("it has not one main heading");
  const summaries = document.querySelectorAll(".govuk-error-summary").length;
  const isWrong = document.querySelector("#main-content form .govuk-error-message") !== null;
  if (summaries > 1 || (isWrong && !summaries)) wrong.push("error summaries: " + summaries);
  const left = document.body.innerText.match(/\\{[a-z][a-z0-9_#]*\\}/);
  if (left) wrong.push("a place is left open: " + left[0]);
  const ids = [...document.querySelectorAll("[id]")].map((one) => one.id);
  for (const id of new Set(ids.filter((each, place) => ids.indexOf(each) !== place))) {
    wrong.push("two are called #" + id);
  }
  for (const one of document.querySelectorAll("a[href], button, input, textarea, select, summary")) {
    if (one.type === "hidden" || one.matches(".govuk-skip-link, .first-button")) continue;
    if (!one.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true })) continue;
    const text = (part) => part.textContent.trim().length;
    if (one.matches("a:not([role=button])") && text(one.parentElement) > text(one)) continue;
    const { width, height } = (one.closest(".govuk-task-list__item") || one).getBoundingClientRect();
    const least = one.matches("button, [role=button], [type=radio], [type=checkbox]") ? 43.5 : 24;
    if (Math.min(width, height) < least) {
      wrong.push("too small, " + Math.round(width) + " by " + Math.round(height) + ": " + few(one));
    }
    if (one.matches("button") && one.scrollWidth > one.clientWidth + 4) wrong.push("cut off: " + few(one));
  }
  return wrong;
}"""
)
#: What has the focus, and what is wrong with how it shows.
FOCUSED = """() => {
  const one = document.activeElement, wrong = [];
  const told = { tag: one.tagName, id: one.id, name: one.name || "", type: one.type || "",
    value: one.value || "", href: one.getAttribute("href") || "", checked: Boolean(one.checked), wrong };
  if (one === document.body) return told;
  const few = one.outerHTML.replace(/\\s+/g, " ").slice(0, 110);
  const before = window.rest && window.rest.get(one);
  if (before && before === window.looks(one)) wrong.push("the focus does not show: " + few);
  const shown = one.matches("[type=radio], [type=checkbox]") && one.labels[0] || one;
  const box = shown.getBoundingClientRect();
  const left = Math.max(box.left, 0), right = Math.min(box.right, innerWidth);
  const top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight);
  const spots = [0.5, 0.1, 0.9].flatMap((x) => [0.5, 0.1, 0.9].map((y) =>
    document.elementFromPoint(left + (right - left) * x, top + (bottom - top) * y)));
  const own = (at) => at && (shown.contains(at) || at.contains(one) && at.matches("label, a, button"));
  if (right <= left || bottom <= top) wrong.push("the focus is out of sight: " + few);
  else if (!spots.some(own)) wrong.push("the focus is covered: " + few);
  return told;
}"""


@cache
def _axe() -> str:
    return AXE.read_text()


async def measure(page: Page, language: str, direction: str) -> list[str]:
    """What is wrong with a page by its own measures: its width, its targets, its head."""
    wrong: list[str] = await page.evaluate(WRONG, [language, direction])
    return wrong


async def scan(page: Page) -> list[str]:
    """What axe-core finds against WCAG 2.2, levels A and AA."""
    await page.evaluate(_axe())
    result = await page.evaluate(f"axe.run(document, {RULES})")
    found = [(one["id"], one["nodes"]) for one in result["violations"]]
    return [f"{rule}, {len(nodes)} times: {nodes[0]['html'][:110]}" for rule, nodes in found]
