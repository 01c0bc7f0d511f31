"""The plain-text twin of a Markdown text, written as a person would write it and wrapped for reading."""

from collections.abc import Callable
from typing import TypeAlias

from markdown_it.tree import SyntaxTreeNode

from messages.writing.prose import read_markdown

WIDTH = 72

Measure: TypeAlias = Callable[[str], int]


def to_text(markdown: str, measure: Measure = len) -> str:
    """Write Markdown as plain text: lists with dashes, links as 'text: address', lines of at most 72 signs.

    ``measure`` tells how wide a text will be once it is filled in. An address is never broken.
    """
    return _blocks(read_markdown(markdown).children, WIDTH, measure)


def wrap(text: str, measure: Measure = len, width: int = WIDTH) -> str:
    """Break lines at spaces so that each is at most ``width`` wide; a longer word keeps a line to itself."""
    return "\n".join(_wrap_line(line, measure, width) for line in text.split("\n"))


def _wrap_line(text: str, measure: Measure, width: int) -> str:
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and measure(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return "\n".join(lines)


def _blocks(nodes: list[SyntaxTreeNode], width: int, measure: Measure, between: str = "\n\n") -> str:
    return between.join(filter(None, (_block(node, width, measure) for node in nodes)))


def _block(node: SyntaxTreeNode, width: int, measure: Measure) -> str:
    match node.type:
        case "heading":
            title = wrap(_inline(node), measure, width)
            return f"{title}\n" + "-" * max(measure(line) for line in title.split("\n"))
        case "bullet_list" | "ordered_list":
            return _list(node, width, measure)
        case "blockquote":
            return _indent(_blocks(node.children, width - 2, measure), "> ", "> ")
        case "fence" | "code_block":
            return _indent(node.content.rstrip("\n"), "    ", "    ")
        case "hr":
            return "* * *"
        case _:
            return wrap(_inline(node), measure, width)


def _list(node: SyntaxTreeNode, width: int, measure: Measure) -> str:
    tight = all(
        child.hidden for item in node.children for child in item.children if child.type == "paragraph"
    )
    between = "\n" if tight else "\n\n"
    items = []
    for number, item in enumerate(node.children, int(node.attrs.get("start", 1))):
        bullet = "- " if node.type == "bullet_list" else f"{number}. "
        body = _blocks(item.children, width - len(bullet), measure, between)
        items.append(_indent(body, bullet, " " * len(bullet)))
    return between.join(items)


def _indent(text: str, first: str, later: str) -> str:
    lines = text.split("\n")
    return "\n".join(((later if number else first) + line).rstrip() for number, line in enumerate(lines))


def _inline(node: SyntaxTreeNode) -> str:
    """Write what stands inside a paragraph or heading as one text, a forced line break as a line end."""
    written = ""
    for child in node.children:
        match child.type:
            case "text" | "code_inline":
                written += child.content
            case "softbreak":
                written += " "
            case "hardbreak":
                written += "\n"
            case "link":
                written += _link(child)
            case _:
                written += _inline(child)
    return written


def _link(node: SyntaxTreeNode) -> str:
    target = str(node.attrs.get("href", "")).removeprefix("mailto:").removeprefix("tel:")
    text = _inline(node)
    after = node.next_sibling.content[:1] if node.next_sibling and node.next_sibling.type == "text" else ""
    # A full stop that touches an address becomes part of it in many mail programs.
    shown = f"<{target}>" if after.strip() else target
    return shown if text in ("", target) else f"{text}: {shown}"
