"""The shipped layouts, drawn once per letter, their styles written into each tag for mail programs."""

from collections.abc import Mapping
from functools import lru_cache

import css_inline
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

_LAYOUTS = Environment(
    loader=PackageLoader("messages", "layout"),
    autoescape=select_autoescape(["html"]),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def draw_html(name: str, context: Mapping[str, object]) -> str:
    """Draw a layout such as 'letter' as a whole HTML page that loads nothing."""
    return _inliner().inline(_LAYOUTS.get_template(f"{name}.html").render(context))


def draw_text(name: str, context: Mapping[str, object]) -> str:
    """Draw a layout's plain-text twin."""
    return _LAYOUTS.get_template(f"{name}.txt").render(context).strip() + "\n"


@lru_cache(maxsize=1)
def _inliner() -> css_inline.CSSInliner:
    styles = _LAYOUTS.get_template("letter.css").render()
    return css_inline.CSSInliner(
        inline_style_tags=False, keep_style_tags=True, load_remote_stylesheets=False, extra_css=styles
    )
