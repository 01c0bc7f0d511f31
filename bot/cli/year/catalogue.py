"""`cascade catalogue`: the returns that a board can ask for, what each is, and when it is asked for."""

from calendar import month_abbr
from collections.abc import Sequence

import click

from bot.cli.named import suggest
from bot.cli.options import json_option, refuse, show_json
from bot.cli.table import lay_out, wrap
from messages.catalogue.return_kind import NAMED, SCHOOLS, Cadence, ReturnKind, catalogue, find
from surveys import library

WHO = {
    "everyone": "every agency",
    "schools": "schools",
    "others": "every agency but schools",
    "statutory": "statutory partners",
    "auditors": "social care, health, police, youth justice",
    NAMED: "agencies that you name",
    "office": "the board's office",
}


@click.command("catalogue")
@click.argument("named", metavar="[RETURN]", required=False)
@json_option
def show_catalogue(named: str | None, *, as_json: bool) -> None:
    """List the returns that a board can ask for, or tell all about one RETURN (R25, or tna).

    \b
    --json prints a list, or for one RETURN its document, with the keys id, key, title, source, providers,
    owner, chases, evidence, form, small_form, minutes, playbook, internal, can_be_turned_on, started,
    out_of_scope, doubt, and cadences (group, sectors, title, form, seat, opens, when)
    """
    kinds = catalogue() if named is None else (find_kind(named),)
    if as_json:
        told = [_to_json(one) for one in kinds]
        show_json(told if named is None else told[0])
    elif named is None:
        rows = [(one.id, one.key, one.title, say_when(one)) for one in kinds]
        click.echo(lay_out(("No.", "Return", "What", "When"), rows))
        click.echo("\n`cascade catalogue tna` tells all about one; `cascade year on YEAR tna` turns it on.")
    else:
        _show(kinds[0])


def find_kind(named: str) -> ReturnKind:
    """The return of this number or key; ends the command where there is none."""
    known = [key for one in catalogue() for key in (one.id, one.key)]
    return find(named) or refuse(f"There is no return {named!r}{suggest(named, known)}")


def say_when(kind: ReturnKind) -> str:
    """When a return is asked for, or why it never is, in a few words."""
    if kind.out_of_scope:
        return "never: out of scope"
    if not kind.cadences:
        return "one at a time"
    found: dict[str, list[str]] = {}
    for one in kind.cadences:
        found.setdefault(_say_days(one), []).append(one.group)
    return "; ".join(f"{when} ({_say_groups(groups)})" for when, groups in found.items())


def say_cadence(cadence: Cadence) -> str:
    """When a cadence asks whom, in a few words."""
    return f"{_say_days(cadence)} ({_say_groups([cadence.group])})"


def _say_groups(groups: Sequence[str]) -> str:
    return WHO["everyone"] if set(groups) == {"others", SCHOOLS} else ", ".join(WHO[one] for one in groups)


def _say_days(cadence: Cadence) -> str:
    every = {"even": "every second year, ", "odd": "in the years between, "}.get(cadence.years, "")
    if cadence.due_months is not None:
        return f"due {cadence.due_months} months after a lesson"
    if cadence.opens_weeks is not None:
        return f"{cadence.opens_weeks} weeks after a lesson"
    return every + ", ".join(f"{one.day} {month_abbr[one.month]}" for one in cadence.openings)


def _show(kind: ReturnKind) -> None:
    click.echo(f"{kind.id} {kind.key}: {kind.title}")
    facts = [
        ("Source", kind.source),
        ("Providers", kind.providers),
        ("Owner", kind.owner),
        ("Who chases whom", kind.chases),
        ("Evidence", kind.evidence),
        ("Out of scope", kind.out_of_scope),
        ("How it starts", kind.started),
        ("Not certain", kind.doubt),
    ]
    if kind.is_internal:
        facts.append(("No letter", "on its day it is a chore for the office"))
    for name, words in facts:
        if words:
            click.echo(wrap(f"{name}: {words}"))
    for one in kind.cadences:
        minutes = f", {_minutes(one.form)} minutes" if _minutes(one.form) else ""
        small = f", or {one.small_form} under fifty staff" if one.small_form else ""
        asks = f"; asks the {one.seat.words} by the form {one.form}{small}{minutes}" if one.form else ""
        click.echo(wrap(f"Asked for: {say_cadence(one)}, {_say_due(one)}{asks}."))
    if kind.is_planned:
        names = " --agency NAME" if kind.wants_names else ""
        click.echo(f"`cascade year on YEAR {kind.key}{names}` turns it on.")


def _say_due(cadence: Cadence) -> str:
    if cadence.due_months is not None:
        return f"opened {cadence.open_days} working days before"
    if cadence.until:
        return f"until the {cadence.until.replace('_', '-')} is over, else {cadence.due_days} working days"
    return f"{cadence.due_days} working days to answer"


def _minutes(form: str) -> int | None:
    """How long a shipped form takes; None where there is none of this key."""
    return library.load(form).minutes if form in set(library.keys()) else None


def _to_json(kind: ReturnKind) -> dict[str, object]:
    return {
        "id": kind.id,
        "key": kind.key,
        "title": kind.title,
        "source": kind.source,
        "providers": kind.providers,
        "owner": kind.owner,
        "chases": kind.chases,
        "evidence": kind.evidence,
        "form": kind.form or None,
        "small_form": next((one.small_form for one in kind.cadences if one.small_form), None),
        "minutes": _minutes(kind.form),
        "playbook": kind.playbook or None,
        "internal": kind.is_internal,
        "can_be_turned_on": kind.is_planned,
        "started": kind.started or None,
        "out_of_scope": kind.out_of_scope or None,
        "doubt": kind.doubt or None,
        "cadences": [_cadence_to_json(one) for one in kind.cadences],
    }


def _cadence_to_json(cadence: Cadence) -> dict[str, object]:
    return {
        "group": cadence.group,
        "sectors": list(cadence.sectors),
        "title": cadence.title,
        "form": cadence.form or None,
        "seat": cadence.seat.value,
        "opens": [f"{one.month:02}-{one.day:02}" for one in cadence.openings],
        "when": f"{say_cadence(cadence)}, {_say_due(cadence)}",
    }
