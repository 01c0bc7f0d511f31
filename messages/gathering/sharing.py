"""Sharing: which of a person's letters go in one message, which go alone, and which wait for no week."""

from uuid import UUID

from messages.changes.new_link import is_new_link
from messages.chasing.chase import COVER, HANDED_OVER
from messages.chasing.covering import words_rung
from messages.gathering.bundle import UPPER
from store.asking.campaign import Campaign, MailKind
from store.letters.touch import Touch
from store.people.standing import CONTRIBUTOR

#: The kind of all that waits for a person's weekly message.
DIGEST = "digest"
#: The kind of a link that was asked for once more.
NEW_LINK = "new_link"
#: What a person is to hear on the day on which it happens.
NEWS = frozenset({COVER.name, HANDED_OVER.name, "sent_back"})


def sharing(
    campaign: Campaign,
    role: str,
    agency_id: UUID,
    step_id: UUID,
    touch_id: UUID,
    rung: str,
    *,
    is_first: bool,
) -> str:
    """What keeps a person's letters apart, or puts them into one message: those of one kind share it."""
    if is_new_link(rung):
        return NEW_LINK
    if role in UPPER:
        # Each in the words that a person approved, and about nobody else.
        return f"upper:{campaign.board_id}:{agency_id}:{campaign.is_urgent}"
    if goes_alone(campaign, role):
        return f"alone:{touch_id}"
    if campaign.is_urgent:
        return f"first:{step_id}" if is_first else f"urgent:{touch_id}"
    return DIGEST


def goes_alone(campaign: Campaign, role: str) -> bool:
    """Whether a letter shares no message with other kinds: a person approved its words, its reader chose to
    get it or helps a colleague, or what it asks is put to them alone, and not to a seat that others may fill.
    """
    return role in (*UPPER, CONTRIBUTOR) or is_chosen(campaign) or campaign.is_personal


def is_chosen(campaign: Campaign) -> bool:
    """Whether its reader chose to get it, so that it counts with no chasers."""
    return campaign.kind is MailKind.SUBSCRIPTION


def is_prompt(campaign: Campaign, touch: Touch) -> bool:
    """Whether a letter waits for no office hour: an urgent first one, or a link just asked for."""
    return touch.is_first and (campaign.is_urgent or is_new_link(touch.rung))


def is_free(campaign: Campaign, touch: Touch) -> bool:
    """Whether a letter is outside the budget: urgent, wished for, or a first one that goes alone."""
    if campaign.is_urgent or is_new_link(touch.rung) or is_chosen(campaign):
        return True
    return touch.is_first and goes_alone(campaign, touch.role)


def is_news(rung: str, *, is_approved: bool) -> bool:
    """Whether its reader is to hear of it on the day, though not twice on one: it waits for no week."""
    return is_approved or words_rung(rung) in NEWS
