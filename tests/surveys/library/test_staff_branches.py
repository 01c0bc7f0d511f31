"""The shipped forms for staff: which answers open which questions."""

from datetime import date

import pytest

from surveys import library
from surveys.forms.question import Question
from surveys.paging.known import Earlier
from surveys.paging.sifting import sift
from tests.surveys.library.typed import typed

TODAY = date(2026, 11, 2)
GROUPS = "groups.g1.headcount=40 groups.g1.in_date=30 groups.g4.headcount=10 groups.g4.in_date=9"
PLEDGE: Earlier = {"s3_day": {"pledge": "Ring the nurse"}}
COURSES: Earlier = {"tna": {"course_list": "Basics"}}
BRANCHES: list[tuple[str, str, Earlier, str, str]] = [
    ("tna", GROUPS, {"last-saved": {"completion_all": 99}}, "change_reason reasons", "reasons_other"),
    ("tna", GROUPS, {"last-saved": {"completion_all": 98}}, "completion_before", "change_reason"),
    ("tna", GROUPS, {"tna_short": {"completion_all": 20}}, "completion_before change_reason", ""),
    ("tna", GROUPS, {}, "", "change_reason completion_before"),
    ("tna", "groups.g1.headcount=4 groups.g1.in_date=4", {}, "", "reasons"),
    ("tna", GROUPS + " reasons=other access=other", {}, "reasons_other access_other", "topic_needs"),
    ("tna", "topics=neglect", {}, "topic_needs.1.topic_why", "topic_needs.2.topic_why"),
    ("section11", "t1_score=2", {}, "t1_action t1_owner t1_due", "t1_not_applicable"),
    ("section11", "t12_score=na", {}, "t12_not_applicable", "t12_action t12_owner t12_due"),
    ("section11", "t1_score=3", {}, "t1_evidence", "t1_action t1_due t1_not_applicable"),
    ("section11", "", {}, "t1_score", "t1_action t1_not_applicable"),
    ("report_acknowledge", "secured=yes", {}, "secured_on", "secured_by"),
    ("report_acknowledge", "secured=no", {}, "secured_by", "secured_on"),
    ("report_author", "independent=no", {}, "independent_plan", ""),
    ("report_author", "independent=yes", {}, "", "independent_plan"),
    ("report_quality", "outcome=return_points", {}, "points", ""),
    ("report_quality", "outcome=accept", {}, "", "points"),
    ("assurance", "affected=no", {}, "not_affected_reason declared_by", "updated changed target"),
    ("assurance", "affected=none", {}, "help declared_by", "updated not_affected_reason evidence"),
    (
        "assurance",
        "affected=yes updated=done",
        COURSES,
        "courses updated_on changed target",
        "update_planned evidence courses_other",
    ),
    (
        "assurance",
        "affected=yes updated=planned",
        {},
        "update_planned target courses_other",
        "updated_on changed courses evidence evidence_files",
    ),
    ("assurance", "affected=yes updated=not_planned", {}, "not_planned_reason", "target evidence"),
    ("cascade", "shared=all how=other", {}, "reached how_other survey evidence_files", "teams_missed"),
    ("cascade", "shared=some", {}, "reached teams_missed said", "how_other not_yet_reason"),
    ("cascade", "shared=not_yet", {}, "not_yet_reason expected help", "reached said survey"),
    ("cascade", "shared=not_relevant", {}, "not_relevant_reason", "reached help barriers"),
    ("action_evidence", "months=12 status=complete", {}, "completed_on done recommend", "new_due"),
    ("action_evidence", "months=6 status=delayed", {}, "delay_reason new_due sure", "new_starter"),
    ("action_evidence", "status=not_started", {}, "delay_reason", "done happened embedded sure"),
    ("action_evidence", "status=not_needed", {}, "not_needed_reason", "done delay_reason embedded"),
    ("action_evidence", "status=on_track embedded=audit", {}, "audit_n audit_on", "completed_on"),
    ("s1", "supervises=no heard=no", {}, "procedures prefer more", "heard_how message used supervised"),
    ("s1", "supervises=no heard=little used=yes", {}, "main_message did in_the_way", "usable"),
    ("s1", "heard=well used=no_chance", {}, "confident in_the_way", "did supervised"),
    ("s1", "supervises=yes heard=no", {}, "supervised hard", "message used procedures took_part"),
    ("s2", "covered=not_yet", {}, "help hard", "took_part practice_seen how_known agreed contact_how"),
    ("s2", "covered=one_to_one may_contact=yes", {}, "took_part agreed contact_how", ""),
    ("s3_day", "access_met=partly", {}, "access_unmet", ""),
    ("s3_day", "access_met=yes", {}, "", "access_unmet"),
    ("s4", "changed=a_little", PLEDGE, "pledge pledge_done did example", ""),
    ("s4", "changed=not_yet passed_on=yes", {}, "in_the_way passed_to", "pledge did example difference"),
    ("tna", "", {}, "formats", "access_other"),
    ("section175", "as_at=1/11/2026 leads.1.lead_trained=1/11/2024", {}, "leads", "leads.1.lead_booked"),
    ("section175", "as_at=1/11/2026 leads.1.lead_trained=1/1/2024", {}, "leads.1.lead_booked", ""),
    ("assurance", "affected=yes updated=done", {}, "", "not_planned_reason evidence_files"),
    (
        "cascade",
        "shared=not_yet",
        {},
        "barriers",
        "groups changes evidence evidence_files not_relevant_reason",
    ),
    (
        "action_evidence",
        "status=not_started",
        {},
        "",
        "not_needed_reason difference figure_name happened_files",
    ),
    (
        "action_evidence",
        "status=on_track embedded=survey",
        {},
        "difference figure_name",
        "audit_n audit_met audit_on",
    ),
    ("s1", "supervises=no", {}, "", "help confident_supervise agreed hard good_practice contact_how"),
    ("s1", "supervises=yes covered=group", {}, "agreed may_contact", "more contact_how prefer"),
    ("s1", "supervises=yes may_contact=yes", {}, "contact_how", "agreed"),
    ("s2", "may_contact=no", {}, "may_contact", "contact_how"),
    ("s4", "passed_on=no", {}, "manager_link", "passed_to"),
    ("manager_confirmation", "change_seen=some", {}, "change_shown", ""),
    ("manager_confirmation", "change_seen=none", {}, "", "change_shown"),
]


