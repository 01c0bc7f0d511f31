"""How far along a page stands."""

from surveys import library
from surveys.paging.pages import Page, pages
from tests.surveys.make import ask, choose, form, section, spread

FORM = form(
    sections=[
        section("one", choose("single", "own", "yes", "no"), ask("text", "first")),
        section("two", ask("text", "second", relevant="${own} = 'yes'"), ask("text", "why"), title="Two"),
        section("three", ask("text", "third"), title="Two"),
        section("four", ask("text", "fourth"), relevant="${own} = 'no'"),
        section("five", ask("text", "fifth"), relevant="${fourth} != ''"),
        section("six", ask("text", "sixth")),
    ],
    audience="family",
    pace="question",
)


def _parts(laid_out: list[Page]) -> dict[str, tuple[int, int]]:
    return {page.name: (page.part, page.parts) for page in laid_out}


def test_every_part_that_may_still_come_is_counted() -> None:
    assert _parts(pages(FORM, {}))["own"] == (1, 5)


def test_a_part_that_cannot_come_any_more_is_not_counted() -> None:
    told = _parts(pages(FORM, spread({"own": "yes"})))
    assert told["own"] == (1, 5)  # its answer can still be changed here
    assert told["first"] == (1, 3)
    assert told["second"] == told["why"] == told["third"] == (2, 3)
    assert told["sixth"] == (3, 3)


def test_a_part_that_hangs_on_a_later_answer_is_counted_until_that_is_given() -> None:
    told = _parts(pages(FORM, spread({"own": "no"})))
    assert told["third"] == (2, 5)
    assert told["fourth"] == (3, 5)
    assert told["sixth"] == (4, 4)


def test_the_parts_never_go_backwards_on_the_way_through_the_shipped_forms() -> None:
    for key in ("s5_younger", "s5_middle", "s5_older", "s6"):
        laid_out = pages(library.load(key), {})
        parts = [page.part for page in laid_out]
        assert parts == sorted(parts)
        assert parts[0] == 1
        assert laid_out[-1].part == laid_out[-1].parts
        assert set(parts) == set(range(1, max(parts) + 1))
