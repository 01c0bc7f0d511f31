"""A form as one web page that needs nothing beside it, drawn as the site draws each of its pages."""

from collections.abc import Mapping, Sequence
from importlib.resources import files
from zoneinfo import ZoneInfo

from bot.cli.forms.rules import Stated
from bot.web.drawing import drawing_in
from surveys.forms.form import Form
from surveys.paging.pages import Page
from surveys.tongues.tongue import find_tongue


def draw_web(form: Form, shown: Sequence[Page], rules: Mapping[str, Sequence[Stated]], state: str) -> str:
    """The form as HTML, with the `rules` at each field.

    `state` says of a translation whether somebody has signed it off, else empty.
    """
    drawn = drawing_in(ZoneInfo("UTC")).draw(
        "preview",
        language=form.language,
        tongue=find_tongue(form.language),
        form=form,
        pages=shown,
        rules=rules,
        state=state,
        styles=_styles(),
    )
    return bytes(drawn.body).decode()


def _styles() -> str:
    """The site's own styles; none where they were not built yet."""
    sheet = files("bot.web") / "static" / "site.css"
    return sheet.read_text("utf-8") if sheet.is_file() else ""
