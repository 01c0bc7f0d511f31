"""The shipped forms for staff: what is worked out for people, and what is refused."""

from datetime import date

import pytest

from surveys import library
from surveys.answering.answers import Problems, check
from surveys.answering.value import is_table
from surveys.paging.known import Earlier
from surveys.paging.pages import pages
from surveys.paging.sifting import sift
from tests.surveys.library.typed import typed

TODAY = date(2026, 11, 2)
GROUPS = (
    "groups.g1.headcount=40 groups.g1.in_date=30 groups.g1.starters=8 groups.g1.inducted=6"
    " groups.g4.headcount=10 groups.g4.in_date=9 groups.g4.interval=12"
)
LAST_YEAR: Earlier = {"last-saved": {"completion_all": 99}}
LIMITS = [
    (
        "tna",
        "groups.g1.headcount=40 groups.g1.in_date=41",
        "groups.g1.in_date",
        "more than the headcount (40)",
    ),
    (
        "tna",
        "groups.g1.headcount=40 groups.g1.due_next=41",
        "groups.g1.due_next",
        "more than the headcount (40)",
    ),
    (
        "tna",
        "groups.g1.headcount=40 groups.g1.starters=8 groups.g1.inducted=9",
        "groups.g1.inducted",
        "more than new starters",
    ),
    ("tna", "groups.g2.headcount=3", "groups.g2.level", "Choose the level"),
    ("tna", "groups.g2.headcount=3", "groups.g2.in_date", "Say how many are in date"),
    ("tna", "as_at=1/10/2025", "as_at", "less than a year old"),
    ("tna", "difference_example=" + "word~" * 201, "difference_example", "200 words"),
    ("tna", "trainers=1 trainers.1.trainer_email=rowan", "trainers.1.trainer_email", "name@example.org"),
    ("tna", "contacts.deputy.contact_is=new", "contacts.deputy.contact_email", "work email"),
    ("tna_short", "paid_staff=50", "paid_staff", "fewer than 50"),
    ("tna_short", "headcount=9 in_date=10", "in_date", "more than the headcount (9)"),
    ("section11", "t3_score=1", "t3_due", "Give a due date"),
    ("section11", "as_at=1/11/2026 t3_score=1 t3_due=31/10/2026", "t3_due", "cannot be before"),
    ("section11", "staff_in_scope=9 staff_in_date=10", "staff_in_date", "staff in scope (9)"),
    ("section11", "managers_in_scope=2 managers_trained=3", "managers_trained", "managers (2)"),
    ("section175", "staff_in_scope=9 kcsie_read=10", "kcsie_read", "staff in scope (9)"),
    ("section175", "", "leads", "at least 1"),
    ("report_learning_event", "invited=2 attended=3", "attended", "more than those invited (2)"),
    ("report_action_plan", "actions=2 actions_owned=3", "actions_owned", "number of actions (2)"),
    ("report_final", "sent_on=1/10/2026 signed_on=2/10/2026", "signed_on", "before it is sent"),
    ("assurance", "affected=yes updated=done target=5 trained=6", "trained", "staff to train"),
    ("cascade", "shared=all staff=5 reached=6", "reached", "staff in scope (5)"),
    (
        "action_evidence",
        "status=complete embedded=audit audit_n=5 audit_met=6",
        "audit_met",
        "records looked at",
    ),
    ("s2", "supervised=6_10 covered=group took_part=11", "took_part", "you supervise (6 to 10)"),
    ("s1", "supervises=yes supervised=1_5 covered=group took_part=6", "took_part", "1 to 5"),
    ("s3_day", "", "pledge", "Write one thing"),
    ("s1", "supervises=no more=" + "x" * 501, "more", "500 characters"),
    ("tna", "auditors.1.auditor_email=rowan", "auditors.1.auditor_email", "name@example.org"),
    ("tna", "contacts.deputy.contact_is=new", "contacts.deputy.contact_name", "name of the new person"),
    ("tna", "contacts.deputy.contact_email=rowan", "contacts.deputy.contact_email", "name@example.org"),
    ("tna_short", "as_at=1/10/2025", "as_at", "less than a year old"),
    ("tna_short", "headcount=9 front_line=10", "front_line", "more than the headcount (9)"),
    ("tna_short", "headcount=9 due_next=10", "due_next", "more than the headcount (9)"),
    ("tna_short", "starters=1 inducted=2", "inducted", "more than new starters"),
    ("tna_short", "difference_example=" + "word~" * 201, "difference_example", "200 words"),
    ("section11", "as_at=1/10/2025", "as_at", "less than a year old"),
    (
        "section11",
        "as_at=1/11/2026 t1_score=0 t1_due=31/10/2026",
        "t1_due",
        "date of your answers (1 November 2026)",
    ),
    ("report_author", "author_email=rowan", "author_email", "name@example.org"),
    ("report_action_plan", "actions=2 actions_measured=3", "actions_measured", "number of actions (2)"),
]
WORKED_OUT = [
    (
        "tna",
        GROUPS,
        "completion_all=78 induction_all=75 groups.g1.completion=75 groups.g4.completion=90"
        " groups.g1.induction=75 groups.g1.interval_used=36 groups.g4.interval_used=12",
    ),
    ("tna", "groups.g4.headcount=1 groups.g4.in_date=0", "groups.g4.interval_used=24 completion_all=0"),
    ("tna", "groups.g1.headcount=0", "completion_all= groups.g1.completion="),
    ("tna", "courses.1.course_title=Basics courses.2.course_title=Neglect", "course_list=Basics;~Neglect"),
    ("tna_short", "headcount=40 in_date=30 starters=4 inducted=1", "completion_all=75 induction_all=25"),
    (
        "section11",
        "staff_in_scope=8 staff_in_date=7 managers_in_scope=0 managers_trained=0",
        "staff_share=88 managers_share=",
    ),
    (
        "section175",
        "as_at=1/11/2026 leads.1.lead_trained=1/11/2024 leads.2.lead_trained=30/10/2024",
        "leads.1.lead_in_date=Yes leads.2.lead_in_date=Renewal~is~due",
    ),
    ("report_quality", "child_visible=yes follow=yes measurable=partly", "points_met=2"),
    ("report_learning_event", "invited=3 attended=2", "attended_share=67"),
    ("assurance", "affected=yes updated=done target=50 trained=5", "trained_share=10"),
    ("action_evidence", "status=complete baseline=40 latest=62.5", "figure_change=22.5"),
    ("section175", "staff_in_scope=4 kcsie_read=1", "kcsie_share=25"),
    ("action_evidence", "status=complete embedded=audit audit_n=8 audit_met=6", "audit_share=75"),
]


