"""Routes: the addresses of open surveys. The parts of an address are a code, a language and a version."""

from starlette.routing import BaseRoute, Route

from bot.web.open.chooser import show_languages, show_versions
from bot.web.open.contact import Contacts
from bot.web.open.ended import Ended
from bot.web.open.farewell import show_stopped, show_thanks, show_wished
from bot.web.open.rush import Rush
from bot.web.open.survey import Surveys


def open_routes(rush: Rush | None = None) -> tuple[BaseRoute, ...]:
    """The routes of one application; what they remember of the last minutes is that application's own."""
    shared, ended = rush or Rush(), Ended()
    surveys, contacts = Surveys(shared, ended), Contacts(shared, ended)
    return (
        Route("/s/{code}", show_languages),
        Route("/s/{code}/{language}", show_versions),
        Route("/s/{code}/{language}/thanks", show_thanks),
        Route("/s/{code}/{language}/stopped", show_stopped),
        Route("/s/{code}/{language}/contact", contacts.show_contact),
        Route("/s/{code}/{language}/contact", contacts.take_contact, methods=["POST"]),
        Route("/s/{code}/{language}/contact/sent", show_wished),
        Route("/s/{code}/{language}/{version}", surveys.show_opening),
        Route("/s/{code}/{language}/{version}", surveys.take_page, methods=["POST"]),
    )
