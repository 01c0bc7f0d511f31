"""The script: who does what on which day, in the eight weeks that the demonstration plays."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/London")


class Deed(StrEnum):
    """What people do."""

    ACKNOWLEDGE = "acknowledges"
    CONFIRM = "confirms the cascade"
    HAND_OVER = "hands it to a colleague"
    MORE_TIME = "asks for more time"
    DECLINE = "says that it is not for them"
    AWAY = "is recorded as away"
    BOUNCED = "is recorded as not reachable"
    TOLD = "tells it on the phone"
    APPROVE = "approves the letters that wait"


@dataclass(frozen=True, slots=True)
class Turn:
    """One deed of one person."""

    at: datetime
    #: The address of who does it; for what a coordinator records, of whom it is about.
    who: str
    deed: Deed
    values: Mapping[str, str] = field(default_factory=dict)


def _at(day: int, month: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ZONE)


def _early(who: str, day: int, month: int, staff: int, reached: int, basis: str = "counted") -> list[Turn]:
    """Somebody who answers on the first day and confirms in good time."""
    return [
        Turn(_at(12, 10, 11, 15), who, Deed.ACKNOWLEDGE, {"staff": str(staff)}),
        _confirm(who, _at(day, month, 11, 40), reached, basis),
    ]


def _confirm(who: str, at: datetime, reached: int, basis: str = "counted", shared: str = "all") -> Turn:
    values = {
        "reached": str(reached),
        "basis": basis,
        "shared": shared,
        "day": str(at.day),
        "month": str(at.month),
    }
    return Turn(at, who, Deed.CONFIRM, values)


#: Every turn, in order. Who is not here never answers: Ian Brackenbury of Kennet Valley Police.
TURNS: tuple[Turn, ...] = tuple(
    sorted(
        [
            # At once.
            *_early("amara.whitcombe@children.westberks.example", 28, 10, 240, 212),
            *_early("tomasz.lindqvist@schools.westberks.example", 29, 10, 64, 64),
            *_early("oliver.strand@health.westberks.example", 2, 11, 38, 30),
            *_early("gareth.winslade@youth.westberks.example", 3, 11, 27, 27),
            *_early("caroline.umfreville@kdicb.example", 4, 11, 52, 40, "estimate"),
            *_early("ravi.templeman@kennetfire.example", 29, 10, 180, 175),
            *_early("lucy.tregarthen@familycourt.example", 3, 11, 33, 33),
            *_early("stefan.rudge@valedowns.example", 5, 11, 310, 260, "estimate"),
            *_early("shabana.welbourne@foxglovehouse.example", 30, 10, 24, 24),
            *_early("wendy.sallow@thornbeckhall.example", 4, 11, 71, 66),
            *_early("samuel.okonedo@kennetroyal.example", 9, 11, 1400, 1120, "estimate"),
            # Late: after a reminder, after the deputy was asked, after half-term.
            Turn(
                _at(16, 10, 10, 5),
                "harpreet.lockyer@kennetprobation.example",
                Deed.ACKNOWLEDGE,
                {"staff": "45"},
            ),
            _confirm("harpreet.lockyer@kennetprobation.example", _at(12, 11, 10, 20), 41),
            Turn(_at(22, 10, 14), "jasvinder.crane@downlandgps.example", Deed.ACKNOWLEDGE, {"staff": "120"}),
            _confirm("jasvinder.crane@downlandgps.example", _at(10, 11, 15), 84, "estimate", "some"),
            Turn(_at(13, 10, 12), "office@brackendown.example", Deed.ACKNOWLEDGE, {"staff": "31"}),
            _confirm("office@brackendown.example", _at(17, 11, 11), 31),
            Turn(_at(14, 10, 13), "simon.garsington@skylarkhill.example", Deed.ACKNOWLEDGE, {"staff": "140"}),
            _confirm("simon.garsington@skylarkhill.example", _at(20, 11, 11), 128),
            Turn(_at(15, 10, 15), "rosalind.peverell@hazelcopse.example", Deed.ACKNOWLEDGE, {"staff": "18"}),
            _confirm("rosalind.peverell@hazelcopse.example", _at(18, 11, 12), 18),
            # Acknowledged, then silent: the line manager answers in her place.
            Turn(_at(13, 10, 14), "claire.underhay@pebblelane.example", Deed.ACKNOWLEDGE, {"staff": "22"}),
            _confirm("edith.pomfrey@pebblelane.example", _at(18, 11, 10), 19),
            # Handed to a colleague.
            Turn(
                _at(13, 10, 9, 30),
                "kwame.thistleton@housing.westberks.example",
                Deed.HAND_OVER,
                {"name": "Marta Hollis", "email": "marta.hollis@housing.westberks.example"},
            ),
            Turn(
                _at(14, 10, 9, 45),
                "marta.hollis@housing.westberks.example",
                Deed.ACKNOWLEDGE,
                {"staff": "85"},
            ),
            _confirm("marta.hollis@housing.westberks.example", _at(3, 11, 16), 80),
            # Out of office: the deputy answers.
            Turn(
                _at(12, 10, 11, 30),
                "callum.dunmore@kennetambulance.example",
                Deed.AWAY,
                {"until": "2026-11-06"},
            ),
            Turn(_at(14, 10, 10), "patricia.vane@kennetambulance.example", Deed.ACKNOWLEDGE, {"staff": "95"}),
            _confirm("patricia.vane@kennetambulance.example", _at(5, 11, 10), 70, "estimate"),
            # The address bounces: the deputy answers, and the seat is to be filled.
            Turn(
                _at(12, 10, 12),
                "annika.steadfast@vakennet.example",
                Deed.BOUNCED,
                {"reason": "no such mailbox"},
            ),
            Turn(_at(19, 10, 11), "basil.yarrow@vakennet.example", Deed.ACKNOWLEDGE, {"staff": "60"}),
            _confirm("basil.yarrow@vakennet.example", _at(6, 11, 11), 48),
            # More time.
            Turn(
                _at(12, 10, 15), "alison.pentreath@downlandhealth.example", Deed.ACKNOWLEDGE, {"staff": "640"}
            ),
            Turn(
                _at(5, 11, 11),
                "alison.pentreath@downlandhealth.example",
                Deed.MORE_TIME,
                {"days": "10", "reason": "inspection"},
            ),
            _confirm("alison.pentreath@downlandhealth.example", _at(20, 11, 14), 592),
            # Not for them.
            Turn(
                _at(12, 10, 15, 45),
                "trevor.oakes-lyle@laymember.example",
                Deed.DECLINE,
                {"reason": "A lay member has no staff to pass it on to"},
            ),
            # Acknowledged, then silent, and told on the phone in the end.
            Turn(_at(20, 10, 11), "nasreen.holmwood@kingfishers.example", Deed.ACKNOWLEDGE, {"staff": "16"}),
            Turn(
                _at(25, 11, 11),
                "nasreen.holmwood@kingfishers.example",
                Deed.TOLD,
                {
                    "reached": "12",
                    "basis": "estimate",
                    "shared": "some",
                    "day": "21",
                    "month": "11",
                    "staff": "16",
                },
            ),
            # The letters to board members of who is still silent.
            Turn(_at(24, 11, 10), "adaeze.thornhill@westberks-lscb.example", Deed.APPROVE),
        ],
        key=lambda turn: (turn.at, turn.who),
    )
)
