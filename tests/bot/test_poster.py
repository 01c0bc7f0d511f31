import struct
import zlib
from xml.etree.ElementTree import fromstring

import pytest

from bot.asking.poster import Poster, draw_png, draw_sheet, draw_svg
from surveys.phrases import say
from surveys.tongues.tongue import find_tongue
from tests.bot.make_code import read_code

ADDRESS = "https://cascade.example.org/s/kqmtwxzr"


def sheet(setting: str = "Willow Family Centre", *tags: str) -> str:
    return draw_sheet(Poster(ADDRESS, setting, [find_tongue(tag) for tag in tags or ("en", "pl", "ur")]))


def test_a_camera_reads_the_address_from_the_png() -> None:
    assert read_code(draw_png(ADDRESS)) == ADDRESS


def test_the_svg_is_well_formed_and_scales() -> None:
    picture = fromstring(draw_svg(ADDRESS))  # noqa: S314
    assert picture.tag == "{http://www.w3.org/2000/svg}svg"
    assert "viewBox" in picture.attrib
    assert "width" not in picture.attrib


def test_the_png_has_a_white_border_all_round() -> None:
    png = draw_png(ADDRESS)
    width, height = struct.unpack(">II", png[16:24])
    assert width == height
    data = png[png.index(b"IDAT") + 4 :]
    lines = zlib.decompressobj().decompress(data)
    stride = (width + 7) // 8 + 1
    assert set(lines[1:stride]) == {255}


def test_the_sheet_names_the_setting_and_spells_the_address() -> None:
    page = sheet()
    assert "Willow Family Centre" in page
    assert ">cascade.example.org/s/kqmtwxzr<" in page
    assert "<svg" in page


def test_each_language_invites_in_its_own_words_and_direction() -> None:
    page = sheet()
    assert '<li lang="ur" dir="rtl"><strong>اردو</strong>' in page
    assert '<li lang="pl" dir="ltr"><strong>Polski</strong>' in page


def test_easy_read_is_offered_on_the_wall_in_its_own_words() -> None:
    page = sheet("Willow Family Centre", "en", "en-x-easy")
    assert '<li lang="en-x-easy" dir="ltr"><strong>Easy Read English</strong>' in page
    assert say("en-x-easy", "Choose your language on the page.") in page


@pytest.mark.parametrize("word", ["safeguard", "abuse", "social", "protect", "board", "risk"])
def test_the_wall_does_not_tell_what_kind_of_help_is_given(word: str) -> None:
    assert word not in sheet().lower()


def test_a_settings_name_is_text_and_never_markup() -> None:
    assert "<b>" not in sheet("<b>Willow</b>")


def test_the_sheet_loads_nothing_from_anywhere() -> None:
    page = sheet().replace("http://www.w3.org", "")
    assert "src=" not in page
    assert "url(" not in page
    assert "href=" not in page
    assert "@import" not in page


def test_the_poster_speaks_the_language_of_those_who_pass_it() -> None:
    tongues = [find_tongue(tag) for tag in ("en", "pl", "ur")]
    urdu = draw_sheet(Poster(ADDRESS, "Willow Family Centre", tongues, find_tongue("ur")))
    assert '<html lang="ur" dir="rtl">' in urdu
    assert say("ur", "Tell us what you think") in urdu
    assert "Tell us what you think" not in urdu
    assert '<p class="address" dir="ltr">' in urdu
    assert '<html lang="en" dir="ltr">' in sheet()
