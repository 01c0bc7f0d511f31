"""The columns of a sheet of actions: each heading on the way out, and other spellings on the way in."""

from collections.abc import Mapping

#: By key: the heading that an export gives it, then what else people write.
ACTION_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "reference": (
        "Action reference",
        "reference",
        "ref",
        "action ref",
        "action no",
        "action number",
        "action id",
    ),
    "agency": ("Agency",),
    "lesson": ("Lesson", "lesson code", "lesson number", "lesson reference"),
    "review": ("Review", "case review", "review reference", "review name", "source review"),
    "action": (
        "Action",
        "action text",
        "action to be taken",
        "agreed action",
        "promised change",
        "what is to be done",
        "what will be done",
    ),
    "owner": (
        "Owner",
        "action owner",
        "lead",
        "lead officer",
        "lead person",
        "owned by",
        "person responsible",
        "responsible",
        "responsible officer",
    ),
    "agreed_on": ("Agreed on", "action plan date", "agreed", "date agreed", "plan date", "plan agreed on"),
    "original_due_on": (
        "First due date",
        "first due",
        "first due on",
        "original deadline",
        "original due",
        "original due date",
    ),
    "due_on": (
        "Due date",
        "by when",
        "completion date",
        "current due date",
        "deadline",
        "due",
        "due by",
        "due on",
        "revised due date",
        "target date",
        "timescale",
    ),
    "measure": (
        "Measure of success",
        "how will we know",
        "how we will know",
        "intended outcome",
        "measure",
        "success criteria",
        "success measure",
    ),
    "baseline": ("Baseline", "baseline value", "starting point", "where we are now"),
    "baseline_on": ("Baseline date", "baseline on", "date of baseline"),
    "target": ("Target", "target value", "what is aimed for"),
    "state": ("State", "action state", "action status", "status"),
    "closed_on": ("Closed on", "date closed", "closure date"),
    "why": ("Why", "reason", "reason for closing", "why closed"),
}
#: What makes a sheet one of actions.
ACTION_FACTS = frozenset({"reference", "action", "agency"})
#: What can change in an action that is there; its first due date stays.
COMPARED = (
    "text",
    "owner",
    "lesson",
    "review",
    "agreed_on",
    "due_on",
    "measure",
    "baseline",
    "baseline_on",
    "target",
    "state",
    "closed_on",
    "why",
)
