"""A form is checked before anybody is asked, and everything wrong with it is said at once."""

import json
from pathlib import Path

from surveys import library
from tests.bot.cli.terminal import Terminal
from tests.surveys.xlsform.workbooks import YES_NO, row, workbook


def _write(terminal: Terminal, name: str, content: bytes) -> str:
    path = terminal.folder / name
    path.write_bytes(content)
    return str(path)


def test_a_good_workbook_is_told_with_its_languages_and_what_is_left_out(terminal: Terminal) -> None:
    told = row("text", "why") | {"label::Polski (pl)": "Dlaczego?"}
    path = _write(terminal, "visits.xlsx", workbook(row("start", "begun"), told))
    shown = terminal.done("form", "check", path)
    assert "visits.xlsx can be used" in shown
    assert "survey, row 2, column A (type): start: it is left out" in shown
    assert "pl: 1 texts, a draft" in shown
    found = terminal.told("form", "check", path)
    assert (found["ok"], found["key"], found["questions"]) == (True, "visits", 1)
    assert found["languages"] == ["en", "pl"]


def test_texts_still_to_translate_are_named_the_first_dozen_and_how_many_more(terminal: Terminal) -> None:
    told = row("text", "why") | {"label::Polski (pl)": "Dlaczego?"}
    rows = (row("text", f"q{number}", f"Question {number}") for number in range(20))
    path = _write(terminal, "visits.xlsx", workbook(told, *rows, settings={"form_title": "Visits"}))
    shown = terminal.done("form", "check", path)
    named = [line.strip() for line in shown.splitlines() if "still to translate: " in line]
    lacking = terminal.told("form", "check", path)["untranslated"]["pl"]
    assert {f"Question {number}" for number in range(20)} < set(lacking)
    assert "Why" not in lacking
    assert named == [f"still to translate: {text}" for text in lacking[:12]]
    assert (len(lacking), "… and 10 more texts" in shown) == (22, True)


def test_a_bad_workbook_is_refused_with_every_fault_by_sheet_row_and_column(terminal: Terminal) -> None:
    rows = row("text", "a", relevant="${b} = 1"), row("geopoint", "where"), row("select_one yn", "c")
    path = _write(terminal, "bad.xlsx", workbook(*rows, choices=YES_NO))
    result = terminal.run("form", "check", path)
    assert result.exit_code == 1
    lines = result.stderr.splitlines()
    assert lines[0].startswith("bad.xlsx: survey, row 2, column D (relevant): ")
    assert lines[1].startswith("bad.xlsx: survey, row 3, column A (type): ")
    assert lines[-1] == (
        "cascade: bad.xlsx cannot be used yet: 2 things to put right. "
        "Check it again then: one may hide another."
    )


def test_as_json_the_faults_are_there_and_the_exit_says_refused(terminal: Terminal) -> None:
    path = _write(terminal, "bad.xlsx", workbook(row("barcode", "a")))
    result = terminal.run("form", "check", path, "--json")
    told = json.loads(result.stdout)
    assert (result.exit_code, told["ok"]) == (1, False)
    [fault] = told["faults"]
    assert (fault["sheet"], fault["row"], fault["column"], fault["letter"]) == ("survey", 2, "type", "A")


def test_a_form_in_json_is_checked_by_the_same_command(terminal: Terminal) -> None:
    body = library.load("acknowledge").to_json()
    good = terminal.write("good.json", json.dumps(body))
    assert "can be used" in terminal.done("form", "check", str(good))
    bad = terminal.write("bad.json", json.dumps(body | {"minutes": 0}))
    assert terminal.run("form", "check", str(bad)).exit_code == 1
    broken = terminal.write("broken.json", "{")
    assert "not JSON" in terminal.run("form", "check", str(broken)).stderr


def test_a_file_of_another_sort_is_refused_with_what_to_do(terminal: Terminal) -> None:
    path = terminal.write("form.csv", "type,name,label\n")
    assert "save it as 'Excel Workbook (.xlsx)'" in terminal.run("form", "check", str(path)).stderr


def test_a_form_is_checked_where_there_is_no_installation(terminal: Terminal, tmp_path: Path) -> None:
    elsewhere = Terminal(f"sqlite:///{tmp_path / 'nowhere.db'}", terminal.folder)
    path = _write(terminal, "visits.xlsx", workbook(row("text", "why")))
    assert elsewhere.told("form", "check", path)["ok"]
    assert not (tmp_path / "nowhere.db").exists()


def test_the_list_names_every_shipped_form_and_those_of_the_board(terminal: Terminal) -> None:
    told = terminal.told("form", "list")
    assert [one["key"] for one in told] == [*library.keys(), "pages"]
    assert {"key", "version", "title", "audience", "privacy", "minutes", "languages", "origin"} <= told[
        0
    ].keys()
    assert "Cascade" in terminal.done("form", "list")


def test_a_form_that_could_send_more_than_a_page_takes_comes_with_a_note(terminal: Terminal) -> None:
    texts = [row("text", f"t{number}", max_length=4_000) for number in range(20)]
    told = terminal.told("form", "check", _write(terminal, "long.xlsx", workbook(*texts)))
    assert told["ok"]
    [note] = told["warnings"]
    assert "80,050 characters; 1,000 and 64,000 are taken" in note["what"]


def test_a_form_in_json_is_spoken_of_as_a_file_and_not_as_a_workbook(terminal: Terminal) -> None:
    body = {key: told for key, told in library.load("acknowledge").to_json().items() if key != "purpose"}
    lacking = terminal.run("form", "check", str(terminal.write("n.json", json.dumps(body)))).stderr
    assert lacking.startswith("n.json: form > purpose: is not there; add it")
    broken = terminal.run("form", "check", str(terminal.write("broken.json", '{"key":\n}'))).stderr
    assert broken.startswith("broken.json: line 2: this is not JSON")


def test_everything_wrong_with_a_form_in_json_is_told_at_once(terminal: Terminal) -> None:
    body = library.load("acknowledge").to_json() | {"minutes": 0, "colour": "red"}
    path = terminal.write("bad.json", json.dumps(body))
    lines = terminal.run("form", "check", str(path)).stderr.splitlines()
    assert [line.split(": ")[1] for line in lines[:-1]] == ["form > minutes", "form > colour"]
    assert "2 things to put right" in lines[-1]


def test_a_rule_of_a_form_in_json_that_can_never_hold_comes_with_a_note(terminal: Terminal) -> None:
    rule = ". > 10 and . < 5"
    asked = {"kind": "integer", "name": "a", "label": "How many?", "maximum": 99, "constraint": rule}
    head = {"key": "visits", "version": 1, "title": "Visits", "purpose": "To learn", "minutes": 1}
    body = head | {"sections": [{"name": "s", "title": "Visits", "questions": [asked]}]}
    told = terminal.told("form", "check", str(terminal.write("good.json", json.dumps(body))))
    [note] = told["warnings"]
    assert note["what"].startswith("question a > constraint: no answer can be over 10 and under 5 at once")
