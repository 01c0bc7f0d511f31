"""The script: who does what about the lesson, in the eight weeks that the demonstration plays."""

from datetime import datetime

from bot.demo.people.turn import Deed, Turn, on


def _early(who: str, day: int, month: int, staff: int, reached: int, basis: str = "counted") -> list[Turn]:
    """Somebody who answers on the first day and confirms in good time."""
    return [
        Turn(on(12, 10, 11, 15), who, Deed.ACKNOWLEDGE, {"staff": str(staff)}),
        _confirm(who, on(day, month, 11, 40), reached, basis),
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
                on(16, 10, 10, 5),
                "harpreet.lockyer@kennetprobation.example",
                Deed.ACKNOWLEDGE,
                {"staff": "45"},
            ),
            _confirm("harpreet.lockyer@kennetprobation.example", on(12, 11, 10, 20), 41),
            Turn(on(22, 10, 14), "jasvinder.crane@downlandgps.example", Deed.ACKNOWLEDGE, {"staff": "120"}),
            _confirm("jasvinder.crane@downlandgps.example", on(10, 11, 15), 84, "estimate", "some"),
            Turn(on(13, 10, 12), "office@brackendown.example", Deed.ACKNOWLEDGE, {"staff": "31"}),
            _confirm("office@brackendown.example", on(17, 11, 11), 31),
            Turn(on(14, 10, 13), "simon.garsington@skylarkhill.example", Deed.ACKNOWLEDGE, {"staff": "140"}),
            _confirm("simon.garsington@skylarkhill.example", on(20, 11, 11), 128),
            Turn(on(15, 10, 15), "rosalind.peverell@hazelcopse.example", Deed.ACKNOWLEDGE, {"staff": "18"}),
            _confirm("rosalind.peverell@hazelcopse.example", on(18, 11, 12), 18),
            # Acknowledged, then silent: the line manager answers in her place.
            Turn(on(13, 10, 14), "claire.underhay@pebblelane.example", Deed.ACKNOWLEDGE, {"staff": "22"}),
            _confirm("edith.pomfrey@pebblelane.example", on(18, 11, 10), 19),
            # Handed to a colleague.
            Turn(
                on(13, 10, 9, 30),
                "kwame.thistleton@housing.westberks.example",
                Deed.HAND_OVER,
                {"name": "Marta Hollis", "email": "marta.hollis@housing.westberks.example"},
            ),
            Turn(
                on(14, 10, 9, 45),
                "marta.hollis@housing.westberks.example",
                Deed.ACKNOWLEDGE,
                {"staff": "85"},
            ),
            _confirm("marta.hollis@housing.westberks.example", on(3, 11, 16), 80),
            # Out of office: the deputy answers.
            Turn(
                on(12, 10, 11, 30),
                "callum.dunmore@kennetambulance.example",
                Deed.AWAY,
                {"until": "2026-11-06"},
            ),
            Turn(on(14, 10, 10), "patricia.vane@kennetambulance.example", Deed.ACKNOWLEDGE, {"staff": "95"}),
            _confirm("patricia.vane@kennetambulance.example", on(5, 11, 10), 70, "estimate"),
            # The address bounces: the deputy answers, and the seat is to be filled.
            Turn(
                on(12, 10, 12),
                "annika.steadfast@vakennet.example",
                Deed.BOUNCED,
                {"reason": "no such mailbox"},
            ),
            Turn(on(19, 10, 11), "basil.yarrow@vakennet.example", Deed.ACKNOWLEDGE, {"staff": "60"}),
            _confirm("basil.yarrow@vakennet.example", on(6, 11, 11), 48),
            # More time.
            Turn(
                on(12, 10, 15),
                "alison.pentreath@downlandhealth.example",
                Deed.ACKNOWLEDGE,
                {"staff": "640"},
            ),
            Turn(
                on(5, 11, 11),
                "alison.pentreath@downlandhealth.example",
                Deed.MORE_TIME,
                {"days": "10", "reason": "inspection"},
            ),
            _confirm("alison.pentreath@downlandhealth.example", on(20, 11, 14), 592),
            # Not for them.
            Turn(
                on(12, 10, 15, 45),
                "trevor.oakes-lyle@laymember.example",
                Deed.DECLINE,
                {"reason": "A lay member has no staff to pass it on to"},
            ),
            # Acknowledged, then silent, and told on the phone in the end.
            Turn(on(20, 10, 11), "nasreen.holmwood@kingfishers.example", Deed.ACKNOWLEDGE, {"staff": "16"}),
            Turn(
                on(25, 11, 11),
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
            Turn(on(24, 11, 10), "adaeze.thornhill@westberks-lscb.example", Deed.APPROVE),
        ],
        key=lambda turn: (turn.at, turn.who),
    )
)
