"""Any form, and anything typed into it: likely and unlikely."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from surveys import library
from surveys.forms.form import Form
from tests.surveys.make import ask, choose, form, matrix, repeat, section

Settings = st.SearchStrategy[dict[str, Any]]

WHEN_A = "${one} = 'a'"
RULES = [WHEN_A, "${n} > 3", "selected(${many}, 'b')", "${many} != ''", "not(${one} = 'b') and ${n} < 50"]
EARLIER_RULES = ["${before#n} > 3", "${last-saved#n} = ${n}", "today() > date('2026-01-01')"]

rules = st.one_of(st.just(""), st.sampled_from(RULES + EARLIER_RULES))
optional = st.fixed_dictionaries(
    {"relevant": rules},
    optional={
        "required": st.one_of(st.booleans(), st.sampled_from(RULES)),
        "hint": st.one_of(st.text(max_size=20), st.just("You said {n} and {one}")),
    },
)
in_line = st.fixed_dictionaries(
    {}, optional={"required": st.one_of(st.booleans(), st.just("${heads} > 2")), "hint": st.text(max_size=9)}
)


def asked(kind: str, name: str, more: Settings, **own: Any) -> st.SearchStrategy[Any]:
    """A question with settings of its own and others drawn."""
    return more.map(lambda drawn: ask(kind, name, **own) | drawn)


def chosen(kind: str, name: str, more: Settings, **own: Any) -> st.SearchStrategy[Any]:
    """A question with three choices."""
    return more.map(lambda drawn: choose(kind, name, "a", "b", "c", **own) | drawn)


def cells(prefix: str, *, relevance: bool) -> st.SearchStrategy[list[Any]]:
    """The questions of a line, each comparing with `heads`, which stands before them."""
    some = [
        asked("integer", f"{prefix}i", in_line, maximum=50, constraint=". <= ${heads}"),
        asked("decimal", f"{prefix}d", in_line, places=3),
        asked("date", f"{prefix}w", in_line, latest="today"),
        chosen("multiple", f"{prefix}m", in_line, most=2),
        chosen("ranking", f"{prefix}r", in_line),
        st.just(ask("calculated", f"{prefix}c", calculation="${heads} * 2.5 + position(..)", places=1)),
        st.just(ask("calculated", f"{prefix}h", calculation="${heads} div 3", hidden=True)),
        asked("text", f"{prefix}t", in_line, max_length=20),
    ]
    if relevance:
        some.append(asked("text", f"{prefix}x", in_line, relevant="${heads} > 2", label="Why {heads}?"))
        some.append(chosen("single", f"{prefix}s", in_line, choice_filter="name != ${one}"))
    return st.lists(st.one_of(some), unique_by=lambda cell: cell["name"], max_size=5)


grids = st.builds(
    lambda more, settings: matrix(
        "grid", "x y", ask("integer", "heads", required=more[:1] != [], maximum=99), *more, **settings
    ),
    cells("g", relevance=False),
    st.fixed_dictionaries({"relevant": rules}),
)
repeats = st.builds(
    lambda more, settings: repeat(
        "things", ask("text", "w"), *[_renamed(cell) for cell in (ask("integer", "heads"), *more)], **settings
    ),
    cells("r", relevance=True),
    st.one_of(
        st.fixed_dictionaries({"relevant": rules, "least": st.integers(0, 2), "most": st.integers(2, 4)}),
        st.fixed_dictionaries(
            {"times": st.sampled_from(["${n}", "2", "count-selected(${many})"]), "most": st.just(3)}
        ),
    ),
)


def _renamed(cell: dict[str, Any]) -> dict[str, Any]:
    """A cell of the repeat, whose `heads` is called `size` so that a matrix may stand beside it."""
    text = {key: value.replace("heads", "size") for key, value in cell.items() if isinstance(value, str)}
    return cell | text


middles = st.lists(
    st.one_of(
        asked("integer", "m", optional, constraint=". <= ${n}", constraint_message="No more than {n}"),
        asked("decimal", "dec", optional, places=3, minimum=-5),
        asked("text", "t", optional, max_length=30, prefill="before.t"),
        asked("date", "d", optional, earliest="2020-01-01", latest="today"),
        asked("yes_no", "y", optional, label="Is it {one}?"),
        asked("reference", "ref", optional),
        asked("scale", "sc", optional, lowest=-1, highest=3),
        chosen("single", "pick", optional, choice_filter="name != ${one}"),
        chosen("ranking", "rank", optional, most=2),
        chosen("multiple", "lots", optional, default="a b", constraint="count-selected(.) < 3"),
        asked("file", "proof", optional, most=1),
        asked("note", "words", st.fixed_dictionaries({"relevant": rules})),
        asked("help", "panel", st.fixed_dictionaries({"relevant": rules})),
        st.just(ask("calculated", "total", calculation="${n} * 2", hidden=True)),
        st.just(ask("calculated", "half", calculation="${n} div 2", unit="%", places=0)),
    ),
    unique_by=lambda question: question["name"],
    max_size=6,
)
tables = st.sampled_from(["", "grid", "things", "both"]).flatmap(
    lambda which: st.tuples(
        *([grids] if which in ("grid", "both") else []), *([repeats] if which in ("things", "both") else [])
    )
)
lasts = st.sampled_from(
    [
        [],
        [ask("text", "end")],
        [ask("note", "bye")],
        [ask("text", "end", relevant="${before#n} > 3", required=True)],
        [choose("faces", "end", "a")],
    ]
)


def _assembled(
    some: list[Any], gridded: tuple[Any, ...], gate: str, last: list[Any], **settings: Any
) -> Form:
    first = [
        choose("single", "one", "a", "b"),
        ask("integer", "n", prefill="before.n"),
        choose("multiple", "many", "a", "b"),
    ]
    for each in last:
        for choice in each.get("choices", ()):
            choice["face"] = 3
    middle = [*some[:3], *gridded, *some[3:]] or [ask("note", "nothing")]
    parts = [section("first", *first), section("second", *middle, relevant=gate)]
    return form(sections=[*parts, *([section("third", *last)] if last else [])], **settings)


made = st.builds(
    _assembled,
    middles,
    tables,
    rules,
    lasts,
    pace=st.sampled_from(["section", "question"]),
    carries=st.booleans(),
)
shipped = st.sampled_from(list(map(library.load, library.keys())))
forms = st.integers(0, 3).flatmap(lambda kind: made if kind else shipped)
typed = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["a", "b", "all", "yes", "no", "0", "3", "45", "1,200", "1.5", "3/11/2026", "11", "2026", ""]
    ),
    st.dates().map(date.isoformat),
    st.integers(-9, 10**12).map(str),
)


@st.composite
def filled(draw: st.DrawFn) -> tuple[Form, dict[str, list[str]]]:
    """A form and something typed into it; every second one nearly right."""
    made = draw(forms)
    raw: dict[str, list[str]] = {}
    is_likely = draw(st.integers(0, 2)) > 0
    for name in _names(made):
        question = made.every.get(name.rpartition(".")[2])
        if draw(st.integers(0, 19)) < (19 if is_likely else 8):
            raw[name] = draw(_fitting(question, name) if is_likely else st.lists(typed, max_size=3))
    stray = st.sampled_from(("x", "", "grid.z.heads", "things.9.w", "things.01.w", "things"))
    return made, raw | draw(st.dictionaries(stray, st.lists(typed, max_size=2), max_size=2))


def _names(made: Form) -> list[str]:
    found: list[str] = [f"still_true.{part.name}" for part in made.sections]
    for question in made.questions.values():
        cells = getattr(question, "cells", ())
        keys = [line.value for line in getattr(question, "lines", ())] or ["1", "2", "3"]
        found += [question.name] if not cells or question.kind == "repeat" else []
        found += [f"{question.name}.{key}.{cell.name}" for key in keys for cell in cells]
    return found


def _fitting(question: Any, name: str) -> st.SearchStrategy[list[str]]:
    """What somebody would answer."""
    if question is None:
        return st.just(["yes"])
    offers = question.offers()
    if offers:
        several = 3 if question.kind in ("multiple", "ranking") else 1
        return st.lists(st.sampled_from(sorted(offers)), min_size=1, max_size=several, unique=True)
    by_kind = {
        "integer": st.sampled_from(["3", "9"] if name.endswith(("n", "heads", "size")) else ["0", "3"]),
        "decimal": st.sampled_from(["0.5", "3", "1,5"]),
        "date": st.sampled_from(["3/11/2026", "2020-01-01"]),
        "repeat": st.sampled_from(["0", "1", "2", "3"]),
        "file": st.just("00000000-0000-0000-0000-000000000001"),
    }
    return by_kind.get(question.kind, st.sampled_from(["Some words", "z"])).map(lambda text: [text])
