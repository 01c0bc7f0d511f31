"""App: every address, and the guards before them."""

from collections.abc import Sequence
from importlib.resources import as_file, files

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.web.asks.ask import show_ask, take_answer
from bot.web.asks.checking import show_check, take_check
from bot.web.asks.done import show_done
from bot.web.asks.hand_over import show_hand_over, show_result, take_hand_over
from bot.web.asks.lost_link import show_new_link, take_new_link
from bot.web.asks.more_time import show_decision, show_more_time, take_more_time
from bot.web.asks.preferences import show_preferences, take_preferences
from bot.web.asks.share import show_share, show_shared, take_share
from bot.web.asks.tasks import show_section, take_section
from bot.web.asks.whole_form import show_exchanged, show_whole_form, take_whole_form
from bot.web.confirmation.pages import show_confirmation, show_thanks, take_confirmation
from bot.web.drawing import drawing_in
from bot.web.fault_pages import FaultPages
from bot.web.faults import HANDLERS
from bot.web.files.download import send_file
from bot.web.files.upload import find_uploads
from bot.web.front import say_alive, say_ready, show_front
from bot.web.guards import BODY_PATIENCE, BodyLimit, SameOrigin, Watch
from bot.web.my.routes import MY_ROUTES
from bot.web.open.routes import open_routes
from bot.web.open.rush import Rush
from bot.web.site import Site
from bot.wiring import House

ROUTES: tuple[BaseRoute, ...] = (
    Route("/", show_front),
    Route("/healthz", say_alive),
    Route("/readyz", say_ready),
    Route("/new-link", show_new_link),
    Route("/new-link", take_new_link, methods=["POST"]),
    Route("/a/{token}", show_ask),
    Route("/a/{token}", take_answer, methods=["POST"]),
    Route("/a/{token}/done", show_done),
    Route("/a/{token}/sections/{section}", show_section),
    Route("/a/{token}/sections/{section}", take_section, methods=["POST"]),
    Route("/a/{token}/check", show_check),
    Route("/a/{token}/check", take_check, methods=["POST"]),
    Route("/a/{token}/more-time", show_more_time),
    Route("/a/{token}/more-time", take_more_time, methods=["POST"]),
    Route("/a/{token}/more-time/done", show_decision),
    Route("/a/{token}/hand-over", show_hand_over),
    Route("/a/{token}/hand-over", take_hand_over, methods=["POST"]),
    Route("/a/{token}/hand-over/done", show_result),
    Route("/a/{token}/whole-form", show_whole_form),
    Route("/a/{token}/whole-form", take_whole_form, methods=["POST"]),
    Route("/a/{token}/whole-form/done", show_exchanged),
    Route("/a/{token}/files/{file}", send_file),
    Route("/a/{token}/share", show_share),
    Route("/a/{token}/share", take_share, methods=["POST"]),
    Route("/a/{token}/share/done", show_shared),
    Route("/c/{token}", show_confirmation),
    Route("/c/{token}", take_confirmation, methods=["POST"]),
    Route("/c/{token}/thanks", show_thanks),
    Route("/u/{token}", show_preferences),
    Route("/u/{token}", take_preferences, methods=["POST"]),
)


def build_app(
    house: House,
    *,
    demo_routes: Sequence[BaseRoute] = (),
    patience: float = BODY_PATIENCE,
    rush: Rush | None = None,
) -> Starlette:
    """Build the application; `demo_routes` are added for the demonstration and pass the same guards.

    `patience` is in seconds: how long a body may take to come. `rush` counts answers that come by codes.
    """
    drawing = drawing_in(house.identity.zone)
    faults = FaultPages(drawing, house.settings.web.exit_to)
    with as_file(files("bot.web").joinpath("static")) as folder:
        static = Mount("/static", StaticFiles(directory=folder, check_dir=False), name="static")
    app = Starlette(
        routes=[*ROUTES, *MY_ROUTES, *open_routes(rush), *demo_routes, static],
        middleware=[
            Middleware(Watch, faults=faults),
            Middleware(
                BodyLimit,
                faults=faults,
                largest=house.settings.web.largest_body,
                patience=patience,
                uploads=find_uploads(house),
            ),
            Middleware(SameOrigin, faults=faults, base_url=house.settings.base_url),
        ],
        exception_handlers=dict(HANDLERS),
    )
    # Never sent elsewhere for a slash too many: the way back would be built from what the request says.
    app.router.redirect_slashes = False
    app.state.site = Site(house, drawing)
    return app


def configure_server(
    app: Starlette, host: str, port: int, trusted_proxies: Sequence[str] = ()
) -> uvicorn.Config:
    """How the application is served: paths are kept out of the log, since they hold tokens.

    Only `trusted_proxies`, addresses or networks, may say for whom they ask; of anybody else it is ignored.
    """
    return uvicorn.Config(
        app,
        host=host,
        port=port,
        access_log=False,
        server_header=False,
        log_config=None,
        proxy_headers=bool(trusted_proxies),
        forwarded_allow_ips=list(trusted_proxies),
    )
