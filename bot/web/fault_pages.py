"""Fault pages: what is drawn where no page can be, as an address asks: for staff, or for families."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.responses import Response

from bot.web.drawing import Drawing
from bot.web.open.fault import ABOVE, draw_open_fault
from store.people.board import Board


@dataclass(frozen=True, slots=True)
class FaultPages:
    """Draws the pages of faults."""

    drawing: Drawing
    #: Where "Exit this page" leads on pages for families.
    exit_to: str

    def draw(
        self,
        path: str,
        template: str,
        status: int,
        *,
        query: str = "",
        board: Board | None = None,
        pairs: Sequence[tuple[str, str]] = (),
        **values: object,
    ) -> Response:
        """The page of a fault at a path, and what stood behind it; `template` where staff may see it."""
        if is_open(path):
            return draw_open_fault(self.drawing, self.exit_to, path, status, query, pairs)
        return self.drawing.draw(template, status, board=board, pairs=pairs, **values)


def is_open(path: str) -> bool:
    """Whether an address is that of an open survey, before which children and families may stand."""
    return path.startswith(ABOVE)