@pytest.mark.parametrize(("key", "given", "earlier", "present", "absent"), BRANCHES)
def test_an_answer_opens_its_own_questions_and_no_others(
    key: str, given: str, earlier: Earlier, present: str, absent: str
) -> None:
    form = library.load(key)
    assert {name.split(".")[-1] for name in f"{present} {absent}".split()} <= set(form.every)
    applying = sift(form, typed(given), TODAY, earlier).applying
    assert set(present.split()) - applying == set()
    assert set(absent.split()) & applying == set()


@pytest.mark.parametrize("key", ["section11", "section175"])
def test_the_twelve_standards_ask_the_same_in_the_same_way(key: str) -> None:
    sections = {section.name: section for section in library.load(key).sections}
    first = [question_rules(question, "t1_") for question in sections["t1"].questions]
    for number in range(2, 13):
        rules = [question_rules(question, f"t{number}_") for question in sections[f"t{number}"].questions]
        assert rules == first


def test_both_audits_share_their_standards_and_numbers() -> None:
    schools = {section.name: section for section in library.load("section175").sections}
    for section in library.load("section11").sections:
        assert section.name == "sign_off" or schools[section.name] == section


def question_rules(question: Question, prefix: str) -> list[str]:
    """What decides about a question, without the number of its standard."""
    rules = [question.name, question.relevant, question.constraint, str(question.required)]
    return [rule.replace(prefix, "") for rule in rules]
