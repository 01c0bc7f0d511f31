"""Reading: answers told back in plain words."""

from collections.abc import Iterator

from surveys.answering.answers import Answers
from surveys.answering.value import Value, is_table
from surveys.forms.form import Form
from surveys.forms.question import Question
from surveys.forms.section import Section
from surveys.kinds.table import Gridded, Matrix
from surveys.paging.known import Known


def tell(form: Form, answers: Answers) -> list[tuple[str, str]]:
    """What was answered, as question and words, in the form's order; what was left empty is left out."""
    return [pair for section in form.sections for pair in _tell_section(form, section, answers)]


def tell_by_section(form: Form, answers: Answers) -> list[tuple[str, list[tuple[str, str]]]]:
    """What was answered, section by section; those with no answer are left out."""
    known = Known(form, answers.values)
    told = ((known.say(each.title), list(_tell_section(form, each, answers))) for each in form.sections)
    return [(title, pairs) for title, pairs in told if pairs]


def _tell_section(form: Form, section: Section, answers: Answers) -> Iterator[tuple[str, str]]:
    known = Known(form, answers.values)
    for question in section.questions:
        if question.name in answers.values:
            yield from _tell_one(known, question, answers.values[question.name])


def _tell_one(known: Known, question: Question, value: Value) -> Iterator[tuple[str, str]]:
    """One answer as question and words; that of a table line by line."""
    title, language = known.say(question.title), known.form.language
    if question.is_hidden:
        return
    if isinstance(question, Gridded) and is_table(value):
        for line, answers in value.items():
            named = question.name_line(line, answers, language)
            if sole := question.sole if isinstance(question, Matrix) else None:
                if sole.name in answers:
                    yield known.say(named), sole.say(answers[sole.name], language)
                continue
            yield f"{title}: {named}", question.say_line(answers, language)
    elif not is_table(value):
        yield title, question.say(value, language)
