"""Routes: the addresses of a person's own pages."""

from starlette.routing import BaseRoute, Route

from bot.web.my.leaving import show_leaving, take_leaving
from bot.web.my.page import open_ask, show_my, take_day
from bot.web.my.sign_in import sign_out, take_address, take_digits
from bot.web.my.telling import take_telling

MY_ROUTES: tuple[BaseRoute, ...] = (
    Route("/my", show_my),
    Route("/my/code", take_address, methods=["POST"]),
    Route("/my/enter", take_digits, methods=["POST"]),
    Route("/my/open", open_ask, methods=["POST"]),
    Route("/my/day", take_day, methods=["POST"]),
    Route("/my/tell", take_telling, methods=["POST"]),
    Route("/my/left", show_leaving),
    Route("/my/left", take_leaving, methods=["POST"]),
    Route("/my/sign-out", sign_out, methods=["POST"]),
)
