"""The press: letters compiled once for each version of words, and composed for each reader."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from importlib.resources import files
from uuid import UUID

from messages.gathering.bundle import UPPER, Bundle, bundle, carries_lesson, invites, particular_to
from messages.gathering.digest import CompiledDigest, DigestSpec, compile_digest
from messages.gathering.joined import join_letters
from messages.letters.identity import Identity
from messages.letters.message import Message
from messages.letters.mime import Envelope, MimeSkeleton, assemble, build_skeleton
from messages.letters.render import CompiledLetter, Kind, Layout, Lesson, LetterSpec, Rendered, compile_letter
from messages.proof.links import two_digits
from messages.proof.passcodes import write_passcode
from messages.sending.alerts import write_alert
from messages.writing.expressions import LetterError
from messages.writing.variables import KNOWN, LAST_TIME, MILESTONES, POINTS, SURVEY_LINK, greet
from messages.writing.words import PreparedWords, prepare
from store.asking.campaign import MailKind
from store.asking.lesson import Lesson as LessonRow
from store.letters.outbox import Claimed, Owed
from store.letters.passcode import CodeSent
from store.letters.stationery import Stationery
from store.people.person import first_name_of
from store.people.standing import CONTRIBUTOR

#: What the button says, where a step's letters carry one.
BUTTON = "Answer now"
#: Digests kept compiled, of as many as there are ways to put things together.
MOST_DIGESTS = 256
#: What readers of one compiled digest have in common: boards, campaign, words, parts, lessons and heading.
DigestKey = tuple[tuple[UUID, ...], UUID | None, str, tuple[str | UUID, ...], tuple[UUID, ...], str]
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(slots=True)
class Press:
    """Composes finished messages. Not for use from two threads at once."""

    identity: Identity
    stationery: dict[UUID, Stationery] = field(default_factory=dict)
    _letters: dict[UUID, CompiledLetter] = field(default_factory=dict)
    _digests: dict[DigestKey, CompiledDigest] = field(default_factory=dict)
    _skeletons: dict[tuple[UUID, str], MimeSkeleton] = field(default_factory=dict)

    def missing(self, claimed: tuple[Claimed, ...]) -> set[UUID]:
        """The versions of words that have to be fetched before these can be composed."""
        return {part.words_id for one in claimed for part in one.owed} - self.stationery.keys()

    def compose(self, claimed: Claimed, now: datetime, deadline: float) -> Message:
        """Write one message. Raises LetterError where the words cannot be written for this reader."""
        if isinstance(claimed.alert, CodeSent):
            return write_passcode(claimed, claimed.alert, self.identity, deadline)
        if claimed.alert is not None:
            return write_alert(claimed, claimed.alert, self.identity, deadline)
        sheet = self.stationery[claimed.owed[0].words_id]
        rendered = self.render(claimed, now.astimezone(self.identity.zone).date())
        subscription = sheet.campaign.kind is MailKind.SUBSCRIPTION
        reference = self.identity.reference(claimed.delivery_id)
        envelope = Envelope(
            message_id=self.identity.message_id(claimed.delivery_id),
            # The moment it was made, so that a second sending is the same letter to the byte.
            date=claimed.made_at.astimezone(self.identity.zone),
            to_name=claimed.name,
            to_address=claimed.address,
            reply_to=self.identity.reply_to(reference),
            unsubscribe=self.identity.unsubscribe_link(sheet.board.id, claimed.person_id)
            if subscription
            else "",
        )
        body = assemble(self._skeleton(sheet, claimed.language), envelope, rendered)
        return Message(self.identity.bounce_to(reference), body, deadline, is_wire=True)

    def render(self, claimed: Claimed, today: date) -> Rendered:
        """What one reader gets, before it becomes a message."""
        if len(claimed.owed) == 1:
            [part] = claimed.owed
            return self._letter(part.words_id).render(self._values(claimed, part, today))
        made = bundle(claimed.owed, self.stationery, today)
        parts = [[self._item(claimed, part, made, today) for part in some] for some in made.parts.values()]
        values = self._values(claimed, claimed.owed[0], today) | {"count": str(len(claimed.owed))}
        values["minutes_in_all"] = str(sum(int(str(item["minutes"])) for some in parts for item in some))
        if not made.lessons:
            values["lesson_title"] = values["message"] = ""  # as beside a survey, where no lesson travels
        return self._digest(claimed, made).render(values, *parts)

    def _item(self, claimed: Claimed, part: Owed, made: Bundle, today: date) -> dict[str, object]:
        """What one thing of several brings."""
        item = self._values(claimed, part, today)
        board = self.stationery[part.words_id].board
        if len({self.stationery[each.words_id].board.id for each in claimed.owed}) > 1:
            # The foot of the message has room for one board's contact; each item then names its own.
            item["asked_by"] = f"{board.name} ({board.contact_name}, {board.contact_email})"
        same = item["campaign_title"] == item["ask_title"]
        item["campaign_title"] = f"{'Reference' if same else item['campaign_title']} [{item['reference']}]"
        if SURVEY_LINK in item:
            # The words that show the link are not in a digest, so each part shows its own.
            item["campaign_title"] = f"To send on: {item[SURVEY_LINK]} ({item['campaign_title']})"
        long = "the lesson is too long for this message and stands on the page"
        left_out = made.leaves_out(part, self.stationery[part.words_id])
        particular = [particular_to(part), long if left_out else ""]
        item["agency"] = "; ".join(filter(None, (part.agency, *particular)))
        return item

    def invites(self, words_id: UUID) -> bool:
        """Whether words whose stationery is here carry a survey's link."""
        return invites(self.stationery[words_id])

    def letter(self, sheet: Stationery) -> CompiledLetter:
        """Compile a letter, as the plan does for every rung. Raises LetterError when it cannot be."""
        upper = sheet.words.role in UPPER
        return compile_letter(
            LetterSpec(
                words=_prepared(sheet),
                heading=sheet.campaign.title,
                fixed=self._fixed(sheet),
                kind=_kind(sheet),
                button="" if upper else BUTTON,
                layout=Layout(sheet.campaign.values.get("layout", Layout.LETTER)),
                lesson=_lesson(sheet.lesson) if carries_lesson(sheet) else None,
            )
        )

    def _letter(self, words_id: UUID) -> CompiledLetter:
        compiled = self._letters.get(words_id)
        if compiled is None:
            compiled = self._letters[words_id] = self.letter(self.stationery[words_id])
        return compiled

    def _digest(self, claimed: Claimed, made: Bundle) -> CompiledDigest:
        sheets = [self.stationery[part.words_id] for part in claimed.owed]
        boards = {sheet.board.id: sheet.board.name for sheet in sheets}
        # What one digest is made of, so that the next like it is not drawn again.
        own = tuple(part.words_id for part in claimed.owed) if made.words == "joined" else tuple(made.parts)
        campaign = sheets[0].campaign.id if made.words == "first" else None
        key = (
            tuple(boards),
            campaign,
            made.words,
            own,
            tuple(lesson.id for lesson in made.lessons),
            made.heading,
        )
        compiled = self._digests.get(key)
        if compiled is None:
            # Boards that share a message are all named above it, and each item says whose it is.
            fixed = self._fixed(sheets[0]) | {"board": " and ".join(boards.values())}
            lessons = tuple(Lesson(one.title, one.message, one.body) for one in made.lessons)
            words = _shipped_digest(made.words)
            if len(self._digests) >= MOST_DIGESTS:
                self._digests.clear()
            compiled = self._digests[key] = (
                join_letters(words, [_prepared(sheet) for sheet in sheets], made.heading, fixed, lessons)
                if made.words == "joined"
                else compile_digest(
                    DigestSpec(words, made.heading, fixed, lessons=lessons, parts=tuple(made.parts))
                )
            )
        return compiled

    def _skeleton(self, sheet: Stationery, language: str) -> MimeSkeleton:
        key = (sheet.board.id, language)
        if key not in self._skeletons:
            self._skeletons[key] = build_skeleton(sheet.board.name, self.identity.mailbox, language)
        return self._skeletons[key]

    def _day_of(self, moment: datetime | None) -> str:
        return date_in_words(moment.astimezone(self.identity.zone).date()) if moment else ""

    @staticmethod
    def _fixed(sheet: Stationery) -> dict[str, str]:
        # A value of a form must not take the place of what belongs to one reader.
        own = {name: str(value) for name, value in sheet.campaign.values.items() if name not in KNOWN}
        return own | {
            "board": sheet.board.name,
            "contact_name": sheet.board.contact_name,
            "contact_email": sheet.board.contact_email,
            "contact_phone": sheet.board.contact_phone,
        }

    def _values(self, claimed: Claimed, part: Owed, today: date) -> dict[str, object]:
        sheet = self.stationery[part.words_id]
        link = self.identity.answer_link(part.ask_id, claimed.person_id, part.generation)
        first_name = first_name_of(claimed.name)
        values: dict[str, object] = {
            "greeting": greet(first_name),
            "first_name": first_name,
            "person_name": claimed.name,
            "asked_by": sheet.board.name,
            "agency": part.agency,
            "seat": part.role.replace("_", " ") if part.role != "asked" else sheet.step.role.words,
            "campaign_title": sheet.campaign.title,
            "lesson_title": sheet.lesson.title if sheet.lesson else "",
            "message": sheet.lesson.message if sheet.lesson else "",
            "ask_title": sheet.step.title,
            "due": date_in_words(part.due_on),
            "due_in_words": distance_in_words(today, part.due_on),
            "original_due": date_in_words(part.original_due_on),
            "minutes": str(part.minutes or sheet.step.minutes),
            "digits": two_digits(self.identity.keyring, part.ask_id, claimed.person_id, part.generation),
            "rung": part.rung,
            "representative": part.representative,
            "sections": str(_sections(sheet, part) or ""),
            LAST_TIME: self._day_of(part.last_time),
            "part": part.part,
            POINTS: part.points,
            MILESTONES: part.milestones,
            "count": "1",
            "minutes_in_all": str(part.minutes or sheet.step.minutes),
            "reference": f"{sheet.campaign.slug}-{part.number}",
            "link": link,
            "more_time_link": f"{link}/more-time",
            "hand_over_link": f"{link}/hand-over",
            "my_link": f"{self.identity.base_url}/my",
            "preferences_link": "",
        }
        if part.code:
            values[SURVEY_LINK] = f"{self.identity.base_url}/s/{part.code}"
        if sheet.campaign.kind is MailKind.SUBSCRIPTION:
            values["preferences_link"] = self.identity.unsubscribe_link(sheet.board.id, claimed.person_id)
        return values


