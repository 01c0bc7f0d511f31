"""Walker: somebody who answers a form from its first page to its last with a keyboard and nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.async_api import Page

from surveys.forms.form import Form
from surveys.phrases import say
from tests.bot.web.forms.measures import FOCUSED, measure, scan

#: More pages than any form has, more presses of Tab than any page takes, more points than any scale has.
MOST_PAGES, MOST_TABS, MOST_POINTS = 120, 500, 60
#: What a page offers to somebody who wants to go on.
OFFERED = """() => {
  const named = (path) => [...document.querySelectorAll(path)];
  const seen = named("form input:not([type=hidden]), form textarea")
    .map((one) => [one.name, one.matches("[type=radio], [type=checkbox]") ? one.checked : one.value !== ""]);
  const kept = {};
  for (const one of named("form input[type=hidden]")) (kept[one.name] ||= []).push(one.value);
  return {
    seen, kept, acts: named("button[name=act]").map((one) => one.value),
    links: named("main a[href]").map((one) => one.getAttribute("href")),
    can_send: named("#send").length > 0, can_start: named("#start").length > 0,
    shape: named("form [class*=govuk-], h1, h2, .matrix-cell, .entry").map((one) => one.className).join(" "),
  };
}"""


@dataclass
class Walker:
    """Whoever goes through a form. `raw` is what to type; `ways` are links to take, by how they end.

    A file is added wherever one may be, unless `is_brief`.

    Every page is measured; axe-core looks at those that hold something of a kind not `seen` yet.
    """

    page: Page
    form: Form
    raw: Mapping[str, Sequence[str]]
    file: Path
    language: str = "en-GB"
    direction: str = "ltr"
    digits: str = ""
    ways: Sequence[str] = ()
    has_scripts: bool = False
    is_brief: bool = False
    seen: set[str] | None = None
    wrong: list[str] = field(default_factory=list)
    pages: int = 0
    has_erred: bool = False
    attached: set[str] = field(default_factory=set)
    _filled: set[str] = field(default_factory=set)
    _is_new: bool = True

    async def walk(self, start: str) -> list[str]:
        """Go to the end; gives what was wrong on the way, page by page."""
        # A browser that nobody has told beforehand would open a window of its own to choose a file in.
        self.page.on("filechooser", lambda chooser: None)
        await self.page.goto(start)
        for _ in range(MOST_PAGES):
            offered = await self._look()
            if self.page.url.endswith(("/done", "/thanks")):
                return self.wrong
            if not self.has_erred and self._lacks(offered):
                await self._err()
                offered = await self._look()
            await self._press(*self._way_on(offered))
        raise AssertionError(f"the form does not end; it has come to {self.page.url}")

    async def _look(self) -> dict[str, Any]:
        offered: dict[str, Any] = await self.page.evaluate(OFFERED)
        self.pages += 1
        self._complain(await measure(self.page, self.language, self.direction))
        shown = {f"{self.direction} {name}" for name in offered["shape"].split()}
        self._is_new = self.seen is None or not shown <= self.seen
        if self._is_new:
            self._complain(await scan(self.page))
        if self.seen is not None:
            self.seen |= shown
        return offered

    def _complain(self, wrong: Sequence[str]) -> None:
        where = self.page.url.rpartition("/")[2][:24]
        self.wrong += [
            line for one in wrong if (line := f"{where}, page {self.pages}: {one}") not in self.wrong
        ]

    def _lacks(self, offered: Mapping[str, Any]) -> bool:
        """Whether a required box of a page is empty still."""
        if "page" not in offered["kept"]:
            return False
        given = {name for name, is_given in offered["seen"] if is_given}
        names = {name for name, _ in offered["seen"]} - given
        asked = {name: self.form.every.get(name.rpartition(".")[2].partition("-")[0]) for name in names}
        return any(question is not None and question.required is True for question in asked.values())

    async def _err(self) -> None:
        """Send a page as it stands, and follow the summary of errors to the box that lacks something."""
        await self._press("id", "send", fill=False)
        self.has_erred = True
        assert await self.page.locator(".govuk-error-summary").count() == 1, f"no summary on {self.page.url}"
        said = say(self.language, "Error: {title}", title="").strip()
        assert (await self.page.title()).startswith(said), await self.page.title()
        if self.has_scripts:
            await self.page.wait_for_function("document.activeElement.matches('.govuk-error-summary')")
        first = await self.page.get_attribute(".govuk-error-summary a", "href") or ""
        await self._reach("href", first, fill=False)
        await self.page.keyboard.press("Enter")
        met = "path => document.querySelector(path).matches(':focus, :target, :focus-within')"
        assert await self.page.evaluate(met, first.replace(".", "\\.")), (
            f"the summary does not lead to {first}"
        )

    def _way_on(self, offered: Mapping[str, Any]) -> tuple[str, str]:
        """Which thing of a page leads on: what it is known by, and the value of that."""
        if "page" in offered["kept"]:
            due = next((act for act in offered["acts"] if self._is_due(act, offered)), None)
            return ("act", due) if due else ("id", "send")
        sections = [link for link in offered["links"] if "/sections/" in link]
        fresh = [link for link in sections if link not in self._filled]
        if fresh and not offered["can_send"]:
            self._filled.add(fresh[0])
            return "href", fresh[0]
        if offered["can_send"] or offered["can_start"]:
            return "id", "send" if offered["can_send"] else "start"
        for end in (*self.ways, "/check"):
            found = [link for link in offered["links"] if link.partition("?")[0].endswith(end)]
            if found:
                return "href", found[0]
        raise AssertionError(f"nothing leads on from {self.page.url}: {offered['links']}")

    def _is_due(self, act: str, offered: Mapping[str, Any]) -> bool:
        verb, _, rest = act.partition(":")
        name, _, value = rest.partition(":")
        so_far, wanted = offered["kept"].get(name, []), list(self.raw.get(name, ()))
        if verb == "add":
            return int(so_far[0] or 0) < int(wanted[0])
        return verb == "pick" and len(so_far) < len(wanted) and wanted[len(so_far)] == value

    async def _press(self, by: str, value: str, *, fill: bool = True) -> None:
        """Fill in the page on the way to something, and press it."""
        await self._reach(by, value, fill=fill)
        async with self.page.expect_navigation():
            await self.page.keyboard.press("Enter")

    async def _reach(self, by: str, value: str, *, fill: bool) -> None:
        """Tab to something, answering whatever comes before it; then show that the way back is open too."""
        for _ in range(MOST_TABS):
            await self.page.keyboard.press("Tab")
            at = await self._focused()
            if value == (at["value"] if by == "act" and at["name"] == "act" else at.get(by)):
                if self._is_new:
                    await self.page.keyboard.press("Shift+Tab")
                    assert (await self._focused()) != at, "the keyboard is caught"
                    await self.page.keyboard.press("Tab")
                return
            if fill and at["name"]:
                await self._answer(at)
        raise AssertionError(f"the keyboard does not reach {by} {value} on {self.page.url}")

    async def _focused(self) -> dict[str, Any]:
        at: dict[str, Any] = await self.page.evaluate(FOCUSED)
        self._complain(at.pop("wrong"))
        return at

    async def _answer(self, at: Mapping[str, Any]) -> None:
        """Answer what has the focus."""
        wanted = [self.digits] if at["name"] == "digits" else list(self.raw.get(at["name"], ()))
        kind: str = at["type"]
        match kind:
            case "radio":
                await self._choose(at, wanted)
            case "checkbox":
                if at["checked"] != (at["value"] in wanted):
                    await self.page.keyboard.press("Space")
            case "file" if not self.is_brief:
                await self._attach(at["name"])
            case "text" | "textarea":
                text = "".join(wanted)
                if at["value"] and at["value"] != text:
                    await self.page.keyboard.press("Control+A")
                    await self.page.keyboard.press("Delete")
                if at["value"] != text:
                    await self.page.keyboard.type(text)
            case _:
                pass  # a button

    async def _choose(self, at: Mapping[str, Any], wanted: Sequence[str]) -> None:
        """Walk among radio buttons with the arrows."""
        if not wanted:
            return
        for _ in range(MOST_POINTS):
            if at["name"] and at["value"] == wanted[0]:
                if not at["checked"]:
                    await self.page.keyboard.press("Space")
                return
            await self.page.keyboard.press("ArrowDown")
            at = await self._focused()
        raise AssertionError(f"{at['name']} does not offer {wanted[0]}")

    async def _attach(self, name: str) -> None:
        async with self.page.expect_file_chooser() as opening:
            await self.page.keyboard.press("Space")
        await (await opening.value).set_files(self.file)
        self.attached.add(name)
