"""Code: the open way into a survey, one for each setting, under which nobody is known."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String, bindparam, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from store.asking.campaign import Campaign, CampaignState, Step
from store.asking.form import FormVersion
from store.base import Row, insert_unless_there, ordered_id
from store.installation import Installation
from store.people.agency import Agency
from store.people.board import Board
from store.quick.alike import Alike, Sight

#: Letters that no eye takes for another or for a digit; without vowels, so that no word comes about.
LETTERS = "bcdfghjkmnpqrstwxz"
LENGTH = 8
#: What people put between the letters when they copy a code.
_BETWEEN = str.maketrans("", "", " \t\r\n-\N{EN DASH}.")


class OpenCode(Row):
    """The code of one setting for one campaign, as it stands on a poster or behind a QR code."""

    __tablename__ = "codes"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ordered_id)
    board_id: Mapped[UUID] = mapped_column(ForeignKey("boards.id"))
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"), index=True)
    #: Set where a code is for the staff of one agency.
    agency_id: Mapped[UUID | None] = mapped_column(ForeignKey("agencies.id"))
    #: The name of the setting or service that shows the code.
    setting: Mapped[str] = mapped_column(String(200))
    #: Lower-case, without spaces.
    code: Mapped[str] = mapped_column(String(16), unique=True)
    #: Answers that are plausible for the setting; what exceeds them is kept and marked.
    ceiling: Mapped[int]
    is_closed: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[datetime]

    @property
    def spaced(self) -> str:
        """The code in two groups, as people read it out."""
        return f"{self.code[:4]} {self.code[4:]}"


@dataclass(frozen=True, slots=True)
class Behind:
    """A code, and the rows that it belongs to."""

    code: OpenCode
    campaign: Campaign
    board: Board
    #: Whose staff answer; None for children and families.
    agency: Agency | None
    #: Where the demonstration's clock stands; None where real time rules.
    virtual_now: datetime | None


# Written once: putting a statement together takes longer than running it.
_SIGHT = Sight(Alike(OpenCode), Alike(Campaign), Alike(Board), Alike(Agency))
_BEHIND = (
    select(*_SIGHT.columns, select(Installation.virtual_now).limit(1).scalar_subquery())
    .select_from(OpenCode)
    .join(Campaign, Campaign.id == OpenCode.campaign_id)
    .join(Board, Board.id == OpenCode.board_id)
    .outerjoin(Agency, Agency.id == OpenCode.agency_id)
    .where(OpenCode.code == bindparam("code"))
)


def make(
    session: Session,
    board_id: UUID,
    campaign_id: UUID,
    setting: str,
    ceiling: int,
    now: datetime,
    *,
    agency_id: UUID | None = None,
) -> OpenCode:
    """Make a code of its own for a setting."""
    while True:
        row = {
            "id": ordered_id(),
            "board_id": board_id,
            "campaign_id": campaign_id,
            "agency_id": agency_id,
            "setting": setting,
            "code": "".join(secrets.choice(LETTERS) for _ in range(LENGTH)),
            "ceiling": ceiling,
            "is_closed": False,
            "made_at": now,
        }
        session.execute(insert_unless_there(session, OpenCode).values(row))
        made = session.get(OpenCode, row["id"])
        if made is not None:
            return made


def by_code(session: Session, typed: str) -> OpenCode | None:
    """The code that somebody typed, in any case and with any spaces; closed ones too."""
    return session.query(OpenCode).filter_by(code=fold(typed)).one_or_none()


def behind(session: Session, typed: str) -> Behind | None:
    """A typed code with everything that it belongs to, fetched in one look; closed ones too.

    The rows belong to no session, and may not be changed.
    """
    found = _SIGHT.look(session, _BEHIND, {"code": fold(typed)})
    return Behind(*found[0]) if found else None


def fold(typed: str) -> str:
    """A typed code as it is kept."""
    return typed.translate(_BETWEEN).casefold()


def forms_behind(session: Session, states: Collection[CampaignState]) -> list[tuple[Campaign, FormVersion]]:
    """The campaigns in these states that an open code leads to, with each form asked there; in one look."""
    is_open = select(OpenCode.id).where(OpenCode.campaign_id == Campaign.id, ~OpenCode.is_closed).exists()
    query = (
        select(Campaign, FormVersion)
        .join(Step, Step.campaign_id == Campaign.id)
        .join(FormVersion, FormVersion.id == Step.form_version_id)
        .where(Campaign.state.in_(states), Step.is_open, is_open)
        .order_by(Campaign.id, Step.position)
    )
    return [(asked, form) for asked, form in session.execute(query).all()]


def of_campaign(session: Session, campaign_id: UUID) -> list[OpenCode]:
    """The codes of a campaign, by setting."""
    query = session.query(OpenCode).filter_by(campaign_id=campaign_id)
    return query.order_by(OpenCode.setting, OpenCode.id).all()


def are_any(session: Session) -> bool:
    """Whether there is any code, open or closed."""
    return session.execute(select(OpenCode.id).limit(1)).first() is not None


def close(session: Session, code: OpenCode) -> None:
    """Let a code take no more answers."""
    code.is_closed = True
    session.flush()


def end_all(session: Session, wanted: Campaign, today: date) -> int:
    """Let nobody answer a campaign by a code any more, ever; tells how many codes were open."""
    still_open = [one for one in of_campaign(session, wanted.id) if not one.is_closed]
    for one in still_open:
        close(session, one)
    wanted.codes_ended_on = today
    session.flush()
    return len(still_open)
