"""How much a form can send is known before anybody is asked."""

from surveys.forms.bulk import SHORT, Bulk, weigh_form
from tests.surveys.make import ask, choose, form, matrix, repeat, section


def test_every_box_filled_to_the_last_is_counted() -> None:
    asked = form(
        ask("note", "intro"),
        ask("text", "why", max_length=100),
        ask("date", "day"),
        choose("multiple", "what", "a", "bb"),
    )
    day = 4 * (len("day") + SHORT)
    assert weigh_form(asked) == Bulk(1 + 4 + 2, 103 + day + len("whatawhatbb"))


def test_tables_count_line_by_line_and_repeats_to_their_most() -> None:
    table = matrix("grid", "a b c", ask("text", "x", max_length=9))
    assert weigh_form(form(table)) == Bulk(3, 30)
    entries = repeat("things", ask("text", "x", max_length=9), most=7)
    assert weigh_form(form(entries)) == Bulk(14, 70)


def test_sections_filled_one_by_one_are_sent_one_by_one() -> None:
    parts = [section(name, ask("text", name, max_length=99)) for name in "ab"]
    assert weigh_form(form(sections=parts)) == Bulk(2, 200)
    assert weigh_form(form(sections=parts, layout="tasks")) == Bulk(1, 100)
