"""Reading: answers told back in plain words."""

from surveys.answers import Answers
from surveys.form import Form


def tell(form: Form, answers: Answers) -> list[tuple[str, str]]:
    """What was answered, as question and words, in the form's order; what was left empty is left out."""
    return [
        (question.title, question.say(answers.values[name]))
        for name, question in form.questions.items()
        if name in answers.values
    ]
