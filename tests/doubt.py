"""What tests ask of the messages in doubt, and of those that workers hold."""

from store.database import Session
from store.letters.delivery import Delivery, DeliveryState


def doubtful(session: Session) -> list[Delivery]:
    """Every message that was ever in doubt, the latest first."""
    return (
        session.query(Delivery)
        .filter(Delivery.doubted_at.is_not(None))
        .order_by(Delivery.doubted_at.desc())
        .all()
    )


def in_flight(session: Session) -> int:
    """How many messages workers hold at this moment."""
    return session.query(Delivery).filter_by(state=DeliveryState.SENDING).count()