@pytest.mark.parametrize(("key", "given", "field", "said"), LIMITS)
def test_what_cannot_be_is_refused_with_a_reason(key: str, given: str, field: str, said: str) -> None:
    checked = check(library.load(key), typed(given), TODAY)
    assert isinstance(checked, Problems)
    assert said in {problem.question: problem.text for problem in checked}[field]


@pytest.mark.parametrize(("key", "given", "worked_out"), WORKED_OUT)
def test_figures_are_worked_out_and_never_typed(key: str, given: str, worked_out: str) -> None:
    figures = typed(worked_out)
    lied = {name: ["99"] for name, _ in figures.items()}
    values = sift(library.load(key), typed(given) | lied, TODAY).values
    for name, [figure] in figures.items():
        table, _, rest = name.partition(".")
        line, _, cell = rest.partition(".")
        found = values.get(table)
        told = found.get(line, {}).get(cell) if is_table(found) else found
        assert ("" if told is None else str(told)) == figure


def test_each_topic_chosen_is_asked_about_by_its_name() -> None:
    needs = sift(library.load("tna"), typed("topics=voice topics=neglect"), TODAY).values["topic_needs"]
    assert is_table(needs)
    named = [str(entry["topic_name"]).removeprefix("1. ") for entry in needs.values()]
    assert named == ["Voice of the child", "Neglect"]


def test_the_reason_and_the_figures_share_a_page() -> None:
    laid_out = pages(library.load("tna"), typed(GROUPS), (), LAST_YEAR, TODAY)
    [page] = [page for page in laid_out if page.name == "completion_all"]
    assert [field.name for field in page.fields][-1] == "change_reason"
    assert page.fields[0].shown == "78%"


@pytest.mark.parametrize(
    ("key", "name", "earlier", "shown"),
    [
        ("tna", "completion_before", {"last-saved": {"completion_all": 64}}, 64),
        ("tna", "completion_before", {"tna_short": {"completion_all": 51}}, 51),
        ("s4", "pledge", {"s3_day": {"pledge": "Ring the nurse"}}, "Ring the nurse"),
    ],
)
def test_what_was_said_before_is_shown_again(key: str, name: str, earlier: Earlier, shown: object) -> None:
    given = typed("affected=yes updated=done")
    assert sift(library.load(key), given, TODAY, earlier).values[name] == shown
