"""Each of XLSForm's question types becomes a question that asks the same."""

import pytest

from tests.surveys.xlsform.workbooks import (
    YES_NO,
    answers,
    choice,
    faults,
    form,
    problems,
    question,
    read,
    row,
)

SCALE = [choice("s", str(point), f"Point {point}") for point in range(1, 6)]
MOODS = [choice("m", "sad", face=1), choice("m", "fine", face=3), choice("m", "glad", face=5)]


@pytest.mark.parametrize(
    ("kind", "ours"),
    [
        ("text", "text"),
        ("string", "text"),
        ("integer", "integer"),
        ("decimal", "decimal"),
        ("date", "date"),
        ("note", "note"),
        ("file", "file"),
        ("image", "file"),
        ("acknowledge", "multiple"),
        ("trigger", "multiple"),
        ("select_one yn", "single"),
        ("select one from yn", "single"),
        ("select_multiple yn", "multiple"),
        ("rank yn", "ranking"),
        ("range", "scale"),
    ],
)
def test_every_type_finds_its_kind(kind: str, ours: str) -> None:
    assert question(row(kind, "q"), choices=YES_NO)["kind"] == ours


def test_several_lines_and_references_are_asked_by_appearance() -> None:
    assert question(row("text", "q", appearance="multiline"))["kind"] == "long_text"
    assert question(row("text", "q", appearance="long"))["kind"] == "long_text"
    assert question(row("text", "q", parameters="rows=5"))["kind"] == "long_text"
    assert question(row("text", "q", appearance="reference"))["kind"] == "reference"


@pytest.mark.parametrize("written", ["yes", "TRUE", "True()", "Yes"])
def test_required_is_taken_as_odk_takes_it_however_it_is_cased(written: str) -> None:
    assert question(row("text", "q", required=written))["required"] is True


@pytest.mark.parametrize("written", ["Y", "maybe", "if they know", "*"])
def test_required_that_is_neither_yes_nor_a_rule_says_what_to_write(written: str) -> None:
    [fault] = faults(row("text", "a"), row("text", "q", required=written))
    assert (fault.row, fault.column) == (3, "required")
    assert fault.what.endswith("write yes, or leave it empty")


def test_required_that_names_a_question_is_still_told_how_to_write_it() -> None:
    [fault] = faults(row("text", "a"), row("text", "q", required="a"))
    assert "${a}" in fault.what


@pytest.mark.parametrize(
    "default", [("integer", "some"), ("date", "soon"), ("select_one yn", "maybe"), ("text", "today()")]
)
def test_a_default_that_cannot_be_is_told_in_its_column(default: tuple[str, str]) -> None:
    kind, written = default
    [fault] = faults(row(kind, "q", default=written), choices=YES_NO)
    assert (fault.row, fault.column, fault.letter) == (2, "default", "D")


def test_numbers_may_be_negative_as_in_odk() -> None:
    asked = form(row("integer", "n"), row("decimal", "d"))
    assert answers(asked, n="-12", d="-1.25") == {"n": -12, "d": -1.25}


def test_an_acknowledgement_is_one_box_whose_answer_is_ok() -> None:
    asked = form(
        row("acknowledge", "ticked", required="yes"), row("text", "more", relevant="${ticked} = 'OK'")
    )
    assert "ticked" in problems(asked)
    assert answers(asked, ticked="OK", more="Thanks") == {"ticked": ("OK",), "more": "Thanks"}
    assert answers(asked, ticked=["OK"]) == {"ticked": ("OK",)}


def test_or_other_adds_the_choice_and_a_box_for_it() -> None:
    asked = form(row("select_one yn or_other", "way", relevant="true()"), choices=YES_NO)
    assert answers(asked, way="other", way_other="By post") == {"way": "other", "way_other": "By post"}
    assert answers(asked, way="yes", way_other="left over") == {"way": "yes"}


def test_a_range_of_few_whole_numbers_is_a_scale() -> None:
    assert question(row("range", "q", parameters="start=1 end=5 step=1")) == {
        "kind": "scale",
        "lowest": 1,
        "highest": 5,
        "name": "q",
        "label": "Q",
    }


def test_a_range_in_steps_takes_the_steps_alone() -> None:
    asked = form(row("range", "q", parameters="start=0 end=1 step=0.1"))
    for step in range(11):
        assert answers(asked, q=f"{step / 10:.1f}") == {"q": step / 10}
    assert problems(asked, q="0.15")
    assert problems(asked, q="1.1")
    tens = form(row("range", "q", parameters="start=10 end=100 step=10"))
    assert answers(tens, q="30") == {"q": 30}
    assert problems(tens, q="35") == {"q": "Give a number on one of the steps"}


def test_a_scale_is_made_of_choices_named_by_numbers() -> None:
    asked = question(row("select_one s", "q", appearance="scale"), choices=SCALE)
    assert (asked["kind"], asked["lowest"], asked["highest"]) == ("scale", 1, 5)
    assert asked["labels"]["5"] == "Point 5"
    [fault] = faults(row("select_one yn", "q", appearance="scale"), choices=YES_NO)
    assert (fault.sheet, fault.row, fault.column) == ("survey", 2, "appearance")


