"""Anonymous: the way in for answers that nobody may trace, and the night that takes the traces away."""

import hashlib
import json
import secrets
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import zip_longest
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from store import ask, campaign, standing
from store.ask import Ask, AskState
from store.campaign import Campaign, CampaignState, Step
from store.database import Session
from store.surveying import anonymous, box, code, ledger, night
from store.surveying.anonymous import AnonymousAnswer
from store.surveying.box import Given
from surveys.answers import Answers
from surveys.intake import Refusal

#: So many answers of one step are rewritten together, at the least, while more may come.
TOGETHER = 10
#: When the box is emptied, by the local clock: nobody is at work, and the backup has not begun.
NIGHT_AT = time(2, 30)
#: In these states no code takes answers and nobody is asked, so that what waits need not wait for more.
OVER = (CampaignState.CLOSED, CampaignState.WITHDRAWN)

ALREADY_GIVEN = (
    "An answer was already given here, and nobody can tell which one it is, so it cannot be changed. "
    "Nothing more is needed from you."
)
NOT_OPEN = "This survey is not open."
ENDED = "This survey has ended and its results have been told. Nothing more is needed from you."

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
    version = session.get_one(Step, asked.step_id).form_version_id
    stored = checked.to_json()
    given = Given(
        asked.board_id, asked.campaign_id, asked.step_id, None, version, language, stored, dict(marks)
    )
    key, midnight = _key("ask", token.strip().lower()), midnight_of(day, zone)
    waiting = box.find(session, key)
    if waiting is not None:
        box.change(session, waiting, given)
        after = ask.following(session, asked)
        return Kept(is_new=False, opened=after if after and after.state is AskState.ASKED else None)
    if asked.state is AskState.ANSWERED:
        return Refusal(ALREADY_GIVEN)
    if _is_told_whole(session, session.get_one(Campaign, asked.campaign_id), asked.step_id):
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
) -> Kept | Refusal:
    """Keep an answer that came by an open code; the page's submission word makes a double press harmless.

    What exceeds the code's ceiling is kept and marked "over_ceiling": a class may share one tablet.
    """
    found = code.behind(session, typed)
    if found is None or found.code.is_closed:
        return Refusal(NOT_OPEN)
    opened, asking = found.code, found.campaign
    step = campaign.asking(session, asking.id, checked.form_key, checked.form_version)
    if asking.state not in (CampaignState.LIVE, CampaignState.PAUSED) or step is None:
        return Refusal(NOT_OPEN)
    kept_marks = dict(marks)
    if anonymous.count_of_code(session, opened.id) >= opened.ceiling:
        kept_marks["over_ceiling"] = True
    given = Given(
        opened.board_id,
        asking.id,
        step.id,
        opened.id,
        step.form_version_id,
        language,
        checked.to_json(),
        kept_marks,
    )
    return Kept(is_new=box.put(session, key_of_page(opened.code, submission), given))


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
        waiting = box.lock(session, step.id)
        if not waiting or (len(waiting) < TOGETHER and not _is_over(session, asking, step.id)):
            continue
        answers = [(uuid4(), one.given) for one in waiting]
        box.take_out(session, waiting)
        if len(answers) < TOGETHER:
            answers += anonymous.take_back(session, step.id)
        answers = _without_rare_languages(answers)
        shuffle(answers)
        anonymous.write(session, answers, day)
        ledger.even_out(session, step.id, following.id if following else None, midnight_of(day, zone))
        moved += len(waiting)
    if moved:
        night.add(session, day, moved)
    return moved


def find_told(session: Session, asking: Campaign, step_id: UUID) -> list[AnonymousAnswer]:
    """The answers of a step that totals may be made of now.

    While more may come, those of the latest night are left out: whoever keeps an older total, and takes it
    from a newer one, then always has the answers of ten people or more before them, up to the last.
    """
    found = [one for one in anonymous.of_campaign(session, asking.id) if one.step_id == step_id]
    if _is_over(session, asking, step_id) and not box.count(session, step_id):
        return found
    latest = max((one.day for one in found), default=None)
    return [one for one in found if one.day != latest]


def _is_told_whole(session: Session, asking: Campaign, step_id: UUID) -> bool:
    """Whether totals are told of every answer to a step: one more would be told by the difference."""
    if not _is_over(session, asking, step_id) or box.count(session, step_id):
        return False
    return anonymous.count(session, step_id) >= TOGETHER


def _is_over(session: Session, asking: Campaign, step_id: UUID) -> bool:
    return asking.state in OVER or ledger.is_over(session, step_id)


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


def _key(*parts: str) -> str:
    """What an answer waits under. It is made of what only its page and its letter hold."""
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _without_rare_languages(answers: list[Renamed]) -> list[Renamed]:
    """Leave out the language of staff answers that fewer than ten share: the directory knows who reads it."""
    spoken = Counter(given.language for _, given in answers if given.code_id is None)
    return [
        (identifier, replace(given, language=""))
        if given.code_id is None and spoken[given.language] < TOGETHER
        else (identifier, given)
        for identifier, given in answers
    ]
