"""Those on duty are told by letter that a family wrote something: once, at the full hour, and not what."""

from datetime import timedelta

from bot.sweep import sweep_day
from store.chore import Chore, ChoreKind
from store.database import Session
from store.letters.alert import Alert, AlertKind
from store.letters.delivery import Delivery, DeliveryState
from store.surveying import night
from surveys.open.unread import begin_to_read
from tests.bot.make_ready import TODAY
from tests.bot.web.open.make_open import OpenScene
from tests.bot.web.open.test_survey import fill
from tests.make import ZONE
from tests.story import campaign_of


def send(place: OpenScene, why: str) -> None:
    fields = fill(place, place.address(), listened="yes", why=why)
    assert place.client.post(place.address(), data=fields).status_code == 303


def letters(place: OpenScene) -> list[Delivery]:
    def read(session: Session) -> list[Delivery]:
        query = session.query(Delivery).join(Alert, Alert.delivery_id == Delivery.id)
        return query.filter(Alert.kind == AlertKind.WORDS).all()

    return place.read(read)


def test_words_are_told_once_at_the_full_hour_until_somebody_has_read_them(place: OpenScene) -> None:
    send(place, "")
    assert letters(place) == []
    for why in ("A bus pass.", "Somebody who listens."):
        send(place, why)
    told = letters(place)
    assert len({one.person_id for one in told}) == len(told) == 2
    hour = place.clock.moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    assert {one.next_try_at for one in told} == {hour}
    place.write(lambda session: session.query(Delivery).update({"state": DeliveryState.SENT}))
    place.write(lambda session: begin_to_read(session, campaign_of(session, "family"), "r", hour))
    place.clock.moment = hour + timedelta(minutes=1)
    send(place, "Once more.")
    assert {one.next_try_at for one in letters(place)} == {hour, hour + timedelta(hours=1)}


def test_the_night_forgets_the_moment_and_tells_again_in_the_morning(place: OpenScene) -> None:
    send(place, "A bus pass.")
    before = {one.id for one in letters(place)}
    later = place.clock.moment + timedelta(hours=18)
    place.write(lambda session: sweep_day(session, TODAY, later, ZONE))
    after = letters(place)
    assert len(after) == 2
    assert not before & {one.id for one in after}
    assert {one.made_at for one in after} == {later}
    assert place.read(night.is_unclear)
    assert place.read(lambda session: session.query(Chore).filter_by(kind=ChoreKind.WORDS).count()) == 1
