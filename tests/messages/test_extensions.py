"""Who decides about more time: by the rule, by the office, or by a chair; and by which day."""

from datetime import UTC, date, datetime, timedelta

import pytest

from messages.changes import more_time
from messages.changes.extensions import Decider, ExtensionRule, Wish, decided_by, decider_of, say_rule
from messages.days.calendar import office_calendar
from messages.days.school_term import last_day
from messages.launching import campaign_rules
from messages.playbooks import playbook
from messages.playbooks.chosen import ChosenForm, put_in
from messages.playbooks.playbook import Playbook
from store.asking.extension import Extension, ExtensionState
from store.chore import ChoreKind
from store.database import Database, Session
from store.people.term import Term
from tests.make import START, TERMS, ZONE
from tests.story import WHO, Story, by_name, campaign_of, find

AT_ONCE, OFFICE = Decider.AT_ONCE, Decider.OFFICE
PANEL, CHAIR = Decider.PANEL_CHAIR, Decider.INDEPENDENT_CHAIR
TERM_END = date(2026, 12, 18)
WITHIN, PAST = date(2026, 12, 18), date(2026, 12, 21)
R = ExtensionRule
#: The rule, working days, in time, requests before, urgent, the day it would be due, the end of term.
CASES = [
    (R.ORDINARY, Wish(10, True), AT_ONCE),
    (R.ORDINARY, Wish(11, True), OFFICE),
    (R.ORDINARY, Wish(1, False), OFFICE),
    (R.ORDINARY, Wish(1, True, 1), OFFICE),
    (R.ORDINARY, Wish(1, True, urgent=True), OFFICE),
    (R.PANEL, Wish(1, True), PANEL),
    (R.PANEL, Wish(10, True), PANEL),
    (R.PANEL, Wish(10, True, urgent=True), PANEL),
    (R.PANEL, Wish(11, True), CHAIR),
    (R.PANEL, Wish(5, False), CHAIR),
    (R.PANEL, Wish(5, True, 1), CHAIR),
    (R.CHAIR, Wish(1, True), CHAIR),
    (R.CHAIR, Wish(20, False, 2), CHAIR),
    (R.TERM, Wish(10, True, due_after=WITHIN, term_ends=TERM_END), AT_ONCE),
    (R.TERM, Wish(11, True, due_after=WITHIN, term_ends=TERM_END), OFFICE),
    (R.TERM, Wish(5, True, 1, due_after=WITHIN, term_ends=TERM_END), OFFICE),
    (R.TERM, Wish(1, True, due_after=PAST, term_ends=TERM_END), CHAIR),
    (R.TERM, Wish(1, True, due_after=WITHIN, term_ends=None), CHAIR),
]
STRETCHES = tuple((first, last) for _, first, last in TERMS)


@pytest.mark.parametrize(("rule", "wish", "decider"), CASES)
def test_the_rule_says_who_decides(rule: ExtensionRule, wish: Wish, decider: Decider) -> None:
    assert decider_of(rule, wish) is decider


@pytest.mark.parametrize(
    ("asked", "by"),
    [
        (datetime(2026, 10, 12, 9, tzinfo=UTC), date(2026, 10, 14)),
        (datetime(2026, 10, 16, 16, tzinfo=UTC), date(2026, 10, 20)),  # a Friday
        (datetime(2026, 10, 17, 9, tzinfo=UTC), date(2026, 10, 21)),  # a Saturday is read on Monday
        (datetime(2026, 10, 18, 23, 30, tzinfo=UTC), date(2026, 10, 21)),  # after midnight here
        (datetime(2026, 12, 24, 9, tzinfo=UTC), date(2026, 12, 30)),  # over Christmas
    ],
)
def test_it_is_decided_within_two_working_days_of_the_board(asked: datetime, by: date) -> None:
    assert decided_by(asked, office_calendar(), ZONE) == by