def test_faces_come_with_words_and_need_the_face_of_each() -> None:
    asked = question(row("select_one m", "q", appearance="faces"), choices=MOODS)
    assert [(each["label"], each["face"]) for each in asked["choices"]] == [
        ("Sad", 1),
        ("Fine", 3),
        ("Glad", 5),
    ]
    asked = question(
        row("select_one m", "q", appearance="faces"),
        choices=[*MOODS, choice("m", "unknown", label="I don't know")],
    )
    assert [each.get("face", 0) for each in asked["choices"]] == [1, 3, 5, 0]
    [fault] = faults(row("select_one yn", "q", appearance="faces"), choices=YES_NO)
    assert "`face`" in fault.what


def test_pictures_stand_beside_questions_and_choices_and_one_that_is_not_there_is_named() -> None:
    drawn = [choice("m", "home", picture="home"), choice("m", "other")]
    asked = question(row("select_multiple m", "q", picture="group"), choices=drawn)
    assert (asked["picture"], [each.get("picture") for each in asked["choices"]]) == ("group", ["home", None])
    missing = faults(
        row("select_one m", "q", picture="dragon"), choices=[choice("m", "home", picture="unicorn")]
    )
    assert [(one.sheet, one.row, one.column) for one in missing] == [
        ("survey", 2, "picture"),
        ("choices", 2, "picture"),
    ]
    assert all("heart" in one.what for one in missing)


def test_a_choice_that_stands_alone_and_the_most_that_may_be_chosen() -> None:
    listed = [choice("l", each) for each in "abc"] + [choice("l", "none", alone="yes")]
    asked = form(row("select_multiple l", "q", most="2"), choices=listed)
    assert answers(asked, q=["a", "b"]) == {"q": ("a", "b")}
    assert problems(asked, q=["a", "b", "c"])
    assert problems(asked, q=["a", "none"])


def test_a_ranking_keeps_the_order_given() -> None:
    asked = form(row("rank l", "q", most="2"), choices=[choice("l", each) for each in "abc"])
    assert answers(asked, q=["c", "a"]) == {"q": ("c", "a")}
    assert problems(asked, q=["c", "a", "b"])


def test_guidance_stands_behind_the_hint() -> None:
    told = row("text", "q", hint="In a few words.", guidance_hint="Names are not needed.")
    assert question(told)["hint"] == "In a few words.\nNames are not needed."


def test_what_is_required_says_so_in_its_own_words() -> None:
    asked = form(row("text", "q", required="yes", required_message="Tell us how"))
    assert problems(asked) == {"q": "Tell us how"}


def test_a_rule_may_say_what_is_required() -> None:
    asked = form(row("integer", "n"), row("text", "why", required="${n} > 3"))
    assert answers(asked, n="3") == {"n": 3}
    assert "why" in problems(asked, n="4")


def test_choices_in_an_order_of_chance_keep_theirs_and_a_note_says_so() -> None:
    found = read(row("select_one yn", "q", parameters="randomize=true"), choices=YES_NO)
    asked = found.form["sections"][0]["questions"][0]
    assert [each["value"] for each in asked["choices"]] == ["yes", "no"]
    [note] = found.warnings
    assert (note.row, note.column) == (2, "parameters")


def test_a_default_is_there_from_the_start_and_last_times_answer_too() -> None:
    assert question(row("text", "q", default="Reading"))["default"] == "Reading"
    asked = read(row("text", "q", default="${last-saved#q}"), settings={"form_id": "visits"}).form
    assert asked["sections"][0]["questions"][0]["prefill"] == "visits.q"
    [fault] = faults(row("date", "q", default="today()"))
    assert (fault.column, fault.row) == ("default", 2)


def test_what_cannot_be_changed_is_shown_and_not_asked() -> None:
    rows = (
        row("integer", "a"),
        row("integer", "double", calculation="${a} * 2", read_only="yes"),
        row("text", "fixed", read_only="yes", default="It's fixed"),
        row("text", "words", read_only="yes"),
        row("calculate", "secret", calculation="${a} div 3"),
    )
    asked = form(*rows)
    kinds = {name: one.kind for name, one in asked.questions.items()}
    assert kinds == {
        "a": "integer",
        "double": "calculated",
        "fixed": "calculated",
        "words": "note",
        "secret": "calculated",
    }
    found = answers(asked, a="2", double="99", fixed="typed")
    assert (found["double"], found["fixed"]) == (4, "It\u2019s fixed")
    assert found["secret"] == pytest.approx(2 / 3, abs=1e-9)


def test_pictures_and_things_on_the_device_are_left_out_and_that_is_said() -> None:
    found = read(
        row("start", "start"),
        row("deviceid", "device"),
        row("text", "q", image="cat.jpg", appearance="ex:org.app"),
    )
    assert [one["name"] for one in found.form["sections"][0]["questions"]] == ["q"]
    told = [(warning.row, warning.column) for warning in found.warnings]
    assert {(2, "type"), (3, "type"), (4, "image"), (4, "appearance")} <= set(told)


def test_a_question_without_a_label_is_refused_where_it_stands() -> None:
    [fault] = faults(row("text", "a"), {"type": "text", "name": "b"})
    assert (fault.sheet, fault.row) == ("survey", 3)


def test_what_a_campaign_gives_and_what_names_somebody_is_ticked_in_columns_of_ours() -> None:
    told = question(row("text", "lead", given="yes", personal="x"))
    assert (told["given"], told["personal"]) == (True, True)
    assert question(row("text", "lead", given="no")).keys().isdisjoint({"given", "personal"})


def test_a_note_that_speaks_of_contact_is_ticked_in_a_column_of_ours() -> None:
    assert question(row("note", "reach", about_contact="yes"))["about_contact"] is True
    assert "about_contact" not in question(row("note", "reach"))
