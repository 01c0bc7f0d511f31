"""Verdict: what becomes of a message that its server did not take."""

from datetime import datetime, timedelta

from messages.sending.channel import DeliveryError
from store.letters.outbox import Claimed
from store.letters.settlement import Outcome, Settled

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
        repeat = one.is_first and one.doubts + 1 < DOUBTFUL_TRIES
        return Settled(one.delivery_id, Outcome.DOUBTFUL, said, now + DOUBT_REST, repeat=repeat)
    again_at = now + GAPS[min(one.attempts, len(GAPS)) - 1]
    if error.permanent and error.about_address:
        return Settled(one.delivery_id, Outcome.REFUSED, said, now, bounced=True)
    # A refusal for good that is not of the address may be of us, as by a wrong setting, which can be mended.
    outcome = Outcome.REFUSED if error.permanent else Outcome.RETRY
    return Settled(one.delivery_id, outcome, said, again_at, patience=PATIENCE)


def put_aside(one: Claimed, now: datetime, said: str) -> Settled:
    """Leave a message that cannot be written or sent for the longest while, so that the rest go on."""
    return Settled(one.delivery_id, Outcome.RETRY, said, now + GAPS[-1], patience=PATIENCE)
