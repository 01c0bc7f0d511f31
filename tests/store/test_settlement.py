"""Settlement: each letter ends with its own reason; a wrong setting loses no lesson."""

from datetime import timedelta

from messages.changes import handing_over
from messages.launching import running
from messages.sending.channel import DeliveryError
from store.chore import ChoreKind
from store.database import Database
from store.letters.touch import TouchState
from tests.make import START, ZONE
from tests.story import WHO, Story, campaign_of, find, number_of

RELAY = DeliveryError("554 5.7.1 relay access denied", permanent=True)


def reference(story: Story, agency: str) -> str:
    return story.read(lambda session: number_of(session, agency))


async def test_what_the_server_said_of_one_reader_is_told_of_no_other(database: Database) -> None:
    story = Story(database)
    story.begin("ABC")
    for letter in "AB":
        address = f"rowan.{letter}@agency{letter}.example".lower()
        error = DeliveryError(f"550 5.1.1 <{address}> unknown", permanent=True, about_address=True)
        story.channel.refuses[address] = error
    await story.until(START + timedelta(minutes=30))
    for letter in "AB":
        first = story.touches(reference(story, f"Agency {letter}"))[0]
        assert first.state is TouchState.REFUSED
        assert first.reason == f"550 5.1.1 <rowan.{letter}@agency{letter}.example> unknown".lower()


async def test_a_wrong_setting_is_tried_again_and_the_letter_goes_when_it_is_mended(
    database: Database,
) -> None:
    story = Story(database)
    story.begin("A")
    story.channel.refuses["rowan.a@agencya.example"] = RELAY
    await story.until(START + timedelta(hours=30))
    assert len(story.channel.tries) > 3
    assert story.touches("wren-1")[0].state is TouchState.TO_SEND
    assert story.chores() == []
    story.channel.refuses.clear()
    await story.until(START + timedelta(hours=48))
    assert story.touches("wren-1")[0].state is TouchState.SENT


async def test_a_lesson_refused_to_the_end_is_one_chore_and_goes_again_when_resumed(
    database: Database,
) -> None:
    story = Story(database)
    story.begin("AB")
    both = ["rowan.a@agencya.example", "rowan.b@agencyb.example"]
    story.channel.refuses |= dict.fromkeys(both, RELAY)
    await story.until(START + timedelta(hours=54))
    firsts = [story.touches(reference(story, f"Agency {letter}"))[0] for letter in "AB"]
    assert [one.state for one in firsts] == [TouchState.REFUSED] * 2
    [chore] = [one for one in story.chores() if one.kind is ChoreKind.SEND_AGAIN]
    assert "relay access denied" in chore.text
    assert "cascade resume wren" in chore.text
    story.channel.refuses.clear()
    sent = story.write(
        lambda session: running.send_again(session, campaign_of(session), story.now, ZONE, WHO)
    )
    assert sent == 2
    await story.until(story.now + timedelta(minutes=25))
    assert sorted(letter.address for letter in story.channel.sent) == both
    assert [one.id for one in firsts] == [
        story.touches(reference(story, f"Agency {letter}"))[0].id for letter in "AB"
    ]
    assert story.chores() == []
    assert (
        story.write(lambda session: running.send_again(session, campaign_of(session), story.now, ZONE, WHO))
        == 0
    )


async def test_nothing_is_sent_again_to_an_address_that_bounced(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    error = DeliveryError("550 5.1.1 unknown", permanent=True, about_address=True)
    story.channel.refuses["rowan.a@agencya.example"] = error
    await story.until(START + timedelta(hours=1))
    assert (
        story.write(lambda session: running.send_again(session, campaign_of(session), story.now, ZONE, WHO))
        == 0
    )


async def test_a_colleague_whose_address_bounces_gives_the_debt_back(database: Database) -> None:
    story = Story(database)
    story.begin("A")
    await story.until(START + timedelta(hours=1))
    colleague = "pat@agencya.example"
    error = DeliveryError("550 5.1.1 unknown", permanent=True, about_address=True)
    story.channel.refuses[colleague] = error
    story.write(
        lambda session: handing_over.hand_over(
            session, find(session, "wren-1"), None, "Pat P", colleague, story.now, WHO
        )
    )
    await story.until(START + timedelta(days=1))
    assert story.ask("wren-1").delegate_id is None
    assert story.letters()[-1][1] == "rowan.a@agencya.example"
    [back] = story.decisions("handed back")
    assert "550 5.1.1" in back.reason
