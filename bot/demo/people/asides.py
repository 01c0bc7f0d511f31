"""Asides: who does what about the return and the courses, beside the story of the lesson."""

from bot.demo.people.turn import Deed, Turn, on
from bot.demo.scenery.courses import COMING, HELD
from bot.demo.scenery.returns import THIS_YEAR

SAMUEL = "samuel.okonedo@kennetroyal.example"
INGRID = "ingrid.wetherall@kennetroyal.example"
#: The numbers that a colleague reads from the learning system: people in date, by training group.
IN_DATE = {
    "groups.g1.in_date": "144",
    "groups.g2.in_date": "361",
    "groups.g3.in_date": "428",
    "groups.g5.in_date": "83",
}


def _tell(slug: str, who: str, day: int, month: int, hour: int, values: dict[str, str]) -> Turn:
    return Turn(on(day, month, hour, 20), who, Deed.TELL, values, about=slug)


_OF_THE_RETURN = (
    # He begins, asks the deputy for the numbers that she keeps, and signs a week before it is due.
    Turn(
        on(14, 10, 14, 10),
        SAMUEL,
        Deed.FILL,
        {
            "sections": "agency formats",
            "as_at-day": "30",
            "as_at-month": "9",
            "as_at-year": "2026",
            "hard_to_reach": "Night staff of the children's ward and of the emergency department",
        },
        about=THIS_YEAR,
    ),
    Turn(
        on(14, 10, 14, 40),
        SAMUEL,
        Deed.SHARE,
        {"section": "workforce", "name": "Ingrid Wetherall", "email": INGRID},
        about=THIS_YEAR,
    ),
    Turn(on(21, 10, 10, 30), INGRID, Deed.FILL, {"sections": "workforce", **IN_DATE}, about=THIS_YEAR),
    Turn(
        on(6, 11, 15),
        SAMUEL,
        Deed.SIGN,
        {
            "difference_example": "The emergency department now rings the school nurse the same day.",
            "rag": "green",
            "seen_on-day": "5",
            "seen_on-month": "11",
            "seen_on-year": "2026",
        },
        about=THIS_YEAR,
    ),
)
#: The letter to the board member of the agency whose representative signs nothing.
_APPROVED = Turn(on(1, 12, 10), "adaeze.thornhill@westberks-lscb.example", Deed.APPROVE, about=THIS_YEAR)

#: What somebody says at the end of a day that was good.
GOOD_DAY = {"useful": "5", "clear": "4", "pace": "right", "knowledge": "7", "confidence": "8"}
_OF_THE_COURSE_HELD = (
    _tell(HELD.slug, HELD.visitor, 2, 7, 9, {"knowledge": "4", "confidence": "3", "wish": "Words to begin"}),
    _tell(
        HELD.slug, "joel.amberton@kennetprobation.example", 3, 7, 12, {"knowledge": "5", "confidence": "5"}
    ),
    _tell(
        HELD.slug,
        HELD.visitor,
        9,
        7,
        16,
        {
            **GOOD_DAY,
            "check_1": "false",
            "check_2": "true",
            "pledge": "Ask to see the bedroom on every home visit, and write down what I saw",
            "follow_up": "yes",
        },
    ),
    _tell(
        HELD.slug,
        "joel.amberton@kennetprobation.example",
        10,
        7,
        9,
        {**GOOD_DAY, "pledge": "Talk to the health visitor before I decide", "follow_up": "yes"},
    ),
    # She asks not to be asked again, and is not.
    _tell(
        HELD.slug,
        "petra.quennell@vakennet.example",
        10,
        7,
        11,
        {"useful": "3", "pledge": "Read the policy again", "follow_up": "no"},
    ),
    # He did what he set out to do, and passes the link on to his manager.
    _tell(
        HELD.slug,
        "joel.amberton@kennetprobation.example",
        8,
        10,
        9,
        {
            "pledge_done": "partly",
            "knowledge": "8",
            "confidence": "8",
            "changed": "a_little",
            "did": "joint_working",
            "manager_link": "yes",
        },
    ),
)
_OF_THE_COURSE_COMING = (
    _tell(COMING.slug, "imogen.sayle@kennetfire.example", 6, 10, 9, {"knowledge": "2", "confidence": "4"}),
    _tell(COMING.slug, "dara.whitlock@pebblelane.example", 20, 10, 12, {"knowledge": "4", "confidence": "4"}),
    _tell(
        COMING.slug,
        "imogen.sayle@kennetfire.example",
        22,
        10,
        16,
        {**GOOD_DAY, "pledge": "Ask one more question before I leave", "follow_up": "yes"},
    ),
    _tell(
        COMING.slug,
        "dara.whitlock@pebblelane.example",
        23,
        10,
        10,
        {**GOOD_DAY, "pledge": "Write down what has changed for the child", "follow_up": "yes"},
    ),
)

#: Every turn beside those of the lesson. Who is not here is left to a visitor: Stefan Rudge, who owes the
#: return of Vale and Downs College, and one person of each course.
ASIDES: tuple[Turn, ...] = (*_OF_THE_RETURN, _APPROVED, *_OF_THE_COURSE_HELD, *_OF_THE_COURSE_COMING)
