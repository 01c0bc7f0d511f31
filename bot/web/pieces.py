"""Pieces: the markup that many pages share, made once and kept; what somebody typed is never kept."""

import json
from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import lru_cache
from typing import Any

from jinja2 import Environment, pass_context
from jinja2.environment import TemplateModule
from jinja2.runtime import Context
from markupsafe import Markup

from surveys.paging.field import Field
from surveys.phrases import ENGLISH
from surveys.phrases.learned import digest_of

#: Fields kept, and components of each kind.
MOST_FIELDS = 4096
MOST_COMPONENTS = 512
#: The components that every page has, by the name of their macro.
COMPONENTS = {
    "govukButton": "button",
    "govukGenericHeader": "generic-header",
    "govukSkipLink": "skip-link",
    "govukSummaryList": "summary-list",
}
_NO_FILES: Mapping[str, str] = {}

#: Draws one component from its settings.
Component = Callable[[Mapping[str, Any]], Markup]


class Pieces:
    """Fields, components and numbers that help, by what they are drawn from."""

    def __init__(self, templates: Environment) -> None:
        """Draw with these templates."""
        self._templates = templates
        self._modules: dict[str, TemplateModule] = {}
        self._draw_blank = lru_cache(MOST_FIELDS)(self._draw_as_of)
        self._draw_help = lru_cache(MOST_COMPONENTS)(self._draw_help_as_of)

    @pass_context
    def draw_field(
        self, context: Context, field: Field, asked: bool = True, files: Mapping[str, str] = _NO_FILES
    ) -> Markup:
        """One question in the language of the page; see `fields.html`."""
        language = context.get("language") or ENGLISH
        if is_blank(field):
            return self._draw_blank(field, language, asked, digest_of(language))
        return self._draw(field, language, asked, files)

    @pass_context
    def draw_help(self, context: Context, lines: Iterable[Hashable]) -> Markup:
        """The folded numbers that help, in the language of the page; see `open/help.html`."""
        language = context.get("language") or ENGLISH
        return self._draw_help(tuple(lines), language, digest_of(language))

    def keep_component(self, macro: str, folder: str) -> Component:
        """A component of GOV.UK Frontend that draws the same settings once."""
        module = self._templates.get_template(f"govuk_frontend_jinja/components/{folder}/macro.html").module
        draw: Component = getattr(module, macro)

        @lru_cache(MOST_COMPONENTS)
        def draw_once(settings: str) -> Markup:
            return draw(json.loads(settings))

        def draw_component(settings: Mapping[str, Any]) -> Markup:
            return draw_once(json.dumps(settings))

        return draw_component

    def _draw_as_of(self, field: Field, language: str, asked: bool, digest: str) -> Markup:
        """The same, kept for as long as the words around it are the same."""
        return self._draw(field, language, asked)

    def _draw_help_as_of(self, lines: tuple[Hashable, ...], language: str, digest: str) -> Markup:
        module = self._templates.get_template("open/help.html").make_module({"language": language})
        return Markup(module.draw_help(lines))  # type: ignore[attr-defined]  # noqa: S704

    def _draw(self, field: Field, language: str, asked: bool, files: Mapping[str, str] = _NO_FILES) -> Markup:
        module = self._modules.get(language)
        if module is None:
            module = self._templates.get_template("fields.html").make_module({"language": language})
            self._modules[language] = module
        return Markup(module.draw_field(field, asked, files))  # type: ignore[attr-defined]  # noqa: S704


def is_blank(field: Field) -> bool:
    """Whether a field is as nobody has touched it, so that it looks the same to everybody."""
    told = (
        field.values,
        field.ranked,
        field.entries,
        field.shown,
        field.error,
        field.prefilled,
        field.before,
        field.points,
    )
    return (
        not any(told)
        and not any(option.checked for option in field.options)
        and not any(box.value for box in field.boxes)
        and all(is_blank(cell) for line in field.lines for cell in line.fields)
    )
