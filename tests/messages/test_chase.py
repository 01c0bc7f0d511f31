"""What is done about one ask when its alarm rings: a table, one line a case."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from messages.chasing.chase import Climb, Decision, Facts, Open, Skip, Stop, Wait, decide
from messages.chasing.ladder import Anchor, Ladder, Rung
from messages.days.calendar import office_calendar, school_calendar
from store.asking.ask import AskState
from tests.make import TERMS, ZONE

FIRST = Rung("issue", Anchor.ISSUE, 0, ("asked",))
SOON = Rung("soon", Anchor.DUE, -3, ("asked",))
TODAY = Rung("today", Anchor.DUE, 0, ("asked",))
DEPUTY = Rung("deputy", Anchor.DUE, 2, ("asked", "deputy"))
MANAGER = Rung("manager", Anchor.DUE, 5, ("line_manager",))
LADDER = Ladder((FIRST, SOON, TODAY, DEPUTY, MANAGER), 10)
ALL = ("issue", "soon", "today", "deputy", "manager")
OFFICE = office_calendar()
SCHOOL = school_calendar([(first, last) for _, first, last in TERMS])


def at(text: str) -> datetime:
    """A moment of the wall clock in London."""
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=ZONE).astimezone(UTC)


#: Asked on Monday 12 October 2026 at ten; due on Monday 2 November, past the end of summer time.
USUAL = Facts(
    state=AskState.ASKED,
    ladder=LADDER,
    calendar=OFFICE,
    zone=ZONE,
    asked_at=at("2026-10-12 10:00"),
    due_on=date(2026, 11, 2),
    round=1,
    round_began_at=at("2026-10-12 10:00"),
    climbed={},
)


def climbed(*names: str, last: str = "2026-10-12 10:00") -> dict[str, object]:
    """The rungs behind an ask, the last letter at a moment."""
    return {"climbed": {name: at(last) for name in names}, "last_letter_at": at(last)}


def again(**changes: object) -> dict[str, object]:
    """A second round that began on Tuesday 20 October, with the same due day."""
    return {"round": 2, "round_began_at": at("2026-10-20 11:00")} | changes


AWAY: dict[str, object] = {"unreachable": "Rowan is away until 2026-10-30"}
PASSED: dict[str, object] = {
    "climbed": {"handed_over": at("2026-10-20 11:00")},
    "last_letter_at": at("2026-10-20 11:00"),
}
#: Handed over on a Tuesday, when the due day was over.
LATE: dict[str, object] = {
    "round": 2,
    "round_began_at": at("2026-11-10 11:00"),
    "climbed": dict.fromkeys((*ALL[:3], "handed_over"), at("2026-11-10 11:00")),
    "last_letter_at": at("2026-11-10 11:00"),
}
SPRING: dict[str, object] = {"asked_at": at("2027-03-15 10:00"), "round_began_at": at("2027-03-15 10:00")}
XMAS: dict[str, object] = {"asked_at": at("2026-12-14 10:00"), "round_began_at": at("2026-12-14 10:00")}
BACK: dict[str, object] = {"sent_back": "sent back: 2 points"}
#: Sent back on a Tuesday, ten working days before the new due day.
TOLD: dict[str, object] = {
    "climbed": {"sent_back": at("2026-10-20 11:00")},
    "last_letter_at": at("2026-10-20 11:00"),
    "due_on": date(2026, 11, 3),
}
#: Asked of a school in the middle of July, and due in October.
SUMMER: dict[str, object] = {
    "calendar": school_calendar(
        [(date(2027, 6, 7), date(2027, 7, 21)), (date(2027, 9, 2), date(2027, 10, 22))]
    ),
    "asked_at": at("2027-07-15 10:00"),
    "round_began_at": at("2027-07-15 10:00"),
    "due_on": date(2027, 10, 1),
    "back_days": (date(2027, 9, 2),),
}
HELD: dict[str, object] = {"held_until": date(2026, 10, 16), "held_why": "inspection"}
#: A ladder that counts its days from the first letter.
LATER: dict[str, object] = {"ladder": Ladder((FIRST, Rung("chaser", Anchor.ISSUE, 5, ("asked",))), 10)}
OPENS: dict[str, object] = {"state": AskState.PENDING, "opens_on": date(2026, 10, 20)}

# name, changed facts, now, what is to be done
CASES: list[tuple[str, dict[str, object], str, str]] = [
    ("the first letter goes at once", {}, "2026-10-12 10:00", "climb issue"),
    ("not on a Saturday", {"asked_at": at("2026-10-10 12:00")}, "2026-10-10 12:00", "wait 2026-10-12 10:00"),
    ("not late on Friday", {"asked_at": at("2026-10-09 14:00")}, "2026-10-09 14:00", "wait 2026-10-12 10:00"),
    ("not early", {"asked_at": at("2026-10-13 07:00")}, "2026-10-13 07:00", "wait 2026-10-13 09:00"),
    ("not in the evening", {"asked_at": at("2026-10-13 16:30")}, "2026-10-13 16:30", "wait 2026-10-14 09:00"),
    ("not in half-term", {"calendar": SCHOOL, "asked_at": at("2026-10-26 10:00")}, "2026-10-26 10:00",
     "wait 2026-11-02 10:00"),
    ("an office works in half-term", {"asked_at": at("2026-10-27 10:00")}, "2026-10-27 10:00", "climb issue"),
    ("urgent waits for no hour", {"asked_at": at("2026-10-10 22:00"), "urgent": True}, "2026-10-10 22:00",
     "climb issue"),
    ("urgent waits for no term", {"calendar": SCHOOL, "asked_at": at("2026-10-26 22:00"), "urgent": True},
     "2026-10-26 22:00", "climb issue"),
    ("an urgent reminder keeps hours", climbed("issue") | {"urgent": True}, "2026-10-28 20:00",
     "wait 2026-10-29 09:00"),
    ("three days before", climbed("issue"), "2026-10-12 10:00", "wait 2026-10-28 09:00"),
    ("three days before, that day", climbed("issue"), "2026-10-28 09:00", "climb soon"),
    ("on the due day, a Monday", climbed(*ALL[:2], last="2026-10-28 09:00"), "2026-10-28 09:00",
     "wait 2026-11-02 10:00"),
    ("on the due day", climbed(*ALL[:2], last="2026-10-28 09:00"), "2026-11-02 10:00", "climb today"),
    ("two days after", climbed(*ALL[:3], last="2026-11-02 10:00"), "2026-11-02 10:01",
     "wait 2026-11-04 09:00"),
    ("two days after, that day", climbed(*ALL[:3], last="2026-11-02 10:00"), "2026-11-04 09:00",
     "climb deputy"),
    ("five days after", climbed(*ALL[:4], last="2026-11-04 09:00"), "2026-11-04 09:00",
     "wait 2026-11-09 10:00"),
    ("nine by the wall clock in winter", climbed("issue") | {"due_on": date(2026, 10, 30)},
     "2026-10-20 09:00", "wait 2026-10-27 09:00"),
    ("nine by the wall clock in summer", SPRING | climbed("issue", last="2027-03-15 10:00")
     | {"due_on": date(2027, 4, 2)}, "2027-03-22 09:00", "wait 2027-03-30 09:00"),
    ("bank holidays are no days", XMAS | climbed(*ALL[:3], last="2026-12-24 09:00")
     | {"due_on": date(2026, 12, 24)}, "2026-12-24 09:00", "wait 2026-12-30 09:00"),
    ("not on a bank holiday", XMAS | {"asked_at": at("2026-12-28 11:00")}, "2026-12-28 11:00",
     "wait 2026-12-29 09:00"),
    ("a hold", climbed("issue") | HELD, "2026-10-14 11:00", "wait 2026-10-19 10:00"),
    ("a hold on the first letter", HELD, "2026-10-14 11:00", "wait 2026-10-19 10:00"),
    ("a hold that is over", HELD, "2026-10-19 10:00", "climb issue"),
    ("a hold before cover", AWAY | HELD, "2026-10-14 11:00", "wait 2026-10-19 10:00"),
    ("cover", AWAY, "2026-10-12 10:00", "climb cover"),
    ("cover on the day of a letter", AWAY | climbed("issue"), "2026-10-12 11:00", "climb cover"),
    ("cover keeps hours", AWAY, "2026-10-12 18:00", "wait 2026-10-13 09:00"),
    ("cover comes once", AWAY | climbed("cover"), "2026-10-12 11:00", "wait 2026-10-13 09:00"),
    ("handed over", again(handed_to="Kim"), "2026-10-20 11:00", "climb handed_over"),
    ("handed over, at the weekend", again(handed_to="Kim"), "2026-10-24 11:00", "wait 2026-10-26 10:00"),
    ("handed over to nobody in reach", again(handed_to="Kim", **AWAY), "2026-10-20 11:00", "climb cover"),
    ("handed over once", again(**PASSED), "2026-10-20 11:00", "skip issue"),
    ("over the summer", SUMMER | climbed("issue", last="2027-07-15 10:00"), "2027-07-16 09:00",
     "wait 2027-09-02 09:00"),
    ("after the summer", SUMMER | climbed("issue", last="2027-07-15 10:00"), "2027-09-02 09:00",
     "climb back 2027-09-02"),
    ("after the summer, once", SUMMER | climbed("issue", "back 2027-09-02", last="2027-09-02 09:00"),
     "2027-09-02 09:00", "wait 2027-09-28 09:00"),
    ("after the summer, away", SUMMER | AWAY | climbed("issue", last="2027-07-15 10:00"), "2027-09-02 09:00",
     "climb cover"),
    ("sent back", again(**BACK), "2026-10-20 11:00", "climb sent_back"),
    ("sent back, at the weekend", again(**BACK), "2026-10-24 11:00", "wait 2026-10-26 10:00"),
    ("sent back, urgent", again(**BACK, urgent=True), "2026-10-24 11:00", "climb sent_back"),
    ("sent back while it rests", again(**BACK, **HELD), "2026-10-14 11:00", "wait 2026-10-19 10:00"),
    ("sent back to nobody in reach", again(**BACK, **AWAY), "2026-10-20 11:00", "climb cover"),
    ("sent back tells a newcomer too", again(**BACK, handed_to="Kim"), "2026-10-20 11:00", "climb sent_back"),
    ("and stands for the other letter", again(**BACK, handed_to="Kim", **TOLD), "2026-10-20 11:00",
     "skip issue"),
    ("sent back asks no second time", again(**TOLD, was_addressed=False), "2026-10-20 11:00", "skip issue"),
    ("nor reminds within three days", again(**TOLD | {"due_on": date(2026, 10, 26)}
     | {"climbed": {"sent_back": at("2026-10-20 11:00"), "issue": at("2026-10-20 11:00")}}),
     "2026-10-20 11:00", "skip soon"),
    ("then the ladder follows", again(**TOLD | {"climbed": {"sent_back": at("2026-10-20 11:00"),
     "issue": at("2026-10-20 11:00")}}), "2026-10-20 11:00", "wait 2026-10-29 09:00"),
    ("a later round asks no second time", again(), "2026-10-20 11:00", "skip issue"),
    ("and goes on where its days are", again(climbed={"issue": at("2026-10-20 11:00")}), "2026-10-20 11:00",
     "wait 2026-10-28 09:00"),
    ("a rung whose day was over is passed by",
     again(round_began_at=at("2026-10-30 11:00"),
     climbed={"issue": at("2026-10-30 11:00")}), "2026-10-30 11:00", "skip soon"),
    ("a rung after due is never passed by", again(round_began_at=at("2026-11-20 11:00"),
     climbed=dict.fromkeys(ALL[:3], at("2026-11-20 11:00"))), "2026-11-20 11:00", "climb deputy"),
    ("after a stop the next day at the soonest", climbed(*ALL[:2], last="2026-11-09 10:00"),
     "2026-11-09 10:01", "wait 2026-11-10 09:00"),
    ("late, not lost", climbed("issue"), "2026-11-09 10:00", "climb soon"),
    ("at the end it waits", climbed(*ALL, last="2026-11-09 10:00"), "2026-11-09 10:00",
     "wait 2026-11-16 10:00"),
    ("and lapses", climbed(*ALL, last="2026-11-09 10:00"), "2026-11-16 10:00", "stop lapsed"),
    ("three days from a late letter to the lapse", climbed(*ALL, last="2026-11-20 10:00"),
     "2026-11-20 10:01", "wait 2026-11-25 09:00"),
    ("fewer where the ladder leaves fewer", climbed(*ALL, last="2026-11-20 10:00")
     | {"ladder": Ladder(LADDER.rungs, 6)}, "2026-11-20 10:01", "wait 2026-11-23 10:00"),
    ("a newcomer has three days", LATE, "2026-11-10 11:00", "wait 2026-11-13 09:00"),
    ("a newcomer to an urgent lesson has one", LATE | {"urgent": True}, "2026-11-10 11:00",
     "wait 2026-11-11 09:00"),
    ("the deputy hears it once, whoever has it", LATE | {"stood_in": {"deputy": at("2026-11-04 09:00")}},
     "2026-11-10 11:00", "skip deputy"),
    ("more time lets the deputy hear it again", LATE | {"stood_in": {"deputy": at("2026-11-04 09:00")}}
     | {"due_on": date(2026, 11, 20)}, "2026-11-10 11:00", "wait 2026-11-24 09:00"),
    ("after a rest it is not over at once", climbed(*ALL, last="2026-11-09 10:00")
     | {"rested_until": date(2026, 11, 18)}, "2026-11-19 09:00", "wait 2026-11-24 09:00"),
    ("some days after it was asked", climbed("issue") | LATER, "2026-10-12 10:00", "wait 2026-10-19 10:00"),
    ("some days after it was asked, that day", climbed("issue") | LATER, "2026-10-19 10:00", "climb chaser"),
    ("put onto the ladder too late", climbed("issue", "today", last="2026-11-02 10:00"), "2026-11-02 10:01",
     "skip soon"),
    ("put onto it after the due day", climbed(*ALL[:3], "manager", last="2026-11-09 10:00"),
     "2026-11-10 09:00", "climb deputy"),
    ("cover for a deputy who has read it waits for the first rung", AWAY
     | {"deputy_knows": True, "ladder": Ladder(LADDER.rungs[1:], 10)}, "2026-10-12 10:00",
     "wait 2026-10-28 09:00"),
    ("before its day", OPENS, "2026-10-12 10:00", "wait 2026-10-20 00:00"),
    ("early on its day", OPENS, "2026-10-20 00:00", "wait 2026-10-20 09:00"),
    ("on its day", OPENS, "2026-10-20 09:00", "open"),
    ("its day is in half-term", OPENS | {"calendar": SCHOOL, "opens_on": date(2026, 10, 27)},
     "2026-10-27 00:00", "wait 2026-11-02 10:00"),
    ("on its day it is not put after all", OPENS | {"withheld": "they asked for no more"},
     "2026-10-20 09:00", "stop withdrawn"),
    ("answered", {"state": AskState.ANSWERED}, "2026-10-12 10:00", "stop answered"),
    ("declined", {"state": AskState.DECLINED, **AWAY}, "2026-10-12 10:00", "stop declined"),
    ("withdrawn", {"state": AskState.WITHDRAWN, **HELD}, "2026-10-12 10:00", "stop withdrawn"),
    ("pending", {"state": AskState.PENDING}, "2026-10-12 10:00", "stop pending"),
]  # fmt: skip


def told(decision: Decision) -> str:
    """A decision in the words of the table."""
    match decision:
        case Climb(rung, _):
            return f"climb {rung.name}"
        case Skip(rung, _):
            return f"skip {rung.name}"
        case Open(_):
            return "open"
        case Wait(until, _):
            return f"wait {until.astimezone(ZONE):%Y-%m-%d %H:%M}"
        case Stop(state, _):
            return f"stop {state.value}"


@pytest.mark.parametrize(("changes", "now", "expected"), [case[1:] for case in CASES],
                         ids=[case[0] for case in CASES])  # fmt: skip
def test_each_ask_is_decided_by_its_facts(changes: dict[str, object], now: str, expected: str) -> None:
    decision = decide(replace(USUAL, **changes), at(now))  # type: ignore[arg-type]
    assert told(decision) == expected
    assert decision.reason


def test_a_week_without_power_brings_one_rung_a_working_day() -> None:
    names, when = dict[str, datetime](), list[str]()
    facts, now = replace(USUAL, climbed=names), at("2026-11-12 09:00")
    while isinstance(decision := decide(facts, now), Climb | Wait) and len(when) < len(ALL):
        if isinstance(decision, Climb):
            names[decision.rung.name] = now
            facts = replace(facts, last_letter_at=now)
            when.append(f"{now.astimezone(ZONE):%d %b} {decision.rung.name}")
        now = decision.until if isinstance(decision, Wait) else now + timedelta(minutes=1)
    assert when == ["12 Nov issue", "13 Nov soon", "16 Nov today", "17 Nov deputy", "18 Nov manager"]
