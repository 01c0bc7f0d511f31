"""Every noun at once, so that the schema is whole wherever it is asked for."""

from store import chore, decision, installation
from store.answers import action, action_rating, confirmation, inbound, judgement, non_return, response
from store.asking import ask, campaign, extension, form, hold, lesson, year
from store.base import Row
from store.letters import alert, delivery, passcode, touch
from store.people import agency, board, booking, person, seat, term
from store.surveying import (
    anonymous,
    attachment,
    box,
    code,
    contact_wish,
    contributor,
    draft,
    duty,
    ended_page,
    helpline,
    night,
    reader,
    signed_translation,
)

NOUNS = (
    action,
    action_rating,
    agency,
    alert,
    ask,
    board,
    booking,
    campaign,
    chore,
    confirmation,
    decision,
    delivery,
    extension,
    form,
    hold,
    inbound,
    installation,
    judgement,
    lesson,
    non_return,
    passcode,
    person,
    response,
    seat,
    term,
    touch,
    year,
    anonymous,
    attachment,
    box,
    code,
    contact_wish,
    contributor,
    draft,
    duty,
    ended_page,
    helpline,
    night,
    reader,
    signed_translation,
)

#: Every table, in an order in which rows may be added.
TABLES = Row.metadata.sorted_tables
