"""Every noun at once, so that the schema is whole wherever it is asked for."""

from store import (
    agency,
    ask,
    board,
    campaign,
    chore,
    decision,
    delivery,
    extension,
    form,
    hold,
    inbound,
    installation,
    lesson,
    person,
    response,
    seat,
    term,
    touch,
)
from store.base import Row

NOUNS = (
    agency,
    ask,
    board,
    campaign,
    chore,
    decision,
    delivery,
    extension,
    form,
    hold,
    inbound,
    installation,
    lesson,
    person,
    response,
    seat,
    term,
    touch,
)

#: Every table, in an order in which rows may be added.
TABLES = Row.metadata.sorted_tables
