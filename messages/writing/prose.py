"""Markdown as HTML that is safe to send, and what in it may not be sent."""

from collections.abc import Iterable, Iterator, Sequence

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from messages.writing.expressions import Expression
from messages.writing.pieces import Marks

_MARKDOWN = MarkdownIt("js-default", {"html": False}).disable(["table", "strikethrough"])
_HEADINGS = {"h2", "h3", "h4", "h5", "h6"}
_TAGS = {"a", "blockquote", "br", "code", "em", "hr", "li", "ol", "p", "pre", "strong", "ul", *_HEADINGS}
_ATTRIBUTES: dict[str, set[str]] = {"*": set(), "a": {"href"}, "ol": {"start"}}
_SCHEMES = {"http", "https", "mailto", "tel"}
_OUTSIDE = tuple(f"{scheme}:" for scheme in sorted(_SCHEMES))


def read_markdown(markdown: str) -> SyntaxTreeNode:
    """Give the tree of a Markdown text; raw HTML in it is text."""
    return SyntaxTreeNode(_MARKDOWN.parse(markdown))


def to_html(markdown: str, top: int = 2) -> str:
    """Draw Markdown as HTML from an allow-list of tags, its largest heading becoming level ``top``."""
    tokens = _MARKDOWN.parse(markdown)
    headings = [token for token in tokens if token.type in ("heading_open", "heading_close")]
    largest = min((int(token.tag[1]) for token in headings), default=1)
    for token in headings:
        token.tag = f"h{min(int(token.tag[1]) - largest + top, 6)}"
    drawn = _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})
    return nh3.clean(drawn, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel=None).strip()


def complaints(parts: Sequence[str | Expression], links: Iterable[str] = ()) -> list[tuple[int, str]]:
    """List what a letter may not carry, each with its line: pictures, and links that lead nowhere known.

    ``links`` names the variables whose values may be the target of a link.
    """
    marks = Marks(part for part in parts if isinstance(part, str))
    text = "".join(part if isinstance(part, str) else marks.place(part) for part in parts)
    found = []
    for line, token in _inline(_MARKDOWN.parse(text)):
        if token.type == "image":
            source = marks.reveal(str(token.attrs.get("src", "")))
            found.append((line, f"the picture {source} cannot be sent; describe it, or link to its page"))
        elif token.type == "link_open":
            target = str(token.attrs.get("href", ""))
            if not _leads_out(target, marks, frozenset(links)):
                shown = marks.reveal(target)
                found.append((line, f"the link to '{shown}' must start with https:// or be a link variable"))
    return found


def _inline(tokens: Iterable[Token]) -> Iterator[tuple[int, Token]]:
    """Give every token inside a line of text, with the number of the line it stands on."""
    for token in tokens:
        line = (token.map[0] if token.map else 0) + 1
        for child in token.children or ():
            yield line, child
            line += child.type in ("softbreak", "hardbreak")


def _leads_out(target: str, marks: Marks, links: frozenset[str]) -> bool:
    first = marks.leading(target)
    return target.startswith(_OUTSIDE) if first is None else first.plain in links
