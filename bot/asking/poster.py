"""Poster: the address of an open survey as a code to point a camera at, and a sheet to put on the wall."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, partial

import segno
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from surveys.phrases import say
from surveys.tongues.tongue import FIRST, Tongue, find_tongue

#: A fifth of the code may be torn, dirty or in the glare of a lamp.
ERRORS = "q"
#: Modules of white around the code that ISO/IEC 18004 asks for.
QUIET = 4
#: Dots a module in the PNG: large enough to print sharply at A4.
SCALE = 16
ENGLISH = find_tongue(FIRST)


@dataclass(frozen=True, slots=True)
class Poster:
    """What one setting hangs up: the whole address, whose it is, and the languages offered behind it.

    `tongue` is the language of its own words.
    """

    address: str
    setting: str
    tongues: Sequence[Tongue]
    tongue: Tongue = ENGLISH

    @property
    def typed(self) -> str:
        """The address as people type it."""
        return self.address.partition("://")[2] or self.address


def draw_svg(address: str) -> str:
    """The code as a picture of lines, black on white, that prints sharply at any size."""
    picture = io.BytesIO()
    _code(address).save(picture, kind="svg", scale=SCALE, border=QUIET, light="#fff", omitsize=True)
    return picture.getvalue().decode()


def draw_png(address: str) -> bytes:
    """The code as a picture of dots, for documents that take no SVG."""
    picture = io.BytesIO()
    _code(address).save(picture, kind="png", scale=SCALE, border=QUIET, light="#fff")
    return picture.getvalue()


def draw_sheet(poster: Poster) -> str:
    """The poster as one A4 page of HTML with everything in it: open it in a browser and print it.

    Its words are neutral: nobody learns from the wall what kind of help is given here.
    """
    invitations = [
        (tongue, say(tongue.tag, "Choose your language on the page.")) for tongue in poster.tongues
    ]
    template = _templates().get_template("open/poster.html")
    # The picture is drawn here and holds nothing of the reader's but the address, as dots.
    code = Markup(_inline(poster.address))  # noqa: S704
    return template.render(
        poster=poster, invitations=invitations, code=code, word=partial(say, poster.tongue.tag)
    )


def _inline(address: str) -> str:
    return _code(address).svg_inline(scale=SCALE, border=QUIET, light="#fff", omitsize=True, svgclass="code")


def _code(address: str) -> segno.QRCode:
    return segno.make_qr(address, error=ERRORS, boost_error=False)


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("bot.web"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
