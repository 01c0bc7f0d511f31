"""The catalogue names every return of the framework, and each can be asked for or says how it comes about."""

import pytest

from bot.directory.vocabulary import Sector
from messages.catalogue.return_kind import NAMED, ReturnKind, catalogue, find
from messages.playbooks import playbook
from messages.playbooks.chosen import takes_form
from messages.writing.tone import blame
from surveys import library

KINDS = catalogue()
#: A playbook or a group that makes no campaign by itself.
OFFICE = "office"


def test_every_return_of_the_framework_is_there_once() -> None:
    numbers = [f"R{number:02}" for number in range(1, 31)]
    assert [one.id for one in KINDS] == [*numbers, "D01"]
    assert len({one.key for one in KINDS}) == len(KINDS)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)
def test_each_has_days_or_says_how_it_comes_about(kind: ReturnKind) -> None:
    assert [bool(kind.cadences), bool(kind.started), bool(kind.out_of_scope)].count(True) == 1
    assert kind.title
    assert kind.owner
    assert kind.chases
    assert kind.evidence
    assert blame(f"{kind.title} {kind.chases} {kind.started}") == []


@pytest.mark.parametrize("kind", [one for one in KINDS if one.is_planned], ids=lambda kind: kind.id)
def test_each_that_has_days_has_a_form_that_its_playbook_can_ask(kind: ReturnKind) -> None:
    for cadence in kind.cadences:
        if kind.is_internal:
            assert (cadence.playbook, cadence.form, cadence.group) == ("", "", OFFICE)
            continue
        book = playbook.load(cadence.playbook)
        assert book is not None
        assert cadence.form in set(library.keys())
        assert not cadence.small_form or cadence.small_form in set(library.keys())
        assert takes_form(book) or cadence.form in book.forms


def test_the_groups_leave_no_sector_out_and_ask_none_twice() -> None:
    groups = {one.group: set(one.sectors) for kind in KINDS for one in kind.cadences}
    assert groups["schools"] | groups["others"] == {sector.value for sector in Sector}
    assert groups["schools"] & groups["others"] == set()
    assert groups["schools"] == {sector.value for sector in Sector if sector.is_school}
    known = {sector.value for sector in Sector}
    assert all(sectors <= known for sectors in groups.values())


def test_what_the_board_has_to_name_says_so_and_what_is_about_a_child_stays_out() -> None:
    child = find("r05")
    assert child is not None
    assert child.out_of_scope
    assert not child.is_planned
    named = [kind for kind in KINDS if any(one.group == NAMED for one in kind.cadences)]
    assert named
    assert all(kind.wants_names for kind in named)


def test_a_return_is_found_by_number_or_name_however_it_is_typed() -> None:
    assert find("R25") is find(" tna ") is find("TNA") is not None
    assert find("cdop-child") is find("R05")
    assert find("r99") is None
