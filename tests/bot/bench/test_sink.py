"""The light mail server of the benches counts what it takes."""

from pathlib import Path

import pytest

from bot.bench.sink import Tally, sink_process
from tests.messages.smtp.outcomes import BODY, channel_to, delivered, letter, outcome, outcomes, people


async def test_the_sink_counts_and_keeps_what_it_accepted(tmp_path: Path) -> None:
    keep = tmp_path / "kept.txt"
    with sink_process(keep) as sink:
        async with channel_to(sink.port, connections=4) as channel:
            ends = await outcomes(channel, people(100))
            assert len(keep.read_text().splitlines()) == 100
    assert delivered(ends) == set(people(100))
    assert sink.tally == Tally(letters=100, octets=100 * len(BODY), connections=4)
    assert sorted(keep.read_text().splitlines()) == sorted(
        f"<one@board.example> {name}" for name in people(100)
    )


@pytest.mark.parametrize("delay_ms", [0, 5])
async def test_letters_of_any_size_pass_the_sink(delay_ms: float) -> None:
    bodies = [b"", b".\r\n", b"\r\n.\r\n", b"x" * 1_000_000]
    with sink_process(delay_ms=delay_ms) as sink:
        async with channel_to(sink.port) as channel:
            for body in bodies:
                assert await outcome(channel, "a@school.example", letter(body)) == "250 2.0.0 taken"
            await outcomes(channel, people(10))
    assert sink.tally is not None
    assert sink.tally.letters == len(bodies) + 10
