"""Anonymous: the way in for answers that nobody may trace, and the night that takes the traces away."""

import hashlib
import json
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import zip_longest
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from store.asking import ask, campaign
from store.asking.ask import Ask, AskState
from store.asking.campaign import TAKING, Campaign, CampaignState, Step
from store.database import Session
from store.people import standing
from store.surveying import anonymous, box, code, coded, ended_page, ledger, night, telling
from store.surveying.anonymous import AnonymousAnswer
from store.surveying.box import Given, WaitingAnswer
from surveys.answering.answers import Answers
from surveys.answering.intake import Refusal, form_version
from surveys.figures.rarity import find_common
from surveys.figures.release import TOGETHER
from surveys.figures.written import has_words
from surveys.open.unread import tell_of_words

#: When the box is emptied, by the local clock: nobody is at work, and the backup has not begun.
NIGHT_AT = time(2, 30)
#: In these states no code takes answers and nobody is asked, so that what waits need not wait for more.
OVER = (CampaignState.CLOSED, CampaignState.WITHDRAWN)

ALREADY_GIVEN = (
    "An answer was already given here, and nobody can tell which one it is, so it cannot be changed. "
    "Nothing more is needed from you."
)
NOT_OPEN = "This survey is not open."
ENDED = (
    "This survey has ended and its results have been told, so what you sent was not kept. "
    "Nothing more is needed from you."
)

#: A random order from the machine's own source, so that no seed can bring the old one back.
SHUFFLE = secrets.SystemRandom().shuffle

#: One anonymous answer under its new identifier, on its way through the night.
Renamed = tuple[UUID, Given]


@dataclass(frozen=True, slots=True)
class Kept:
    """An anonymous answer is in the box."""

    #: False where it took the place of the same page's answer, or the very same had come before.
    is_new: bool
    #: The next ask of the same campaign, live now.
    opened: Ask | None = None
    #: Families wrote something, of which those on duty are to be told.
    has_new_words: bool = False


def take_for_ask(
    session: Session,
    ask_id: UUID,
    person_id: UUID,
    token: str,
    checked: Answers,
    language: str,
    marks: Mapping[str, Any],
    day: date,
    zone: ZoneInfo,
) -> Kept | Refusal:
    """Keep an answer to an ask so that nothing ties the two together but a key that the night takes away.

    The ledger learns that the ask was answered, and the local day; no arrival, no response and no decision
    is written. Until the night the same link may send again; then nobody can tell which answer was theirs.
    """
    # Two presses at once: the second waits here, and then finds what the first one left.
    asked = session.get(Ask, ask_id, with_for_update=True)
    if asked is not None and asked.state is AskState.PENDING:
        return Refusal(
            "This question comes later: it opens once the one before it is answered or has lapsed."
        )
    if asked is None or not asked.state.takes_answers:
        return Refusal("This question has been called back by the board. Nothing is needed from you.")
    if not standing.may_send(standing.of(session, asked, person_id)):
        return Refusal("This question now rests with somebody else at the agency.")
    step = session.get_one(Step, asked.step_id)
    version, stored = step.form_version_id, checked.to_json()
    given = Given(asked.board_id, asked.campaign_id, step.id, None, version, language, stored, dict(marks))
    key, midnight = _key("ask", token.strip().lower()), midnight_of(day, zone)
    waiting = box.find(session, key)
    if waiting is not None:
        box.change(session, waiting, given)
        after = ask.following(session, asked)
        return Kept(is_new=False, opened=after if after and after.state is AskState.ASKED else None)
    if asked.state is AskState.ANSWERED:
        return Refusal(ALREADY_GIVEN)
    if step.told_whole_on is not None:
        return Refusal(ENDED)
    if asked.state is AskState.DECLINED:
        ask.take_up_after(session, asked)
    box.put(session, key, given)
    ask.close(session, ask_id, AskState.ANSWERED, midnight)
    return Kept(is_new=True, opened=ask.open_next(session, asked, midnight))


def take_for_code(
    session: Session,
    typed: str,
    submission: str,
    checked: Answers,
    language: str,
    marks: Mapping[str, Any],
    day: date,
    zone: ZoneInfo,
    *,
    was_begun: bool = False,
) -> Kept | Refusal:
    """Keep an answer that came by an open code; the page's submission word makes a double press harmless.

    `was_begun`: while the code was open; then it counts although the code or its campaign has closed since.
    What exceeds the code's ceiling is kept and marked "over_ceiling": a class may share one tablet. Where
    families wrote something, those on duty are told with it, by the local `day` alone, that words wait.
    """
    found = code.behind(session, typed)
    if found is None:
        return Refusal(NOT_OPEN)
    opened, asking = found.code, found.campaign
    step = campaign.asking(session, asking.id, checked.form_key, checked.form_version)
    is_open = asking.state in TAKING and not opened.is_closed
    if step is None or not (is_open or (was_begun and asking.state in (*TAKING, CampaignState.CLOSED))):
        return Refusal(NOT_OPEN)
    if step.told_whole_on is not None:
        return Refusal(ENDED)
    key = key_of_page(opened.code, submission)
    if ended_page.is_there(session, key_after_night(key)):
        return Kept(is_new=False)
    stored, kept_marks = checked.to_json(), dict(marks)
    if anonymous.count_of_code(session, opened.id) >= opened.ceiling:
        kept_marks["over_ceiling"] = True
    given = Given(
        opened.board_id, asking.id, step.id, opened.id, step.form_version_id, language, stored, kept_marks
    )
    is_new = box.put(session, key, given)
    form = form_version(session, step.form_version_id)
    has_new_words = is_new and form.is_for_families and has_words(form, checked)
    if has_new_words:
        tell_of_words(session, asking, midnight_of(day, zone))
    return Kept(is_new, has_new_words=has_new_words)


