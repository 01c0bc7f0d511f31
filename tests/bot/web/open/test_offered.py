"""Of being contacted a young person's pages speak only where somebody can be reached by them."""

import pytest

from store.database import Session
from store.surveying import code
from store.surveying.code import OpenCode
from surveys import library
from surveys.open.opening import leave_out_contact
from surveys.phrases import say
from tests.bot.web.make_page import PageText, read_page
from tests.bot.web.open.make_open import OpenScene, name_reader

#: What the link to the page of wishes says, and so whatever speaks of it.
LINK = "Would you like somebody to contact you?"
LAST_BOX = "stop_start_keep"


def start(place: OpenScene, language: str = "en", query: str = "") -> str:
    return f"{place.address('s5', language, 'older')}{query}"


def go_to(place: OpenScene, address: str, at: str) -> PageText:
    """Press Continue as far as a page."""
    page = read_page(place.client.post(address, data={"start-here": "yes"}).text)
    while page.fields["page"] != at:
        page = read_page(place.client.post(address, data=page.fields).text)
    return page


def walk(place: OpenScene, address: str) -> tuple[list[PageText], str]:
    """Press Continue until the answers are sent; gives every page, and where the last one led."""
    seen, sent = [], place.client.post(address, data={"start-here": "yes"})
    while sent.status_code == 200:
        seen.append(read_page(sent.text))
        sent = place.client.post(address, data=seen[-1].fields)
    return seen, sent.headers["location"]


def close_codes(session: Session) -> None:
    for one in session.query(OpenCode):
        code.close(session, one)


@pytest.mark.parametrize("language", ["en", "en-x-easy"])
def test_where_it_is_offered_they_are_told_how(shipped: OpenScene, language: str) -> None:
    told, link = say(language, LINK), f"/s/{shipped.codes['s5']}/{language}/contact"
    assert link in shipped.page(start(shipped, language)).links
    seen, thanks = walk(shipped, start(shipped, language))
    assert [page.fields["page"] for page in seen if told in page.text] == ["contact"]
    assert link in shipped.page(thanks).links


@pytest.mark.parametrize(
    ("language", "query"), [("pl", ""), ("ur", ""), ("en", "?entered=paper"), ("en", "?entered=telephone")]
)
def test_where_it_is_not_nothing_speaks_of_it(shipped: OpenScene, language: str, query: str) -> None:
    opening = shipped.page(start(shipped, language, query))
    seen, thanks = walk(shipped, start(shipped, language, query))
    for page in (opening, *seen, shipped.page(thanks)):
        assert say(language, LINK) not in page.text
        assert not [link for link in page.links if "/contact" in link]
    assert "contact" not in [page.fields["page"] for page in seen]
    assert say(language, "Send") in seen[-1].text


@pytest.mark.parametrize("language", ["pl", "ur"])
def test_who_helps_is_shown_in_its_place(shipped: OpenScene, language: str) -> None:
    for path in (start(shipped, language), f"/s/{shipped.codes['s5']}/{language}/thanks"):
        assert "help-now" in shipped.page(path).ids
    assert "help-now" not in shipped.page(start(shipped)).ids
    name_reader(shipped, language)
    assert "help-now" not in shipped.page(start(shipped, language)).ids


@pytest.mark.parametrize("language", ["en", "en-x-easy", "pl", "ur"])
def test_no_consent_promises_it(shipped: OpenScene, language: str) -> None:
    for key in ("s5_younger", "s5_middle", "s5_older", "s6"):
        assert "use the button" not in library.load(key).consent
    opening = shipped.page(start(shipped, language)).text
    assert not [word for word in ("Use the button", "użyj przycisku", "تو بٹن استعمال") if word in opening]


def test_after_the_code_has_closed_the_last_box_is_the_last_page(shipped: OpenScene) -> None:
    box = go_to(shipped, start(shipped), LAST_BOX)
    shipped.write(close_codes)
    again = shipped.client.post(start(shipped), data={**box.fields, LAST_BOX: "Keep the club."})
    page = read_page(again.text)
    assert page.fields["page"] == LAST_BOX
    assert "Keep the club." in again.text
    assert shipped.waiting() == [], "they pressed Continue, and not yet Send"
    sent = shipped.client.post(start(shipped), data={**page.fields, LAST_BOX: "Keep the club."})
    assert sent.headers["location"].endswith("/en/thanks")
    assert [one.answers for one in shipped.waiting()] == [{LAST_BOX: "Keep the club."}]


def test_a_last_box_to_mend_after_the_code_has_closed_says_send_and_means_it(shipped: OpenScene) -> None:
    box = go_to(shipped, start(shipped), LAST_BOX)
    shipped.write(close_codes)
    again = shipped.client.post(start(shipped), data={**box.fields, LAST_BOX: "x" * 9000})
    assert again.status_code == 422
    page = read_page(again.text)
    assert page.fields["page"] == LAST_BOX
    assert "Continue" not in page.text
    assert "Send" in page.text
    assert shipped.waiting() == []


def test_send_still_sends_on_the_page_that_is_left_out_since(shipped: OpenScene) -> None:
    note = go_to(shipped, start(shipped), "contact")
    shipped.write(close_codes)
    sent = shipped.client.post(start(shipped), data=note.fields)
    assert sent.headers["location"].endswith("/en/thanks")
    assert LINK not in shipped.page(sent.headers["location"]).text
    assert len(shipped.waiting()) == 1


def test_only_what_is_marked_is_left_out() -> None:
    whole = library.load("s5_older")
    quiet = leave_out_contact(whole)
    assert whole.questions.keys() - quiet.questions.keys() == {"contact"}
    assert leave_out_contact(quiet) is quiet
