"""Audience: for whom a form is and how it is answered, said before anybody is asked."""

from store.asking import campaign
from store.asking.campaign import Campaign
from store.asking.form import FormVersion
from store.database import Session
from surveys import library
from surveys.forms.form import Form, Privacy

_HOW: dict[Privacy, str] = {
    "named": "answered by name",
    "coded": "answered under a code that is linked to a booking",
    "anonymous": "answered without a name",
}
_ELSE = "For children or families write child or family under audience (on the settings sheet)."


def tell_audience(form: Form) -> str:
    """For whom a form is and how it is answered, on one line; for staff, how it would be for families."""
    match form.audience:
        case "family":
            return f"For families, {_HOW[form.privacy]}."
        case "child":
            ages = f" of {form.ages.lowest} to {form.ages.highest}" if form.ages else ""
            return f"For children{ages}, {_HOW[form.privacy]}."
        case _:
            own = "" if form.key in set(library.keys()) else f" {_ELSE}"
            return f"For staff, {_HOW[form.privacy]}.{own}"


def tell_staff_codes(session: Session, wanted: Campaign) -> list[str]:
    """What to know of forms for staff where open codes are the one way in, a sentence each without full stop.

    Where agencies are asked besides, each has its own code from the launch on.
    """
    steps = campaign.steps(session, wanted.id)
    if not all(step.is_open for step in steps):
        return []
    forms = (Form.from_json(session.get_one(FormVersion, step.form_version_id).body) for step in steps)
    return [
        f"“{form.title}” is for staff and has no help or way out for children and families; every code "
        f"is made for one agency: cascade code make {wanted.slug} --setting NAME --agency AGENCY"
        for form in forms
        if not form.is_for_families
    ]