def rewrite(
    session: Session,
    campaign_id: UUID,
    day: date,
    zone: ZoneInfo,
    shuffle: Callable[[list[Renamed]], None] = SHUFFLE,
) -> int:
    """Rewrite a campaign's waiting answers in random order, without keys, and even out its ledger.

    `day`, the local day that has just ended, is all the time that stays, on every answer and on every
    answered ask of the step. A step waits until ten answers are together, or no more are to come; a last
    few go among all earlier ones, which are rewritten with them. Gives back how many left the box.
    """
    asking = session.get_one(Campaign, campaign_id)
    moved = 0
    steps = campaign.steps(session, campaign_id)
    for step, following in zip_longest(steps, steps[1:]):
        waiting = _hold(session, step)
        is_few = len(waiting) < TOGETHER
        if waiting and (not is_few or step.told_whole_on or _is_over(session, asking, step)):
            _mix(session, step, waiting, day, shuffle)
            following_id = following.id if following else None
            ledger.even_out(session, step.id, following_id, midnight_of(day, zone))
            moved += len(waiting)
        _find_whole(session, asking, step, day, zone)
    if moved:
        night.add(session, day, moved)
    return moved


def _hold(session: Session, step: Step) -> Sequence[WaitingAnswer]:
    """What waits, with the asks behind it: those first, in the order in which who corrects an answer does."""
    if not box.count(session, step.id):
        return ()
    ledger.hold(session, step.id, AskState.ANSWERED)
    return box.lock(session, step.id)


def _mix(
    session: Session,
    step: Step,
    waiting: Sequence[WaitingAnswer],
    day: date,
    shuffle: Callable[[list[Renamed]], None],
) -> None:
    """Write what waits anew; that its pages were sent is remembered for the day that has begun."""
    answers = [(uuid4(), one.given) for one in waiting]
    pages = [key_after_night(one.key) for one in waiting if one.code_id is not None]
    ended_page.note_sent(session, pages, day + timedelta(days=1))
    box.take_out(session, waiting)
    if step.told_whole_on is not None:
        # What slipped in behind the last telling is in none, and stays apart, whenever a night comes again.
        day = max(day, step.told_whole_on + timedelta(days=1))
    elif len(answers) < TOGETHER:
        answers += anonymous.take_back(session, step.id)
    answers = _without_rare_languages(answers)
    shuffle(answers)
    anonymous.write(session, answers, day)


def _find_whole(session: Session, asking: Campaign, step: Step, day: date, zone: ZoneInfo) -> None:
    """Settle that all answers of a step may be told, where no more are to come and there are enough.

    From then on the same answers are told for good: one more could be told from the difference.
    """
    if step.told_whole_on is not None or not _is_over(session, asking, step):
        return
    if telling.is_coded(session, step):
        end = midnight_of(day + timedelta(days=1), zone)
        people = coded.of_step(session, step.id)
        is_whole = len(people) >= TOGETHER and all(one.given[-1].at < end for one in people)
    else:
        ledger.hold_closed(session, step.id)
        is_whole = not box.count(session, step.id) and anonymous.count(session, step.id) >= TOGETHER
    if is_whole:
        step.told_whole_on = day
        session.flush()


def find_told(session: Session, step: Step) -> list[AnonymousAnswer]:
    """The answers of a step that may be told of now, as totals or as what was written.

    While more may come, those of the latest night are left out: whoever keeps an older telling, and takes it
    from a newer one, then always has the answers of ten people or more before them, up to the last.
    """
    found = anonymous.of_step(session, step.id)
    if step.told_whole_on is not None:
        return [one for one in found if one.day <= step.told_whole_on]
    latest = max((one.day for one in found), default=None)
    return [one for one in found if one.day != latest]


def find_ended(session: Session, campaign_id: UUID) -> list[Step]:
    """The steps without a name whose answers are all told: nobody may be asked them any more."""
    return [
        step
        for step in campaign.steps(session, campaign_id)
        if step.told_whole_on is not None and not telling.is_coded(session, step)
    ]


def _is_over(session: Session, asking: Campaign, step: Step) -> bool:
    """Whether no more answers to a step are to come."""
    if asking.state in OVER:
        return True
    return asking.codes_ended_on is not None if step.is_open else ledger.is_over(session, step.id)


def midnight_of(day: date, zone: ZoneInfo) -> datetime:
    """The moment in UTC at which a local day began."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


def day_ended(now: datetime, zone: ZoneInfo) -> date:
    """The local day that ended with the latest night."""
    local = now.astimezone(zone)
    return local.date() - timedelta(days=1 if local.time() >= NIGHT_AT else 2)


def next_night(now: datetime, zone: ZoneInfo) -> datetime:
    """When the next night's work begins, in UTC."""
    return datetime.combine(day_ended(now, zone) + timedelta(days=2), NIGHT_AT, zone).astimezone(UTC)


def key_of_page(code: str, submission: str) -> str:
    """What an answer that came by an open code waits under, by the random word of its page."""
    return _key("code", code, submission)


def key_after_night(key: str) -> str:
    """What a page is remembered under for a day after its answer has lost the key that it waited under."""
    return hashlib.sha256(f"sent {key}".encode()).hexdigest()


def _key(*parts: str) -> str:
    """What an answer waits under. It is made of what only its page and its letter hold."""
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _without_rare_languages(answers: list[Renamed]) -> list[Renamed]:
    """Leave out languages that few share: the directory knows who of the staff reads what."""
    common = find_common((given.language for _, given in answers), TOGETHER)
    return [
        (identifier, given if given.language in common else replace(given, language=""))
        for identifier, given in answers
    ]
