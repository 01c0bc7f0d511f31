"""A form in another language: shown, refused and told in it, and answered the same."""

from datetime import date

from surveys.answering.answers import Answers, check
from surveys.answering.reading import tell
from surveys.paging.pages import pages
from surveys.phrases import say
from surveys.tongues.translation import Translation, translate
from tests.surveys.make import ask, form, matrix, refuse, repeat, take

ENGLISH = form(
    ask("yes_no", "safe", label="Do you feel safe?", short="Safe", required=True),
    ask("integer", "age", label="How old are you?", short="Age", maximum=17),
    ask("date", "visit", label="When did they visit?", short="Visit", earliest="2026-03-01", latest="today"),
    ask("text", "why", label="Why on {visit}?", short="Why", missing="Please say why", required="${age} > 9"),
    ask("integer", "days", label="Days", constraint=". <= ${age}", constraint_message="No more than {age}"),
    matrix("m", "a", ask("date", "last", label="Last")),
    repeat("people", ask("text", "name", label="Who?"), item="person"),
)
POLISH = translate(
    ENGLISH,
    Translation(
        form="sample",
        version=1,
        language="pl",
        state="machine",
        texts={
            "Do you feel safe?": "Czy czujesz się bezpiecznie?",
            "Safe": "Bezpieczeństwo",
            "Age": "Wiek",
            "Visit": "Wizyta",
            "Why on {visit}?": "Dlaczego {visit}?",
            "Please say why": "Powiedz dlaczego",
            "No more than {age}": "Nie więcej niż {age}",
            "person": "osoba",
        },
    ),
)
TODAY = date(2026, 11, 4)


def test_refusals_are_in_the_language_of_the_form() -> None:
    typed = {"age": "x", "visit": "2026-02-28"}
    assert refuse(POLISH, typed, TODAY) == [
        ("safe", say("pl", "Please choose an answer: {title}", title="Bezpieczeństwo")),
        ("age", say("pl", "{title} must be a whole number, like 45", title="Wiek")),
        (
            "visit",
            say("pl", "{title} cannot be before {day}", title="Wizyta", day=f"1 {say('pl', 'March')} 2026"),
        ),
    ]
    assert refuse(POLISH, typed, TODAY)[0][1] != refuse(ENGLISH, typed, TODAY)[0][1]
    assert refuse(POLISH, {"safe": "yes", "age": "12", "days": "13"}) == [
        ("why", "Powiedz dlaczego"),
        ("days", "Nie więcej niż 12"),
    ]


def test_days_months_yes_and_no_are_told_in_the_language_of_the_form() -> None:
    raw = {"safe": ["yes"], "visit": ["2026-11-03"], "people": ["1"]}
    laid_out = {page.name: page for page in pages(POLISH, raw)}
    first = laid_out["safe"]
    assert [option.label for option in first.fields[0].options] == [say("pl", "Yes"), say("pl", "No")]
    assert [box.label for box in first.fields[2].boxes] == [
        say("pl", each) for each in ("Day", "Month", "Year")
    ]
    november = f"3 {say('pl', 'November')} 2026"
    assert laid_out["why"].fields[0].label == f"Dlaczego {november}?"
    cell = laid_out["m"].fields[0].lines[0].fields[0]
    assert [(box.name, box.label) for box in cell.boxes][:1] == [("m.a.last-day", say("pl", "Day"))]
    assert laid_out["people.1"].title == "Osoba 1"
    told = tell(POLISH, Answers("sample", 1, {"safe": "yes", "visit": "2026-11-03"}))
    assert told == [("Bezpieczeństwo", say("pl", "Yes")), ("Wizyta", november)]
    assert say("pl", "November") != "November"


def test_answers_are_the_same_in_every_language() -> None:
    typed = {"safe": "no", "age": "9", "visit": "3/11/2026", "m.a.last": "2026-01-02", "people.1.name": "Kim"}
    assert take(POLISH, typed, TODAY) == take(ENGLISH, typed, TODAY)
    assert isinstance(check(POLISH, {"safe": ["tak"]}), type(check(ENGLISH, {"safe": ["tak"]})))
