"""Builders: a page as a person finds it: its form's fields, its errors, its words."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class _Reader(HTMLParser):
    fields: dict[str, str] = field(default_factory=dict)
    links: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    #: Inside the form that gives the page up, which nobody presses who goes on.
    is_leaving: bool = False

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if told.get("id"):
            self.ids.append(str(told["id"]))
        if tag == "a" and told.get("href"):
            self.links.append(str(told["href"]))
        if tag == "form":
            self.is_leaving = told.get("class") == "leave"
        if tag == "input" and told.get("name") and self._counts(told) and not self.is_leaving:
            self.fields[str(told["name"])] = str(told.get("value") or "")

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    @staticmethod
    def _counts(told: dict[str, str | None]) -> bool:
        return told.get("type") not in ("radio", "checkbox") or "checked" in told


@dataclass(frozen=True)
class PageText:
    """What a page holds."""

    fields: dict[str, str]
    links: list[str]
    ids: list[str]
    text: str


def read_page(html: str) -> PageText:
    """Read a page."""
    reader = _Reader()
    reader.feed(html)
    return PageText(reader.fields, reader.links, reader.ids, " ".join(" ".join(reader.texts).split()))
