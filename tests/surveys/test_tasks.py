"""A long form as a list of sections that several colleagues fill."""

from surveys.answering.answers import Answers, check
from surveys.paging.journey import advance_section, open_first
from surveys.paging.known import Earlier
from surveys.paging.pages import Page
from surveys.paging.tasks import TaskState, list_tasks, part_of, put_together
from tests.surveys.make import ask, choose, form, matrix, repeat, section, spread

PARTS = [
    section("agency", choose("single", "size", "big", "small", required=True), ask("integer", "staff")),
    section("groups", matrix("groups", "a b", ask("integer", "heads")), relevant="${size} = 'big'"),
    section("courses", repeat("courses", ask("text", "title", required=True), least=1), ask("text", "why")),
    section("hidden", ask("calculated", "sum", calculation="1", hidden=True)),
    section(
        "end", ask("text", "signed", required=True, constraint="${staff} > 0", constraint_message="Staff?")
    ),
]
NEW = form(sections=PARTS, layout="tasks")
YEARLY = form(sections=PARTS, layout="tasks", carries=True)
EARLIER: Earlier = {"last-saved": {"size": "big", "staff": 9, "groups": {"a": {"heads": 3}}, "signed": "Kim"}}
NOT_STARTED, CARRIED, BEGUN, DONE = TaskState


def states(saved: dict[str, dict[str, str]], earlier: Earlier | None = None) -> dict[str, TaskState]:
    told = {name: spread(typed) for name, typed in saved.items()}
    return {task.section: task.state for task in list_tasks(YEARLY if earlier else NEW, told, earlier)}


def test_sections_that_apply_are_listed_with_how_far_they_are() -> None:
    assert states({}) == {"agency": NOT_STARTED, "courses": NOT_STARTED, "end": NOT_STARTED}
    assert states({"agency": {"size": "big"}})["groups"] is NOT_STARTED
    assert states({"agency": {"staff": "4"}})["agency"] is BEGUN
    assert states({"agency": {"size": "small"}})["agency"] is DONE
    assert states({"courses": {"courses": "1"}})["courses"] is BEGUN
    assert states({"courses": {"courses": "0"}})["courses"] is BEGUN
    assert states({"courses": {"courses": "1", "courses.1.title": "x"}})["courses"] is DONE


def test_a_section_that_another_one_contradicts_is_not_done() -> None:
    saved = {"agency": {"size": "small", "staff": "0"}, "end": {"signed": "Kim"}}
    assert states(saved)["end"] is BEGUN
    assert states(saved | {"agency": {"size": "small", "staff": "4"}})["end"] is DONE


def test_a_section_filled_with_last_years_answers_waits_to_be_confirmed() -> None:
    assert states({}, EARLIER) == {
        "agency": CARRIED,
        "groups": CARRIED,
        "courses": NOT_STARTED,
        "end": CARRIED,
    }
    saved = {"groups": {"groups.a.heads": "3"}}
    assert states(saved, EARLIER)["groups"] is BEGUN
    ticked = {"groups": {"groups.a.heads": "3", "still_true.groups": "yes"}}
    assert states(ticked, EARLIER)["groups"] is DONE
    assert states({"groups": {"groups.a.heads": "4"}}, EARLIER)["groups"] is DONE


def test_each_section_holds_its_own_fields_and_tick_alone() -> None:
    raw = spread({"size": "big", "groups.a.heads": "1", "groups.z.heads": "1", "courses": "1", "x": "y"})
    raw |= spread({"courses.1.title": "t", "still_true.groups": "yes", "still_true.end": "yes"})
    parts = {section.name: set(part_of(section, raw)) for section in NEW.sections}
    assert parts == {
        "agency": {"size"},
        "groups": {"groups.a.heads", "still_true.groups"},
        "courses": {"courses", "courses.1.title"},
        "hidden": set(),
        "end": {"still_true.end"},
    }


def test_colleagues_who_save_different_sections_keep_each_others_answers() -> None:
    first = {"agency": spread({"size": "big", "staff": "4", "signed": "not theirs"})}
    both = first | {"end": spread({"signed": "Kim", "size": "small"})}
    whole = put_together(NEW, both, None)
    assert whole == {"size": ["big"], "staff": ["4"], "signed": ["Kim"]}


def test_a_section_nobody_saved_yet_is_as_it_was_last_time() -> None:
    whole = put_together(YEARLY, {"agency": {}}, EARLIER)
    assert whole == {"groups.a.heads": ["3"], "signed": ["Kim"]}
    assert put_together(NEW, {}, EARLIER) == {}


def test_a_section_is_walked_on_its_own_and_ends() -> None:
    raw = spread({"size": "big", "courses": "1", "courses.1.title": ""})
    page = open_first(NEW, raw, section="courses")
    assert (page.name, page.section) == ("courses.1", "courses")
    wrong = advance_section(NEW, raw, "courses", "courses")
    assert isinstance(wrong, Page)
    assert [field.id for field in wrong.errors] == ["courses.1.title"]
    raw["courses.1.title"] = ["Neglect"]
    steps = [advance_section(NEW, raw, "courses", at) for at in ("courses.1", "courses", "why")]
    assert [step and step.name for step in steps] == ["courses", "why", None]


def test_another_sections_problems_hold_nobody_up() -> None:
    assert advance_section(NEW, spread({"size": "big", "signed": ""}), "agency", "size") is None


def test_an_unknown_page_or_section_is_no_end_of_the_world() -> None:
    page = advance_section(NEW, {}, "agency", "nowhere")
    assert isinstance(page, Page)
    assert page.name == "size"
    assert advance_section(NEW, {}, "hidden", "sum") is None
    assert advance_section(NEW, {}, "gone", "") is None
    assert open_first(NEW, {}, section="gone").name == "size"
    assert open_first(NEW, {}, section="groups").name == "size"


def test_every_section_done_is_a_form_that_can_be_sent() -> None:
    saved = {
        "agency": spread({"size": "small", "staff": "4"}),
        "courses": spread({"courses": "1", "courses.1.title": "Neglect"}),
        "end": spread({"signed": "Kim"}),
    }
    assert {task.state for task in list_tasks(NEW, saved, None)} == {DONE}
    assert isinstance(check(NEW, put_together(NEW, saved, None)), Answers)
