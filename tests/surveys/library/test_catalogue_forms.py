"""The forms of the catalogue of returns: which answers open which questions, and what cannot be."""

from datetime import date

import pytest

from surveys import library
from surveys.answering.answers import Problems, check
from surveys.kinds.text import LongText
from surveys.paging.sifting import sift
from tests.surveys.library.test_staff_words import CATALOGUE
from tests.surveys.library.typed import typed

TODAY = date(2026, 11, 2)
FORMS = [*CATALOGUE.split(), "report_rapid"]
BRANCHES = [
    ("report_reference", "report_status=signed", "signed_on held_at findings actions_known", "ready_on"),
    ("report_reference", "report_status=draft", "ready_on waits_for", "held_at findings actions_known"),
    ("report_reference", "report_status=writing", "ready_on", "none_reason signed_on"),
    ("report_reference", "report_status=none", "none_reason declared_by", "ready_on held_at next_due"),
    (
        "report_reference",
        "report_status=signed actions_known=yes",
        "actions actions_done plan_at next_due",
        "none_reason",
    ),
    ("report_reference", "report_status=signed actions_known=unknown", "next_due", "actions plan_at"),
    ("nomination", "offers=yes", "people days_offered", "later_on no_reason"),
    ("nomination", "offers=later", "later_on", "people no_reason"),
    ("nomination", "offers=no", "no_reason no_more", "people later_on"),
    ("counts", "what=voices periods=1", "periods.1.complaints_known", "web_pages views_noticed"),
    ("counts", "what=views web_pages=1", "web_pages.1.views_known views_noticed", "periods"),
    (
        "counts",
        "what=voices periods=1 periods.1.complaints_known=estimate periods.1.complaints=2",
        "periods.1.complaints periods.1.complaints_about",
        "",
    ),
    (
        "counts",
        "what=voices periods=1 periods.1.complaints_known=unknown",
        "periods.1.themes",
        "periods.1.complaints periods.1.complaints_about periods.1.compliments",
    ),
    ("counts", "what=views web_pages=1 web_pages.1.views_known=unknown", "", "web_pages.1.views"),
    ("contact_card", "agency_same=no", "domains declared_by", "agency_changes"),
    ("contact_card", "agency_same=soon", "agency_changes", ""),
    (
        "inspection_outcome",
        "published=yes inspector=ofsted safeguarding=effective",
        "published_on report_link judgement strengths",
        "publish_expected inspector_other to_improve",
    ),
    ("inspection_outcome", "published=no", "publish_expected actions_planned", "judgement published_on"),
    (
        "inspection_outcome",
        "published=never inspector=joint safeguarding=none",
        "inspector_other judgement",
        "report_link strengths to_improve",
    ),
    ("inspection_outcome", "safeguarding=not_effective training_named=yes", "to_improve training_said", ""),
    ("inspection_outcome", "actions_planned=yes", "actions_count actions_at actions_by", ""),
    ("inspection_outcome", "actions_planned=writing", "inspection_help", "actions_count actions_at"),
    (
        "audit_summary",
        "audit_status=complete sample_known=yes audit_actions_known=yes",
        "audited_to sample sample_met audit_findings audit_actions audit_actions_owned",
        "audit_by no_audit",
    ),
    ("audit_summary", "audit_status=complete sample_known=unknown", "works_well", "sample sample_met"),
    ("audit_summary", "audit_status=under_way", "objectives methods audit_by audited_from", "audited_to"),
    ("audit_summary", "audit_status=planned", "audit_by", "audited_from audit_findings"),
    ("audit_summary", "audit_status=none", "no_audit declared_by", "objectives methods audit_by"),
    ("dashboard", "indicators=1 indicators.1.value_known=counted", "indicators.1.value", ""),
    (
        "dashboard",
        "indicators=1 indicators.1.value_known=unknown indicators.1.before_known=unknown",
        "indicators.1.value_note",
        "indicators.1.value indicators.1.value_before indicators.1.value_unit",
    ),
    ("dashboard", "stands_out=no", "declared_by", "exceptions"),
    ("dashboard", "stands_out=yes exceptions=1", "exceptions.1.exception_risk", ""),
    (
        "tell_us",
        "about=inspection told_published=yes",
        "told_inspector told_link told_safeguarding",
        "review_kind told_found lesson_said",
    ),
    ("tell_us", "about=inspection told_published=no", "told_judgement", "told_link"),
    ("tell_us", "about=review review_child=unknown", "review_ring review_learned", "told_inspector"),
    ("tell_us", "about=review review_child=no", "review_at", "review_ring"),
    ("tell_us", "about=audit told_sample_known=yes", "told_sample told_found", "review_learned"),
    ("tell_us", "about=audit told_sample_known=unknown", "told_looked_at", "told_sample"),
    ("tell_us", "about=lesson told_actions=yes", "lesson_said told_actions_count", "told_looked_at"),
    ("tell_us", "about=lesson told_actions=unknown", "told_share", "told_actions_count"),
]
REFUSED = [
    ("report_reference", "period_from=1/4/2026 period_to=31/3/2026", "period_to", "cannot be before"),
    (
        "report_reference",
        "report_status=signed actions_known=yes actions=2 actions_done=3",
        "actions_done",
        "number of actions (2)",
    ),
    ("report_reference", "report_status=signed", "held_at", "where it is held"),
    ("nomination", "offers=yes people=1 people.1.nominee_agreed=no", "people.1.nominee_agreed", "ask them"),
    ("nomination", "offers=yes", "people", "at least 1"),
    ("nomination", "offers=yes people.1.nominee_email=kim", "people.1.nominee_email", "name@example.org"),
    ("counts", "what=voices periods.1.complaints_known=counted", "periods.1.complaints", "Not known"),
    ("counts", "counts_from=1/4/2026 counts_to=31/3/2026", "counts_to", "cannot be before"),
    (
        "contact_card",
        "contact_people.deputy.still=new",
        "contact_people.deputy.still_email",
        "work email",
    ),
    (
        "contact_card",
        "contact_people.deputy.still=details",
        "contact_people.deputy.still_name",
        "Give the name",
    ),
    (
        "inspection_outcome",
        "published=yes inspected_on=2/10/2026 published_on=1/10/2026",
        "published_on",
        "before the inspection",
    ),
    (
        "audit_summary",
        "audit_status=complete audited_from=2/10/2026 audited_to=1/10/2026",
        "audited_to",
        "before it began",
    ),
    (
        "audit_summary",
        "audit_status=complete sample_known=yes sample=8 sample_met=9",
        "sample_met",
        "those looked at (8)",
    ),
    ("dashboard", "indicators.1.value_known=estimate", "indicators.1.value", "Not known"),
    ("dashboard", "indicators.1.before_known=yes", "indicators.1.value_before", "Not known"),
    ("report_rapid", "", "secured", "whether the records are secured"),
]


