"""The words a directory may use: sectors, roles, languages and calendars, with the synonyms people type."""

import re
from enum import StrEnum

#: The calendar of agencies that work Monday to Friday except on England's bank holidays.
OFFICE = "office"


class Sector(StrEnum):
    """What kind of agency it is; lessons choose by it, and schools have a ladder of their own."""

    SOCIAL_CARE = "children's social care"
    EDUCATION = "education"
    SCHOOL = "school"
    PRIMARY_SCHOOL = "primary school"
    SECONDARY_SCHOOL = "secondary school"
    SPECIAL_SCHOOL = "special school"
    COLLEGE = "college"
    EARLY_YEARS = "early years"
    PUBLIC_HEALTH = "public health"
    HEALTH = "health"
    PRIMARY_CARE = "primary care"
    AMBULANCE = "ambulance"
    HOUSING = "housing"
    YOUTH_JUSTICE = "youth justice"
    POLICE = "police"
    PROBATION = "probation"
    FIRE = "fire and rescue"
    FAMILY_COURT = "family court"
    VOLUNTARY = "voluntary"
    CHILDRENS_HOME = "children's home"
    SPORT = "sport and leisure"
    FAITH = "faith"
    LAY_MEMBER = "lay member"
    OTHER = "other"

    @property
    def is_school(self) -> bool:
        """Whether escalation goes to a chair of governors."""
        return self in (Sector.SCHOOL, Sector.PRIMARY_SCHOOL, Sector.SECONDARY_SCHOOL, Sector.SPECIAL_SCHOOL)


class Role(StrEnum):
    """A seat that an agency must fill."""

    REPRESENTATIVE = "training representative"
    DEPUTY = "deputy"
    LINE_MANAGER = "line manager"
    BOARD_MEMBER = "board member"
    CHAIR_OF_GOVERNORS = "chair of governors"
    CHIEF_OFFICER = "chief officer"
    REPORT_AUTHOR = "report author"


_SECTORS = {
    "social care": Sector.SOCIAL_CARE,
    "childrens services": Sector.SOCIAL_CARE,
    "education service": Sector.EDUCATION,
    "academy": Sector.SECONDARY_SCHOOL,
    "secondary": Sector.SECONDARY_SCHOOL,
    "primary": Sector.PRIMARY_SCHOOL,
    "infant school": Sector.PRIMARY_SCHOOL,
    "junior school": Sector.PRIMARY_SCHOOL,
    "independent school": Sector.SCHOOL,
    "fe college": Sector.COLLEGE,
    "further education": Sector.COLLEGE,
    "nursery": Sector.EARLY_YEARS,
    "nhs": Sector.HEALTH,
    "gp": Sector.PRIMARY_CARE,
    "fire": Sector.FIRE,
    "youth offending": Sector.YOUTH_JUSTICE,
    "cafcass": Sector.FAMILY_COURT,
    "voluntary sector": Sector.VOLUNTARY,
    "charity": Sector.VOLUNTARY,
    "sport": Sector.SPORT,
} | {re.sub(r"[^a-z ]", "", each): each for each in Sector}

_ROLES = {
    "training rep": Role.REPRESENTATIVE,
    "representative": Role.REPRESENTATIVE,
    "rep": Role.REPRESENTATIVE,
    "training lead": Role.REPRESENTATIVE,
    "deputy representative": Role.DEPUTY,
    "deputy training representative": Role.DEPUTY,
    "deputy rep": Role.DEPUTY,
    "manager": Role.LINE_MANAGER,
    "lscb member": Role.BOARD_MEMBER,
    "governors chair": Role.CHAIR_OF_GOVERNORS,
    "chief executive": Role.CHIEF_OFFICER,
    "chief constable": Role.CHIEF_OFFICER,
    "director": Role.CHIEF_OFFICER,
    "chair of governing body": Role.CHAIR_OF_GOVERNORS,
    "author": Role.REPORT_AUTHOR,
    "management report author": Role.REPORT_AUTHOR,
} | {each.value: each for each in Role}

_LANGUAGES = {
    "arabic": "ar",
    "english": "en",
    "nepali": "ne",
    "polish": "pl",
    "portuguese": "pt",
    "punjabi": "pa",
    "romanian": "ro",
    "ukrainian": "uk",
    "urdu": "ur",
    "welsh": "cy",
}

#: What people type where there is nobody.
VACANT = frozenset({"", "-", "\N{EN DASH}", "\N{EM DASH}", "n/a", "none", "tbc", "vacancy", "vacant"})


def fold(text: str) -> str:
    """The form in which names are compared: one case, single spaces."""
    return " ".join(text.casefold().split())


def simplify(text: str) -> str:
    """The form in which headings and fixed words are compared: letters, figures and single spaces."""
    return " ".join(
        re.sub(r"[^a-z0-9]+", " ", re.sub("['\N{RIGHT SINGLE QUOTATION MARK}]", "", text.casefold())).split()
    )


def find_sector(text: str) -> Sector | None:
    """The sector meant, or None where the word is not known."""
    return _SECTORS.get(simplify(text))


def find_role(text: str) -> Role | None:
    """The role meant, or None where the word is not known."""
    return _ROLES.get(simplify(text))


def find_language(text: str) -> str | None:
    """A language tag such as `en` from a tag or an English name, or None (BCP 47, the short forms)."""
    word = fold(text)
    if re.fullmatch(r"[a-z]{2,3}(-[a-z0-9]{2,8}){0,2}", word):
        return word
    return _LANGUAGES.get(word)


def find_calendar(text: str) -> str | None:
    """`office`, or `school: <term set>`; None where it is neither."""
    if simplify(text) in ("office", "en office"):
        return OFFICE
    kind, colon, term_set = text.partition(":")
    if fold(kind) == "school" and colon and term_set.strip():
        return f"school: {term_set.strip()}"
    return None


def name_term_set(calendar: str) -> str | None:
    """The set of terms a school calendar names, or None for an office calendar."""
    return calendar.removeprefix("school: ") if calendar.startswith("school: ") else None
