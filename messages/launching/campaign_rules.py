"""Campaign rules: what a playbook lays down besides steps, kept among the values of its campaign."""

from collections.abc import Collection, Mapping
from datetime import date

from messages.changes.extensions import ExtensionRule
from messages.playbooks.playbook import Playbook
from store.asking.campaign import Campaign

#: The names under which they are kept; no form has a place of such a name.
EXTENSION, HANDS_ON, DAY = "extension_rule", "hands_on", "event_day"
#: In a playbook: the rule for every form that it does not name.
ANY = "any"


def rules_of(book: Playbook, on: date | None) -> dict[str, object]:
    """What a campaign copied from a playbook keeps; empty where the playbook lays nothing down."""
    rules: dict[str, object] = {}
    if extension := _extension_of(book.extension, {step.form for step in book.steps}):
        rules[EXTENSION] = extension
    if book.hands_on:
        rules[HANDS_ON] = dict(book.hands_on)
    if on is not None:
        rules[DAY] = f"{on:%A} {on.day} {on:%B %Y}"
    return rules


def _extension_of(told: Mapping[str, str], forms: Collection[str]) -> str:
    own = next((rule for form, rule in told.items() if form in forms), "")
    return own or told.get(ANY, "")


def extension_of(campaign: Campaign) -> ExtensionRule:
    """The rule of a campaign for more time."""
    return ExtensionRule(campaign.values.get(EXTENSION, ""))


def hands_on_of(campaign: Campaign) -> Mapping[str, str] | None:
    """The answer that names who is asked what follows it; None where none does."""
    found = campaign.values.get(HANDS_ON)
    return found if isinstance(found, dict) else None
