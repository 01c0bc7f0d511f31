"""Between two tellings of one question there are ten people or more who answered it, or nobody."""

import itertools
from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from surveys import library
from surveys.answering.answers import Answers
from surveys.answering.timeline import Timeline, find_released
from surveys.figures.release import TOGETHER
from surveys.figures.totals import add_up_released, pick_of
from tests.make import START

DAY = date(2027, 2, 1)
END = DAY + timedelta(days=90)


def answered(who: int, *, asked: bool = True, day: date = DAY) -> Timeline[date]:
    """Somebody whose answer is who they are, where they were led to the question."""
    return Timeline([(day, Answers("poll", 1, {"who": who} if asked else {"other": "x"}))])


def told(lines: Sequence[Timeline[date]], whole_on: date | None = None) -> frozenset[object]:
    return frozenset(find_released(lines, whole_on, pick_of("who")))


def test_a_few_who_were_led_to_a_question_wait_until_they_are_ten() -> None:
    """Twenty answered on two days, ten of them this question; of ten more only one is led to it."""
    first = [answered(who) for who in range(10)]
    others = [answered(who, asked=False, day=DAY + timedelta(days=1)) for who in range(10, 20)]
    later = [answered(who, asked=who == 20, day=DAY + timedelta(days=2)) for who in range(20, 30)]
    last = [answered(who, asked=who < 40, day=DAY + timedelta(days=3)) for who in range(30, 45)]
    assert told([*first, *others]) == frozenset()
    assert told([*first, *others, *later]) == frozenset()
    assert told([*first, *others, *later, *last]) == frozenset(range(10))
    assert told([*first, *others, *later, *last], END) == {*range(10), 20, *range(30, 40)}


@given(
    nights=st.lists(st.lists(st.booleans(), min_size=TOGETHER, max_size=25), min_size=1, max_size=8),
    last=st.lists(st.booleans(), max_size=TOGETHER - 1),
)
@example(nights=[[True] * 10, [True] * 10, [False] * 9 + [True], [False] * 10], last=[])
def test_whoever_keeps_every_total_never_has_a_few_people_between_two(
    nights: list[list[bool]], last: list[bool]
) -> None:
    lines: list[Timeline[date]] = []
    seen = [frozenset[object]()]
    for number, night in enumerate(nights):
        if number == len(nights) - 1:
            night = [*night, *last]  # a last few go among those of the latest night
        day = DAY + timedelta(days=number)
        lines += [answered(len(lines) + who, asked=is_led, day=day) for who, is_led in enumerate(night)]
        seen.append(told(lines))
    seen.append(told(lines, END))
    for one, other in itertools.combinations((some for some in seen if len(some) >= TOGETHER), 2):
        assert len(one ^ other) == 0 or len(one ^ other) >= TOGETHER, seen
    everybody = {who for line in lines for who in [line.given[0][1].values.get("who")] if who is not None}
    assert seen[-1] == everybody or len(everybody) < TOGETHER


def test_a_correction_waits_for_ten_more_who_answer_that_question() -> None:
    moments = [START + timedelta(minutes=minute) for minute in range(60)]
    lines = [Timeline([(at, Answers("poll", 1, {"who": who}))]) for who, at in enumerate(moments[:20])]
    corrected = Timeline([*lines[0].given, (moments[25], Answers("poll", 1, {"who": 99}))])
    others = [Timeline([(at, Answers("poll", 1, {}))]) for at in moments[26:50]]
    some = [corrected, *lines[1:], *others]
    assert 99 not in find_released(some, None, pick_of("who"))
    more = [Timeline([(at, Answers("poll", 1, {"who": 50}))]) for at in moments[30:50]]
    assert 99 in find_released([*some, *more], None, pick_of("who"))


@pytest.mark.parametrize("key", ["s1", "s2", "s6"])
def test_no_question_of_a_shipped_survey_grows_by_one_persons_answer(key: str) -> None:
    form = library.load(key)
    closed = [one for one in form.questions.values() if one.offers()]
    usual = {one.name: sorted(one.offers() or ())[0] for one in closed[:1]}
    whole = {one.name: sorted(one.offers() or ())[-1] for one in closed}
    nights = [[whole] * 10, [whole] * 10, [*[usual] * 9, whole], [usual] * 10, [usual] * 10]
    lines: list[Timeline[date]] = []
    before: dict[str, int] = {}
    for number, night in enumerate(nights):
        day = DAY + timedelta(days=number)
        lines += [Timeline([(day, Answers(key, form.version, one))]) for one in night]
        totals = add_up_released(form, lines, None).totals or ()
        now = {one.field: one.answered or 0 for one in totals}
        grown = {field: count - before.get(field, 0) for field, count in now.items()}
        assert all(more == 0 or more >= TOGETHER for more in grown.values()), (number, grown)
        before = now
    assert max(before.values()) >= 2 * TOGETHER


def test_answers_that_are_taken_back_leave_nobody_alone() -> None:
    """Ten more come, and nine of them no longer answer the question: their answers count as they were."""
    moments = [START + timedelta(minutes=minute) for minute in range(60)]

    def said(who: int) -> Answers:
        return Answers("poll", 1, {"who": who})

    nothing, at = Answers("poll", 1, {}), moments[18] + timedelta(seconds=30)
    first = [Timeline([(moments[who], said(who))]) for who in range(10)]
    shaky = [Timeline([(moments[who], said(who)), (at, nothing)]) for who in range(10, 19)]
    more = [Timeline([(moments[who], said(who))]) for who in range(19, 30)]
    some = [*first, *shaky, *more]
    told = [set(find_released(some[:count], None, pick_of("who"))) for count in (20, 30)]
    assert [len(one) for one in told] == [10, 20]
