"""What no keyboard types is left out of what is kept, on every database; line ends stay."""

import gc

import pytest
from starlette.requests import Request

from bot.web.submission import read_submission
from store.answers.inbound import Inbound
from store.people import person
from tests import make
from tests.bot.web.make_house import Scene


async def _read(body: bytes) -> dict[str, list[str]]:
    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": body, "more_body": False}

    headers = [(b"content-type", b"application/x-www-form-urlencoded")]
    scope = {"type": "http", "method": "POST", "headers": headers}
    return (await read_submission(Request(scope, receive))).fields


async def test_control_characters_are_left_out_and_line_ends_stay() -> None:
    read = await _read(b"reason=a%00b%1B%0D%0Ac%09d%7F&na%00me=%C2%85K")
    assert read == {"reason": ["ab\r\nc\td"], "name": ["K"]}


def test_a_zero_byte_in_a_name_or_a_reason_harms_no_database(place_anywhere: Scene) -> None:
    place = place_anywhere
    own = make.domain_of("Agency A")
    handed = {"wish": "colleague", "name": "Kit\0 A", "email": f"kit@{own}", "digits": place.digits()}
    assert place.client.post(f"{place.link()}/hand-over", data=handed).status_code == 303
    known = place.read(lambda session: person.by_address(session, f"kit@{own}"))
    assert known is not None
    assert known.name == "Kit A"
    declined = {"wish": "decline", "reason": "no\0pe, not us", "digits": place.digits()}
    assert place.client.post(f"{place.link()}/hand-over", data=declined).status_code == 303
    assert place.read(lambda session: session.query(Inbound).one().raw) == b"nope, not us"


@pytest.mark.filterwarnings("error::pytest.PytestUnraisableExceptionWarning")
def test_a_box_in_which_no_file_was_chosen_leaves_none_open(place: Scene) -> None:
    # As browsers send it; the test client would leave such a box out.
    box = 'name="evidence"; filename=""\r\nContent-Type: application/octet-stream'
    parts = ('name="page"', "staff"), ('name="staff"', "45"), (box, "")
    lines = [f"--x\r\nContent-Disposition: form-data; {head}\r\n\r\n{text}\r\n" for head, text in parts]
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    response = place.client.post(place.link(), content="".join(lines) + "--x--\r\n", headers=headers)
    assert response.status_code in (303, 400)
    del response
    gc.collect()
