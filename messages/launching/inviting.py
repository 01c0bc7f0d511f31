"""Inviting: the link by which an agency's staff answer a survey, put into the letters that carry it."""

from uuid import UUID

from messages.letters.press import Press
from messages.writing.variables import KNOWN, SURVEY_LINK
from store.asking import campaign, invitation
from store.asking.campaign import Campaign
from store.database import Session
from store.letters.outbox import Claim, Claimed

#: What stands for a code that is made at launch.
STAND_IN = "xxxxxxxx"


def known_in(session: Session, campaign_id: UUID) -> frozenset[str]:
    """The variables that words of a campaign may use: a survey's link only where one travels with it.

    What was said when the campaign was made may be used under its own name.
    """
    said = session.get_one(Campaign, campaign_id).values
    own = {name for name, value in said.items() if isinstance(value, str)}
    return (KNOWN if campaign.open_steps(session, campaign_id) else KNOWN - {SURVEY_LINK}) | own


def put_codes(session: Session, press: Press, claim: Claim) -> Claim:
    """The same claim, each part whose words carry a survey's link with its agency's code: one look for all.

    Wants the stationery of the claim in the press.
    """
    parts = [part for one in claim.taken for part in one.owed]
    inviting = {words_id for words_id in {part.words_id for part in parts} if press.invites(words_id)}
    if not inviting:
        return claim
    asks = {part.ask_id for part in parts if part.words_id in inviting}
    codes = invitation.codes_of(session, asks)
    return Claim(tuple(_with_codes(one, codes) for one in claim.taken), claim.dropped)


def _with_codes(one: Claimed, codes: dict[UUID, str]) -> Claimed:
    return one._replace(owed=tuple(part._replace(code=codes.get(part.ask_id, "")) for part in one.owed))
