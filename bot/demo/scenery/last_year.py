"""Last year: what two agencies said on paper in autumn 2025, as the coordinator typed it in."""

from collections.abc import Iterable, Mapping

#: The agency whose return the script fills in and signs, and the one whose return is left to a visitor.
PLAYED = "Kennet Royal Hospital NHS Trust"
LEFT = "Vale and Downs College"

Typed = dict[str, list[str]]
#: The six groups of a workforce: headcount, level needed, in date, due next, starters, inducted, places.
Group = tuple[int, str, int, int, int, int, int]
#: What is asked of a group that has people in it, after the headcount.
COLUMNS = ("level", "in_date", "due_next", "starters", "inducted", "places")
CONTACTS = ("representative", "deputy", "line_manager", "board_member")


def _typed(groups: Iterable[Group], answers: Mapping[str, str]) -> Typed:
    """Fields as they are typed; several choices of one question stand with spaces between, after a `*`."""
    raw: Typed = {
        "as_at": ["30/9/2025"],
        "seen_on": ["4/11/2025"],
        **{f"contacts.{line}.contact_is": ["same"] for line in CONTACTS},
    }
    for line, (headcount, *rest) in enumerate(groups, start=1):
        raw[f"groups.g{line}.headcount"] = [str(headcount)]
        if headcount:
            raw |= {f"groups.g{line}.{name}": [str(told)] for name, told in zip(COLUMNS, rest, strict=True)}
    return raw | {name: text[1:].split() if text[0] == "*" else [text] for name, text in answers.items()}


#: What each agency said, by its name.
TOLD: Mapping[str, Typed] = {
    PLAYED: _typed(
        (
            (160, "l1", 131, 40, 22, 19, 0),
            (420, "l2", 318, 150, 61, 50, 20),
            (510, "l3", 362, 190, 70, 58, 45),
            (24, "l3", 22, 9, 3, 3, 6),
            (96, "l3", 70, 30, 8, 6, 12),
            (18, "l1", 12, 6, 2, 1, 4),
        ),
        {
            "sector": "health",
            "source": "system",
            "paid_staff": "1228",
            "volunteers": "64",
            "contact_all": "no",
            "reasons": "*release records",
            "courses": "1",
            "courses.1.course_title": "Safeguarding children on the wards",
            "courses.1.course_level": "l3",
            "courses.1.course_delivery": "in_person",
            "courses.1.course_hours": "3",
            "courses.1.course_reviewed": "12/5/2025",
            "courses.1.course_against": "*working_together local",
            "courses.1.course_lessons": "own",
            "courses.1.course_evaluated": "*form supervision",
            "courses.1.course_completed": "214",
            "courses.1.course_materials": "yes",
            "topics": "*neglect infants voice",
            "topic_needs.1.topic_why": "audit",
            "topic_needs.1.topic_groups": "*g2 g3",
            "topic_needs.2.topic_why": "lesson",
            "topic_needs.2.topic_groups": "*g3 g4",
            "topic_needs.3.topic_why": "inspection",
            "topic_needs.3.topic_groups": "g3",
            "formats": "*half_day seven_minute",
            "times_avoid": "*mornings school_holidays",
            "hard_to_reach": "Night staff of the children's ward",
            "rooms": "The seminar room, twenty places, step-free",
            "difference_example": "Nurses now write down who came with a child, and ring when nobody did.",
            "rag": "amber",
            "completed_by": "Samuel Okonedo",
            "completed_role": "Named nurse, safeguarding children",
            "seen_by": "Chidi Rosewarne",
        },
    ),
    LEFT: _typed(
        (
            (44, "l1", 41, 10, 5, 5, 0),
            (190, "l2", 133, 70, 28, 21, 15),
            (36, "l3", 25, 12, 4, 3, 8),
            (5, "l3", 5, 2, 0, 0, 2),
            (22, "l2", 17, 6, 2, 2, 4),
            (13, "l1", 9, 4, 3, 2, 3),
        ),
        {
            "sector": "college",
            "source": "spreadsheet",
            "paid_staff": "296",
            "volunteers": "14",
            "contact_all": "yes",
            "reasons": "*turnover no_places",
            "courses": "1",
            "courses.1.course_title": "Keeping students safe: the yearly update",
            "courses.1.course_level": "l2",
            "courses.1.course_delivery": "mixed",
            "courses.1.course_hours": "2.5",
            "courses.1.course_reviewed": "18/8/2025",
            "courses.1.course_against": "*sector local",
            "courses.1.course_lessons": "none",
            "courses.1.course_evaluated": "form",
            "courses.1.course_completed": "251",
            "courses.1.course_materials": "yes",
            "topics": "*exploitation self_harm",
            "topic_needs.1.topic_why": "staff",
            "topic_needs.1.topic_groups": "*g2 g3",
            "topic_needs.2.topic_why": "trend",
            "topic_needs.2.topic_groups": "g2",
            "formats": "*lunchtime e_learning",
            "times_avoid": "exams",
            "difference_example": "Tutors now ask about home when a student's attendance drops, and note it.",
            "rag": "amber",
            "completed_by": "Stefan Rudge",
            "completed_role": "Head of student support",
            "seen_by": "Maureen Swift-Payne",
        },
    ),
}
