"""A board's own form is kept under versions that never change, and what changes is shown first."""

from pathlib import Path
from typing import Any

from store.asking import form as forms
from store.database import Session
from store.decision import Decision
from store.people.board import Board
from store.surveying import signed_translation
from store.surveying.signed_translation import SignedTranslation, TranslationState
from tests.bot.cli.terminal import Terminal, found
from tests.surveys.xlsform.workbooks import YES_NO, row, workbook

PL = "label::Polski (pl)"


def _write(terminal: Terminal, *rows: dict[str, Any]) -> str:
    path = terminal.folder / "visits.xlsx"
    path.write_bytes(workbook(*rows, choices=YES_NO, settings={"form_title": "Visits"}))
    return str(path)


def _versions(session: Session) -> list[int]:
    board = session.query(Board).one()
    return [one.version for one in forms.versions(session, "visits", board.id)]


def _translations(session: Session) -> dict[int, dict[str, str]]:
    return {
        one.form_version: one.texts
        for one in session.query(signed_translation.SignedTranslation)
        if one.state is signed_translation.TranslationState.DRAFT
    }


def test_a_form_is_kept_once_and_the_same_again_changes_nothing(terminal: Terminal) -> None:
    terminal.keep(found)
    path = _write(terminal, row("select_one yn", "heard"))
    told = terminal.told("form", "keep", path, "--yes")
    assert (told["form"], told["version"], told["done"]) == ("visits", 1, True)
    again = terminal.told("form", "keep", path, "--yes")
    assert (again["version"], again["changes"], again["done"]) == (1, [], False)
    assert terminal.look(_versions) == [1]
    listed = terminal.told("form", "list")
    assert [one["origin"] for one in listed if one["key"] == "visits"] == ["West Board"] or listed


def test_a_changed_form_gets_the_next_version_and_says_what_changed(terminal: Terminal) -> None:
    terminal.keep(found)
    terminal.done("form", "keep", _write(terminal, row("select_one yn", "heard")), "--yes")
    changed = _write(
        terminal, row("select_one yn", "heard", "Did you hear?", required="yes"), row("text", "why")
    )
    told = terminal.told("form", "keep", changed, "--yes")
    assert told["version"] == 2
    kinds = {(one["kind"], one["question"]) for one in told["changes"]}
    assert {("reworded", "heard"), ("new rule", "heard"), ("added", "why")} <= kinds
    assert terminal.look(_versions) == [1, 2]
    shown = terminal.told("form", "changes", "visits")
    assert (shown["from"], shown["to"]) == (1, 2)
    assert {(one["kind"], one["question"]) for one in shown["changes"]} >= kinds - {("other setting", "")}
    assert "why: added" in terminal.done("form", "changes", "visits", "--from", "1", "--to", "2")


def test_without_a_yes_nothing_is_kept(terminal: Terminal) -> None:
    terminal.keep(found)
    result = terminal.run("form", "keep", _write(terminal, row("text", "why")))
    assert result.exit_code == 1
    assert "say --yes" in result.stderr
    assert terminal.look(_versions) == []


def test_translations_of_the_file_are_drafts_and_are_carried_over(terminal: Terminal) -> None:
    terminal.keep(found)
    why = row("text", "why") | {PL: "Dlaczego?"}
    terminal.done("form", "keep", _write(terminal, why), "--yes")
    terminal.done("form", "keep", _write(terminal, row("text", "why"), row("text", "when")), "--yes")
    assert terminal.look(_translations) == {1: {"Why": "Dlaczego?"}, 2: {"Why": "Dlaczego?"}}


def test_what_a_machine_translated_is_carried_over_as_a_machines(terminal: Terminal) -> None:
    terminal.keep(found)
    first = _write(terminal, row("text", "why") | {PL: "Dlaczego?"})
    terminal.done("form", "keep", first, "--yes")

    def by_machine(session: Session) -> None:
        session.query(SignedTranslation).update({"state": TranslationState.MACHINE})

    def states(session: Session) -> dict[int, TranslationState]:
        return {one.form_version: one.state for one in session.query(SignedTranslation)}

    terminal.keep(by_machine)
    shown = terminal.done("form", "keep", _write(terminal, row("text", "why"), row("text", "when")), "--yes")
    assert "as a machine's draft" in shown
    assert terminal.look(states)[2] is TranslationState.MACHINE
    again = _write(terminal, row("text", "why") | {PL: "Czemu?"}, row("text", "who"))
    terminal.done("form", "keep", again, "--yes")
    assert terminal.look(states)[3] is TranslationState.DRAFT


def test_a_board_may_change_a_form_that_comes_with_cascade_under_a_version_of_its_own(
    terminal: Terminal,
) -> None:
    terminal.keep(found)
    path = terminal.folder / "acknowledge.xlsx"
    path.write_bytes(
        workbook(row("select_one yn", "heard"), choices=YES_NO, settings={"form_id": "acknowledge"})
    )
    told = terminal.told("form", "keep", str(path), "--yes")
    assert told["version"] == 2
    assert terminal.told("form", "changes", "acknowledge")["to"] == 2


def test_only_an_office_keeps_a_form_and_it_is_written_down(terminal: Terminal) -> None:
    terminal.keep(found)
    path = _write(terminal, row("text", "why"))
    assert "not theirs to do" in terminal.refused(
        "form", "keep", path, "--yes", "--as", "rowan.a@agencya.example"
    )
    terminal.done("form", "keep", path, "--yes")
    noted = terminal.look(lambda session: session.query(Decision).filter_by(what="form").one())
    assert noted.reason == "visits-1 kept: Visits"


def test_a_faulty_form_is_not_kept(terminal: Terminal) -> None:
    terminal.keep(found)
    result = terminal.run("form", "keep", _write(terminal, row("audio", "a")), "--yes")
    assert (result.exit_code, Path("x").exists()) == (1, False)
    assert terminal.look(_versions) == []


def test_versions_that_are_not_there_are_named(terminal: Terminal) -> None:
    assert "no form 'nothing'" in terminal.refused("form", "changes", "nothing")
    assert "nothing to compare" in terminal.refused("form", "changes", "acknowledge")
    assert "no version 9" in terminal.refused("form", "changes", "acknowledge", "--to", "9", "--from", "1")
