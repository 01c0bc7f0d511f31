import pytest

from tests.bot.web.make_house import Scene

PAGES = ("", "/done", "/more-time", "/more-time/done", "/hand-over", "/hand-over/done")


def paths(place: Scene) -> list[str]:
    answered = place.link("acknowledge", "Rowan B", "B")
    place.client.post(answered, data={"page": "staff", "staff": "12"})
    links = [place.link(), place.link("acknowledge", "Devi A"), answered]
    whole = [link + page for link in links for page in PAGES]
    others = ["/", "/healthz", "/readyz", "/new-link", "/static/site.css", "/nothing", "/a/x", "/u/x"]
    return [*whole, place.preferences(), *others]


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_reading_any_page_changes_no_row(place: Scene, method: str) -> None:
    wanted = paths(place)
    before = place.dump()
    statuses = {path: place.client.request(method, path).status_code for path in wanted}
    assert place.dump() == before
    assert all(status < 500 for status in statuses.values()), statuses
    if method != "OPTIONS":
        assert all(statuses[place.link() + page] in (200, 303) for page in PAGES), statuses


def test_pages_of_a_token_are_kept_nowhere_and_tell_their_address_to_nobody(place: Scene) -> None:
    headers = place.client.get(place.link()).headers
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert "script-src 'self'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert "set-cookie" not in headers


def test_no_page_holds_script_or_style_of_its_own(place: Scene) -> None:
    for path in paths(place):
        if path.startswith("/static"):
            continue
        page = place.client.get(path, follow_redirects=True).text
        assert "<style" not in page
        assert " style=" not in page
        assert page.count("<script") == page.count('<script type="module" src="/static/start.js"></script>')


def test_the_front_page_names_a_person_and_a_helpline(place: Scene) -> None:
    page = place.client.get("/").text
    assert "Morgan Ellery" in page
    assert "0808 800 5000" in page


def test_readiness_follows_the_database(place: Scene) -> None:
    assert place.client.get("/healthz").text == "ok\n"
    assert place.client.get("/readyz").status_code == 200
    place.house.database.url = "sqlite:////nowhere/at/all/cascade.db"
    refused = place.client.get("/readyz")
    assert refused.status_code == 503
    assert len(refused.text.splitlines()) == 1