def _sections(sheet: Stationery, part: Owed) -> int:
    # Only what is asked the short form has minutes of its own.
    return sheet.sections if part.minutes is None else sheet.small_sections


def _kind(sheet: Stationery) -> Kind:
    if sheet.words.role == CONTRIBUTOR:
        return Kind.INVITED
    return Kind.PERSONAL if sheet.campaign.is_personal else Kind(sheet.campaign.kind.value)


def _shipped_digest(name: str) -> PreparedWords:
    text = files("messages.layout").joinpath(f"digest-{name}.md").read_text("utf-8")
    subject, _, body = text.partition("\n")
    words = prepare(subject.removeprefix("Subject:").strip(), body.strip())
    if not isinstance(words, PreparedWords):
        raise LetterError(f"the shipped words of the {name} digest: {words[0]}")
    return words


@lru_cache(maxsize=1024)
def date_in_words(day: date) -> str:
    """A date as people say it: Friday 27 November 2026."""
    return f"{DAYS[day.weekday()]} {day.day} {day:%B %Y}"


def distance_in_words(today: date, day: date) -> str:
    """How far off a day is, as a phrase that follows a date."""
    days = (day - today).days
    near: Mapping[int, str] = {0: "today", 1: "tomorrow", -1: "yesterday"}
    if days in near:
        return near[days]
    return f"in {days} days" if days > 0 else f"{-days} days ago"


def _prepared(sheet: Stationery) -> PreparedWords:
    words = prepare(sheet.words.subject, sheet.words.body)
    if not isinstance(words, PreparedWords):
        raise LetterError(f"rung “{sheet.words.rung}” to the {sheet.words.role}: {words[0]}")
    return words


def _lesson(row: LessonRow | None) -> Lesson | None:
    return Lesson(row.title, row.message, row.body) if row is not None else None
