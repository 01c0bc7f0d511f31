"""The shipped forms for staff: each asks everything it should, with every choice."""

from datetime import date

import pytest

from surveys import library
from surveys.kinds.choice import Chosen
from surveys.paging.pages import pages

TODAY = date(2026, 11, 2)
STANDARD = "score evidence reference file not_applicable action owner due"
NUMBERS = (
    "staff_in_scope staff_in_date managers_in_scope managers_trained attendances staff_share managers_share"
)
SECTION_11 = (
    "as_at "
    + " ".join(f"t{number}_{part}" for number in range(1, 13) for part in STANDARD.split())
    + f" {NUMBERS} completed_by completed_role"
)
MANAGER = (
    "supervised usable covered took_part practice_seen how_known help confident_challenge confident_supervise"
    " agreed hard good_practice may_contact"
)
ASKED = {
    "tna": "as_at sector source paid_staff volunteers contact_all headcount level in_date interval"
    " interval_used due_next starters inducted places completion induction completion_all induction_all"
    " change_reason reasons reasons_other course_title course_level course_delivery course_hours"
    " course_reviewed course_against course_lessons course_evaluated course_observed course_completed"
    " course_materials topics topic_why topic_groups formats times_avoid times_avoid_more access"
    " access_other hard_to_reach trainer_name trainer_email trainer_topics trainer_days rooms"
    " auditor_name difference_example difference_children rag completed_by completed_role seen_by"
    " seen_on contact_is contact_name contact_email",
    "tna_short": "as_at sector source paid_staff volunteers contact_all headcount front_line in_date due_next"
    " starters inducted places completion_all induction_all reasons topics difference_example rag"
    " completed_by completed_role",
    "section11": f"{SECTION_11} seen_by seen_on",
    "section175": f"{SECTION_11}"
    " lead_name lead_role lead_trained lead_in_date update_on update_how governors_on prevent"
    " online_safety recruiters recruiter_on_panel kcsie_read supply_covered head_on governor_on",
    "report_acknowledge": "received secured secured_on secured_by",
    "report_author": "author_name author_role senior independent independent_plan briefing",
    "report_chronology": "sent_on kept_at",
    "report_draft": "sent_on kept_at parts",
    "report_final": "report_kind sent_on signatory_name signatory_role signed_on",
    "report_learning_event": "event_on author_attended invited attended",
    "report_action_plan": "actions actions_owned actions_measured sent_on",
    "report_quality": "child_visible why_answered sources_clear no_hindsight follow measurable outcome"
    " points",
    "assurance": "change affected not_affected_reason updated courses updated_on update_planned changed"
    " changed_how"
    " checked_by target trained will_know evidence_requested evidence evidence_files help declared_by",
    "acknowledge": "staff planned teams",
    "cascade": "shared how first_shared staff reached basis groups teams_missed said changes barriers help"
    " evidence evidence_files survey",
    "action_evidence": "action_reference action_text action_owner action_due action_measure months status"
    " not_needed_reason completed_on done happened happened_at happened_files embedded audit_n audit_on"
    " difference difference_how baseline latest figure_n figure_on sure undo next_check"
    " next_check_owner delay_reason new_due delay_risk help new_starter new_starter_how recommend",
    "bulletin": "forwarded",
    "s1": f"{MANAGER}"
    " works_for work supervises heard heard_how main_message message confident used did in_the_way"
    " procedures prefer more",
    "s2": MANAGER,
    "s3_before": "knowledge confidence wish",
    "s3_day": "useful clear pace venue access_met access_unmet knowledge confidence check_1 check_2 pledge"
    " pledge_by might_stop mix gender ethnicity disability follow_up",
    "s4": "pledge pledge_done knowledge confidence changed did example difference difference_more in_the_way"
    " talked passed_on passed_to manager_link",
    "manager_confirmation": "change_seen change_shown",
}
OFFERED = {
    "tna.sector": 13, "tna.source": 3, "tna.level": 4, "tna.reasons": 9, "tna.course_delivery": 5,
    "tna.course_against": 5, "tna.course_evaluated": 5, "tna.topics": 18, "tna.topic_why": 6,
    "tna.topic_groups": 6, "tna.formats": 6, "tna.access": 5, "tna.rag": 3, "section11.t1_score": 5,
    "report_draft.parts": 14, "report_quality.measurable": 3, "assurance.change": 4, "assurance.affected": 3,
    "assurance.updated": 4, "assurance.changed": 6, "assurance.will_know": 5, "assurance.help": 4,
    "action_evidence.status": 5, "action_evidence.happened": 6, "action_evidence.embedded": 6,
    "action_evidence.difference": 4, "action_evidence.sure": 5, "action_evidence.recommend": 3,
    "cascade.shared": 4, "cascade.how": 8, "cascade.basis": 3, "cascade.groups": 6, "cascade.changes": 7,
    "s1.work": 7, "s1.heard": 4, "s1.heard_how": 9, "s1.message": 5, "s1.confident": 5, "s1.used": 3,
    "s1.did": 10, "s1.in_the_way": 7, "s1.procedures": 3, "s2.supervised": 4, "s2.covered": 4,
    "s2.practice_seen": 6, "s2.how_known": 7, "s2.help": 6, "s3_day.useful": 5, "s3_day.pace": 3,
    "s3_day.knowledge": 10, "s4.pledge_done": 4, "s4.changed": 5, "s4.did": 12, "s4.difference": 8,
    "manager_confirmation.change_seen": 4,
}  # fmt: skip


@pytest.mark.parametrize("key", ASKED)
def test_a_staff_form_asks_everything_it_should(key: str) -> None:
    asked = set(library.load(key, 1).every)
    assert set(ASKED[key].split()) - asked == set()


@pytest.mark.parametrize("place", OFFERED)
def test_every_choice_is_offered(place: str) -> None:
    key, _, name = place.partition(".")
    question = library.load(key).every[name]
    assert isinstance(question, Chosen)
    assert len(question.listed) == OFFERED[place]


def test_the_short_form_is_one_page_and_joins_up_with_the_long_one() -> None:
    short, long = library.load("tna_short"), library.load("tna")
    assert [page.is_last for page in pages(short, {}, (), {}, TODAY)] == [True]
    same = {"as_at", "sector", "headcount", "in_date", "completion_all", "reasons", "topics", "rag"}
    assert {name: short.every[name].kind for name in same} == {name: long.every[name].kind for name in same}


def test_the_right_message_never_comes_first_or_last() -> None:
    question = library.load("s1").questions["message"]
    assert isinstance(question, Chosen)
    assert "right" in [choice.value for choice in question.listed][1:-2]
