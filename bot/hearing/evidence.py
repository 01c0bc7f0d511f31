"""Evidence: which agencies are asked about their actions, and the form that each of them is asked by."""

import hashlib
from collections import defaultdict
from uuid import UUID

from messages.launching.audience import Audience
from store.answers import action, action_rating
from store.answers.action import Action
from store.asking import ask, form, making
from store.asking.ask import Ask
from store.asking.campaign import Campaign
from store.asking.form import OF_ACTIONS, FormVersion
from store.asking.lesson import Lesson
from store.database import Session
from store.people.agency import Agency, fold
from surveys import library
from surveys.forms.form import Form
from surveys.judging.evidence import MOST_ACTIONS, TEMPLATE, ActionToAsk, form_for, minutes_for

#: The playbook that asks about actions, and the values of its campaigns: after how many months, and the
#: name of the review where the actions follow none of the board's lessons.
PLAYBOOK = "action_evidence"
MONTHS = "months"
REVIEW = "review"


def find_askable(
    session: Session, board_id: UUID, lesson_id: UUID | None, review: str = ""
) -> Audience | str:
    """The agencies with open actions from a lesson or, without one, a review; or why nobody is asked."""
    found = action.open_of(session, board_id, lesson_id=lesson_id, review=review)
    if not found:
        return "no agency has an open action from it: `cascade import FILE` brings actions in"
    count: dict[UUID, int] = defaultdict(int)
    for one in found:
        count[one.agency_id] += 1
    agencies = {key: session.get_one(Agency, key) for key in count}
    for key, number in count.items():
        if number > MOST_ACTIONS:
            return (
                f"{agencies[key].name} has {number} open actions from it, and one form asks about "
                f"{MOST_ACTIONS} at most: rate those that are done, or give some a review of their own"
            )
    return Audience(agencies=frozenset(one.folded for one in agencies.values()))


def dress(session: Session, campaign: Campaign) -> None:
    """Give each ask of a campaign that waits for its launch the form about its agency's own actions.

    May be repeated: what has not changed is left as it is, and asks that are live keep their form.
    """
    months = int(campaign.values[MONTHS])
    review = str(campaign.values.get(REVIEW, ""))
    actions = defaultdict[UUID, list[Action]](list)
    for one in action.open_of(session, campaign.board_id, lesson_id=campaign.lesson_id, review=review):
        actions[one.agency_id].append(one)
    title = f"{_name_source(session, campaign)}: after {months} months"
    for asked in making.awaiting_launch(session, campaign):
        if own := actions.get(asked.agency_id):
            _give(session, campaign, asked, sorted(own, key=_pressing)[:MOST_ACTIONS], title, months)
        else:
            # The last action was closed meanwhile; nobody has heard of this ask yet.
            action_rating.note_asked(session, asked.id, [], months)
            session.delete(asked)
    session.flush()


def _give(
    session: Session, campaign: Campaign, asked: Ask, actions: list[Action], title: str, months: int
) -> None:
    template = library.load(TEMPLATE)
    shown = [_to_ask(one) for one in sorted(actions, key=lambda one: one.number)]
    made = _keep(session, campaign.board_id, template, _key(campaign, asked.agency_id), title, shown, months)
    ask.give_form(session, asked, made.id, minutes_for(template, len(shown)))
    action_rating.note_asked(session, asked.id, [one.id for one in actions], months)


def _keep(
    session: Session,
    board_id: UUID,
    template: Form,
    key: str,
    title: str,
    actions: list[ActionToAsk],
    months: int,
) -> FormVersion:
    """The form as a version of its own, or the newest one where that asks the very same."""
    newest = form.newest(session, key, board_id)
    if newest is not None:
        body = form_for(template, key, newest.version, title, actions, months).to_json()
        if body == newest.body:
            return newest
    version = newest.version + 1 if newest else 1
    body = form_for(template, key, version, title, actions, months).to_json()
    return form.keep(session, key, version, body, board_id)


def _key(campaign: Campaign, agency_id: UUID) -> str:
    """The same at every check of an agency's actions from one source, so that answers carry over."""
    source = str(campaign.lesson_id) if campaign.lesson_id else fold(str(campaign.values.get(REVIEW, "")))
    return OF_ACTIONS + hashlib.sha256(f"{agency_id} {source}".encode()).hexdigest()[:24]


def _name_source(session: Session, campaign: Campaign) -> str:
    lesson = session.get(Lesson, campaign.lesson_id) if campaign.lesson_id else None
    return f"Actions from {f'“{lesson.title}”' if lesson else campaign.values.get(REVIEW, 'the review')}"


def _pressing(one: Action) -> tuple[object, ...]:
    return one.due_on, one.number


def _to_ask(one: Action) -> ActionToAsk:
    # Braces are places for words in a form, and an action has none.
    def plain(text: str) -> str:
        return text.replace("{", "(").replace("}", ")")

    return ActionToAsk(
        number=one.number,
        reference=plain(one.reference),
        text=plain(one.text),
        owner=plain(one.owner),
        first_due=one.original_due_on,
        due=one.due_on,
        measure=plain(one.measure),
        baseline=plain(one.baseline),
        baseline_on=one.baseline_on,
        target=plain(one.target),
    )
