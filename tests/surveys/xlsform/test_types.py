"""What cannot be asked is refused with the reason, and what cannot be known is left out."""

import pytest

from surveys.xlsform.question_types import Family, sort
from tests.surveys.xlsform.workbooks import YES_NO, read, row

REFUSED = [
    "geopoint",
    "geotrace",
    "geoshape",
    "audio",
    "video",
    "barcode",
    "time",
    "dateTime",
    "select_one_from_file places.csv",
    "select_multiple_from_file places.xml",
    "select_one_external places",
    "select_one places.geojson",
    "select_one ${child}",
    "xml-external",
    "csv-external",
    "begin loop over places",
    "include",
    "osm tags",
]
LEFT_OUT = [
    "start",
    "end",
    "today",
    "deviceid",
    "username",
    "phonenumber",
    "audit",
    "start-geopoint",
    "uri:deviceid",
]


@pytest.mark.parametrize("written", REFUSED)
def test_it_is_refused_and_says_why(written: str) -> None:
    meant = sort(written)
    assert meant.family is Family.REFUSED
    assert not meant.why.startswith("there is no type")


@pytest.mark.parametrize("written", LEFT_OUT)
def test_what_odk_records_unasked_is_left_out(written: str) -> None:
    assert sort(written).family is Family.METADATA


@pytest.mark.parametrize(
    ("written", "meant"), [("txet", "text"), ("interger", "integer"), ("begn_group", "begin_group")]
)
def test_a_slip_is_told_from_the_type_that_was_meant(written: str, meant: str) -> None:
    assert sort(written).why.endswith(f"did you mean {meant}?")


def test_a_select_without_a_list_says_what_is_missing() -> None:
    assert "which list" in sort("select_one").why


def test_types_may_be_written_in_capitals() -> None:
    rows = (
        row("Integer", "a"),
        row("Begin Group", "g"),
        row("Select_One YN or_Other", "c"),
        {"type": "END GROUP"},
    )
    listed = [each | {"list_name": "YN"} for each in YES_NO]
    found = read(*rows, choices=listed)
    kinds = [asked["kind"] for part in found.form["sections"] for asked in part["questions"]]
    assert kinds == ["integer", "single", "text"]


@pytest.mark.parametrize("written", ["begin group", "begin_group", "BEGIN  REPEAT", "end_repeat"])
def test_brackets_may_be_written_as_odk_does(written: str) -> None:
    assert sort(written).family is Family.BRACKET
