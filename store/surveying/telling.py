"""Telling: which steps have answers without a name or under a code that may all be told, and are not yet."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from store.answers.response import Response
from store.asking.ask import Ask
from store.asking.campaign import Campaign, Step
from store.asking.form import FormVersion
from store.surveying.anonymous import AnonymousAnswer


def campaigns(session: Session, fewest: int) -> list[UUID]:
    """The campaigns with a step that has as many such answers, and whose last ones are still to be told.

    With fewer a step is left alone, however long ago it ended: until another answer comes nothing is told of
    it, and there is nothing to settle.
    """
    open_steps = select(Step.campaign_id).where(Step.told_whole_on.is_(None))
    many = select(AnonymousAnswer.step_id).group_by(AnonymousAnswer.step_id).having(func.count() >= fewest)
    nameless = open_steps.where(Step.id.in_(many))
    people = (
        select(func.count(func.distinct(Ask.id)))
        .join(Response, Response.ask_id == Ask.id)
        .where(Ask.step_id == Step.id)
    )
    coded = open_steps.join(FormVersion, FormVersion.id == Step.form_version_id).where(
        FormVersion.body["privacy"].as_string() == "coded", people.scalar_subquery() >= fewest
    )
    query = select(Campaign.id).where(Campaign.id.in_(nameless) | Campaign.id.in_(coded))
    return list(session.execute(query.order_by(Campaign.id)).scalars())


def is_coded(session: Session, step: Step) -> bool:
    """Whether a step is answered under a code: linked to a booking, and to no name."""
    return session.get_one(FormVersion, step.form_version_id).body.get("privacy") == "coded"
