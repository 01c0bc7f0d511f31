"""Builders: a form that asks for files, and an application that takes them behind the real guards."""

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from bot.filing import Files
from bot.web.drawing import drawing_in
from bot.web.fault_pages import FaultPages
from bot.web.faults import HANDLERS
from bot.web.files.download import send_file
from bot.web.files.file_names import name_files
from bot.web.files.upload import find_uploads, page_to_mend, read_with_files, take_files
from bot.web.guards import BODY_PATIENCE, BodyLimit, SameOrigin, Watch
from bot.web.site import Site, site_of
from store.asking.campaign import Step
from store.asking.form import FormVersion
from store.database import Session
from store.surveying import attachment
from tests.bot.web.make_house import HOST, Scene

FORM: dict[str, object] = {
    "key": "evidence",
    "version": 1,
    "title": "Evidence",
    "purpose": "The Board asks what shows that it was done.",
    "minutes": 5,
    "notice": "No names of children here, please.",
    "sections": [
        {
            "name": "shown",
            "title": "What shows it",
            "questions": [
                {"kind": "file", "name": "evidence", "label": "Evidence", "most": 2},
                {"kind": "file", "name": "plan", "label": "The plan", "types": ["pdf", "docx"]},
            ],
        },
        {
            "name": "training",
            "title": "Courses",
            "questions": [
                {
                    "kind": "repeat",
                    "name": "courses",
                    "label": "Courses",
                    "item": "course",
                    "questions": [{"kind": "file", "name": "certificate", "label": "Certificate", "most": 1}],
                }
            ],
        },
    ],
}
Sent = tuple[str, tuple[str, bytes]]


@dataclass(frozen=True)
class Told:
    """What became of a page: its status, its fields afterwards, what went wrong, and where that is shown."""

    status: int
    fields: dict[str, list[str]]
    errors: dict[str, str]
    page: str
    marked: dict[str, str]


async def take_page(request: Request) -> Response:
    """Take the files of a page and tell what became of them, as the page of an ask would go on with."""
    site = site_of(request)
    submission = await read_with_files(request)
    visit, now = await site.visit(request)
    if visit is None:
        return await site.lost(request)
    taken = await take_files(site, submission, visit, now)
    page = page_to_mend(visit, taken, taken.submission.pick(visit.form.owns), site.today(now))
    marked = {field.name: field.error for field in page.fields if field.error}
    told = {"fields": taken.submission.fields, "errors": taken.errors, "page": page.name, "marked": marked}
    return JSONResponse(told)


def build_upload_app(place: Scene) -> Starlette:
    """The pages for files, behind the guards that every page has."""
    house = place.house
    drawing = drawing_in(house.identity.zone)
    faults = FaultPages(drawing, house.settings.web.exit_to)
    largest = house.settings.web.largest_body
    app = Starlette(
        routes=[
            Route("/a/{token}", take_page, methods=["POST"]),
            Route("/a/{token}/files/{file}", send_file),
            Route("/elsewhere/{token}", take_page, methods=["POST"]),
        ],
        middleware=[
            Middleware(Watch, faults=faults),
            Middleware(
                BodyLimit,
                faults=faults,
                largest=largest,
                patience=BODY_PATIENCE,
                uploads=find_uploads(house),
            ),
            Middleware(SameOrigin, faults=faults, base_url=house.settings.base_url),
        ],
        exception_handlers=dict(HANDLERS),
    )
    app.state.site = Site(house, drawing)
    return app


def ask_for_files(
    place: Scene, form: Mapping[str, object] = FORM, step_name: str = "acknowledge", **files: object
) -> TestClient:
    """Let a step ask for files, and stand before the pages that take them."""

    def swap(session: Session) -> None:
        step = session.get_one(Step, place.ask(step_name).step_id)
        version = session.get_one(FormVersion, step.form_version_id)
        version.body = dict(form)

    place.write(swap)
    place.house.settings = place.house.settings.model_copy(update={"files": Files.model_validate(files)})
    return TestClient(build_upload_app(place), base_url=HOST, follow_redirects=False)


def post(client: TestClient, place: Scene, *sent: Sent, link: str = "", **fields: str | list[str]) -> Told:
    """Send a page with these files (box, (name, bytes))."""
    data = {"page": "shown", **fields}
    # A box in which nothing was chosen comes along too, as browsers send it.
    boxes = [*sent, ("plan", ("", b""))]
    answer = client.post(link or place.link(), data=data, files=boxes)
    assert answer.status_code == 200, answer.text
    return Told(answer.status_code, **answer.json())


def kept(place: Scene, step_name: str = "acknowledge") -> dict[str, str]:
    """The files of the ask: what pages call them, by identifier."""
    ask_id = place.ask(step_name).id
    return place.read(lambda session: name_files(session, ask_id, {}))


def bytes_kept(place: Scene) -> int:
    """How many different files the database holds."""
    return place.read(lambda session: session.query(attachment.Blob).count())