@pytest.mark.parametrize(("key", "given", "present", "absent"), BRANCHES)
def test_an_answer_opens_its_own_questions_and_no_others(
    key: str, given: str, present: str, absent: str
) -> None:
    form = library.load(key)
    assert {name.split(".")[-1] for name in f"{present} {absent}".split()} <= set(form.every)
    applying = sift(form, typed(given), TODAY).applying
    assert set(present.split()) - applying == set()
    assert set(absent.split()) & applying == set()


@pytest.mark.parametrize("key", FORMS)
def test_every_rule_about_what_is_asked_has_a_line_above(key: str) -> None:
    ruled = {question.name for question in library.load(key).every.values() if question.relevant}
    lines = [f"{line[2]} {line[3]}" for line in BRANCHES if line[0] == key]
    assert ruled <= {name.split(".")[-1] for line in lines for name in line.split()}


@pytest.mark.parametrize(("key", "given", "field", "said"), REFUSED)
def test_what_cannot_be_is_refused_with_a_reason(key: str, given: str, field: str, said: str) -> None:
    checked = check(library.load(key), typed(given), TODAY)
    assert isinstance(checked, Problems)
    assert said in {problem.question: problem.text for problem in checked}[field]


@pytest.mark.parametrize("key", FORMS)
def test_nothing_of_the_catalogue_takes_a_file_or_more_than_a_page_of_words(key: str) -> None:
    every = library.load(key).every.values()
    assert not any(question.kind == "file" for question in every)
    assert all(box.max_length <= 1500 for box in every if isinstance(box, LongText))


@pytest.mark.parametrize(
    ("key", "choice"),
    [
        ("report_reference", "actions_known"),
        ("counts", "complaints_known"),
        ("counts", "compliments_known"),
        ("counts", "views_known"),
        ("audit_summary", "sample_known"),
        ("audit_summary", "audit_actions_known"),
        ("dashboard", "value_known"),
        ("dashboard", "before_known"),
        ("dashboard", "exception_risk"),
        ("tell_us", "told_actions"),
    ],
)
def test_not_known_is_an_answer_of_its_own(key: str, choice: str) -> None:
    assert "unknown" in (library.load(key).every[choice].offers() or ())


def test_what_moved_is_worked_out_and_is_not_known_where_either_figure_is() -> None:
    told = "indicators.1.value_known=counted indicators.1.value=4 indicators.1.before_known="
    form = library.load("dashboard")
    both = sift(form, typed(told + "yes indicators.1.value_before=6"), TODAY).values["indicators"]
    one = sift(form, typed(told + "unknown"), TODAY).values["indicators"]
    assert isinstance(both, dict) and str(both["1"]["moved"]) == "-2"
    assert isinstance(one, dict) and one["1"].get("moved") is None
