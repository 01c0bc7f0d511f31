"""Verdict: what becomes of a message that its server did not take."""

from datetime import datetime, timedelta

from messages.channel import DeliveryError
from store.outbox import Claimed
from store.settlement import Outcome, Settled

#: Gaps before the next try after a refusal for now; the last one repeats.
GAPS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 30, 60, 120, 240))
#: Until when a refusal for now is tried again.
PATIENCE = timedelta(hours=48)
#: A doubtful first letter is sent again after this.
DOUBT_REST = timedelta(minutes=15)
#: A first letter on which the line is lost each time is not tried more often: it may arrive each time.
DOUBTFUL_TRIES = 3


def judge(one: Claimed, now: datetime, error: DeliveryError) -> Settled:
    """Say what follows from a refusal or a lost line: another try, an end, or doubt."""
    said = str(error)
    if error.doubtful:
        repeat = one.is_first and one.attempts < DOUBTFUL_TRIES
        return Settled(one.delivery_id, Outcome.DOUBTFUL, said, now + DOUBT_REST, repeat=repeat)
    again_at = now + GAPS[min(one.attempts, len(GAPS)) - 1]
    if error.permanent and error.about_address:
        return Settled(one.delivery_id, Outcome.REFUSED, said, now, bounced=True)
    if error.permanent:
        # Not of the address, so it may be of us, as by a wrong setting, which can be mended.
        return Settled(one.delivery_id, Outcome.REFUSED, said, again_at, patience=PATIENCE)
    if now - one.made_at > PATIENCE:
        hours = int(PATIENCE.total_seconds() // 3600)
        return Settled(one.delivery_id, Outcome.REFUSED, f"still refused after {hours} hours: {said}", now)
    return Settled(one.delivery_id, Outcome.RETRY, said, again_at)


def put_aside(one: Claimed, now: datetime, said: str) -> Settled:
    """Leave a message that cannot be written or sent for the longest while, so that the rest go on."""
    return Settled(one.delivery_id, Outcome.RETRY, said, now + GAPS[-1])
