"""What a page says of contact, of how far along it is, of stopping, and of each line of a table."""

import re

from tests.bot.web.make_page import read_page
from tests.bot.web.open.make_open import OpenScene

CONTACT = "You can ask for that after you press Send."


def _help(place: OpenScene, address: str) -> str:
    fields = place.start(address)
    for name, value in (("listened", "yes"), ("safety", "worse")):
        said = place.client.post(address, data={**fields, name: value}).text
        fields = {**fields, name: value, "page": "safety"}
    assert "It is all right to ask for help." in said
    return said


def test_whoever_is_less_safe_is_told_of_the_contact_page(place: OpenScene) -> None:
    assert CONTACT in _help(place, place.address())


def test_what_is_told_is_true_where_they_press_send(place: OpenScene) -> None:
    thanks = place.page(f"/s/{place.codes['family']}/en/thanks")
    assert "Would you like somebody to contact you?" in thanks.text


def test_contact_is_not_told_of_where_somebody_types_for_them(place: OpenScene) -> None:
    assert CONTACT not in _help(place, place.address() + "?entered=paper")


def test_nobody_is_thanked_for_telling_what_they_did_not_tell(place: OpenScene) -> None:
    for language in ("en", "pl"):
        said = place.page(f"/s/{place.codes['family']}/{language}/stopped").text
        assert "Thank you" not in said
        assert "Dziękujemy" not in said


def test_a_page_says_how_far_along_it_is(shipped: OpenScene) -> None:
    for language, said in (
        ("en", "Part 1 of 5"),
        ("pl", "Część 1 z "),
        ("ur", "حصہ 1،"),
        ("en-x-easy", "Part 1"),
    ):
        address = shipped.address("s6", language)
        assert said in shipped.client.post(address, data={"start-here": "yes"}).text


def test_a_survey_of_one_part_says_nothing_of_parts(place: OpenScene) -> None:
    assert "Part 1" not in place.client.post(place.address(), data={"start-here": "yes"}).text


def test_each_line_of_one_question_is_a_group_of_that_name_and_says_it_once(shipped: OpenScene) -> None:
    address = shipped.address("s6")
    fields = shipped.start(address)
    for _ in range(20):
        said = shipped.client.post(address, data=fields).text
        fields = read_page(said).fields
        if fields["page"] == "compared":
            break
    legends = [" ".join(one.split()) for one in re.findall(r"<legend[^>]*>(.*?)</legend>", said, re.DOTALL)]
    assert legends == [
        "Compared with before, how are these now?",
        "My child&#39;s wellbeing",
        "School attendance",
        "Life at home",
        "My confidence as a parent",
    ]
