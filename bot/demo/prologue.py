"""Prologue: what happened before the story begins, played by the clock of then."""

from datetime import datetime

from bot.demo.people.cast import Players
from bot.demo.people.turn import on
from bot.demo.scenery.actions import bring_actions
from bot.demo.scenery.courses import COMING, HELD, announce
from bot.demo.scenery.founding import found_board
from bot.demo.scenery.returns import ASKED_THEN, ask_this_year, take_last_year
from bot.demo.stage import START, Stage

#: The course of July is announced a week before its day.
ANNOUNCED = on(1, 7, 10)
#: A week before the story, this year's return is asked for, and the course of October announced.
WEEK_BEFORE = on(5, 10, 10)


async def play_prologue(stage: Stage, players: Players) -> None:
    """Found the board, and play all that was before the story, to the moment in which it begins.

    Last year's return is taken; people go on a course and are asked about it again; this year's return is
    asked for. Who has a part in that plays it, and whatever is due goes out on its day.
    """
    await found_board(stage.house.database, ASKED_THEN)
    await take_last_year(stage)
    await _go_to(stage, ANNOUNCED)
    await announce(stage, HELD, ANNOUNCED)
    stage.cast = players
    await stage.begin()
    await stage.advance(WEEK_BEFORE)
    await ask_this_year(stage, WEEK_BEFORE)
    await bring_actions(stage, WEEK_BEFORE)
    await announce(stage, COMING, WEEK_BEFORE)
    await stage.begin()
    await stage.advance(START)


async def _go_to(stage: Stage, now: datetime) -> None:
    """Let the clock stand at a moment; nothing ran before it."""
    await stage.clock.set(now)
    stage.postbox.moment = now