@pytest.mark.parametrize(
    ("day", "ends"),
    [
        (date(2026, 9, 2), TERM_END),
        (date(2026, 10, 27), TERM_END),  # half-term
        (date(2026, 12, 18), TERM_END),
        (date(2026, 12, 28), TERM_END),  # the holidays after it
        (date(2027, 1, 4), date(2027, 3, 25)),
        (date(2027, 5, 30), date(2027, 7, 21)),
        (date(2026, 8, 1), None),
    ],
)
def test_a_term_ends_with_its_second_half(day: date, ends: date | None) -> None:
    assert last_day(STRETCHES, day) == ends


@pytest.mark.parametrize("rule", ExtensionRule)
def test_who_decides_is_said_beforehand(rule: ExtensionRule) -> None:
    assert "within two working days" in say_rule(rule)
    assert ("the Independent Chair" in say_rule(rule)) == (rule is not R.ORDINARY)


@pytest.mark.parametrize(
    ("key", "form", "rule"),
    [
        ("management_report", "", R.PANEL),
        ("rapid_review", "", R.CHAIR),
        ("return", "section11", R.TERM),
        ("return", "section175", R.TERM),
        ("return", "tna", R.ORDINARY),
        ("lesson", "", R.ORDINARY),
    ],
)
def test_each_playbook_keeps_its_rule_with_the_campaign(key: str, form: str, rule: ExtensionRule) -> None:
    shipped = playbook.load(key)
    assert shipped is not None
    book = put_in(shipped, [ChosenForm(form, form, 5)] if form else [])
    assert isinstance(book, Playbook)
    assert R(str(campaign_rules.rules_of(book, None).get(campaign_rules.EXTENSION, ""))) is rule


def ruled(database: Database, rule: ExtensionRule) -> Story:
    story = Story(database)
    story.begin("A")

    def lay_down(session: Session) -> None:
        campaign_of(session).values = {campaign_rules.EXTENSION: rule.value}
        for name, first, last in TERMS:
            session.add(Term(term_set="any", name=name, first_day=first, last_day=last))

    story.write(lay_down)
    return story


def wish(story: Story, days: int) -> Extension:
    def ask(session: Session) -> Extension | str:
        rowan = by_name(session, "Rowan A")
        return more_time.ask_for(session, find(session, "wren-1"), rowan.id, days, "volume", story.now, ZONE)

    made = story.write(ask)
    assert isinstance(made, Extension)
    return made


@pytest.mark.sqlite_first
async def test_a_chair_decides_about_a_report_never_the_rule_and_the_chore_says_who_and_when(
    database: Database,
) -> None:
    story = ruled(database, R.PANEL)
    assert wish(story, 5).state is ExtensionState.ASKED
    [chore] = [one for one in story.chores() if one.kind is ChoreKind.DECIDE_EXTENSION]
    assert "The chair of the review panel decides by 14/10/2026" in chore.text
    assert chore.text.endswith("--days N (or --decline) --because TEXT --decided-by NAME")
    story.write(lambda s: more_time.extend(s, find(s, "wren-1"), 5, "agreed", story.now, WHO, ZONE))
    story.now += timedelta(days=1)
    second = wish(story, 5)
    assert story.read(lambda s: more_time.who_decides(s, second, ZONE)) is CHAIR
    [chore] = [one for one in story.chores() if one.kind is ChoreKind.DECIDE_EXTENSION]
    assert "The Independent Chair decides by 15/10/2026" in chore.text


@pytest.mark.sqlite_first
@pytest.mark.parametrize(("days", "state"), [(10, ExtensionState.GRANTED), (60, ExtensionState.ASKED)])
async def test_an_agency_without_terms_of_its_own_keeps_to_those_that_are_known(
    database: Database, days: int, state: ExtensionState
) -> None:
    story = ruled(database, R.TERM)
    made = wish(story, days)
    assert made.state is state
    decider = story.read(lambda s: more_time.who_decides(s, made, ZONE))
    assert decider is (AT_ONCE if state is ExtensionState.GRANTED else CHAIR)
    assert story.now == START
