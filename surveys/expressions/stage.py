"""Stage: the scene of the evaluation now running, for functions that need more than their arguments."""

import time
from contextvars import ContextVar, Token
from dataclasses import dataclass

from surveys.expressions.errors import ExpressionTimeout
from surveys.expressions.scene import Scene

REGEX_SECONDS = 0.1
"""What all regular expressions of one evaluation may take together."""


@dataclass
class Stage:
    """One evaluation's scene, and the seconds its regular expressions have left."""

    scene: Scene
    seconds_left: float = REGEX_SECONDS

    def spend(self, started: float) -> None:
        """Take the time since `started` off what is left; raises ExpressionTimeout when nothing is."""
        self.seconds_left -= time.perf_counter() - started
        if self.seconds_left <= 0:
            raise ExpressionTimeout("the answer took too long to check against the pattern in regex()")


_CURRENT: ContextVar[Stage] = ContextVar("expression_stage")


def current_stage() -> Stage:
    """The stage of the evaluation running on this thread or task."""
    return _CURRENT.get()


def enter(scene: Scene) -> Token[Stage]:
    """Make the scene the current one; hand what comes back to `leave`."""
    return _CURRENT.set(Stage(scene))


def leave(entered: Token[Stage]) -> None:
    """Put back what was current before."""
    _CURRENT.reset(entered)
