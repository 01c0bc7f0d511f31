"""Words: what somebody wrote in the boxes of a page that was sent."""

from bot.web.submission import Submission
from surveys.forms.form import Form
from surveys.open.opening import leave_out_boxes


def find_words(form: Form, submission: Submission) -> dict[str, list[str]]:
    """The texts in a form's boxes, by field, and what hangs on them; empty where nothing was written."""
    rest = leave_out_boxes(form)
    typed = submission.pick(lambda name: form.owns(name) and not (rest is not None and rest.owns(name)))
    return {name: texts for name, texts in typed.items() if any(text.strip() for text in texts)}


def leave_out(submission: Submission, names: dict[str, list[str]]) -> Submission:
    """What was sent, without some fields."""
    return Submission({name: texts for name, texts in submission.fields.items() if name not in names})
