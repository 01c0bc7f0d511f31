"""Judging: the one way in which answers are accepted or sent back, from every surface."""

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from messages.chasing.chase import SENT_BACK
from messages.letters.beside import ensure_words
from messages.letters.returning import due_again
from messages.writing.tone import blame
from store.answers.judgement import Outcome
from store.asking.ask import Ask
from store.database import Session
from surveys.answering.intake import Refusal
from surveys.judging import judging
from surveys.judging.judging import Judged, Verdict


def accept(
    session: Session,
    asked: Ask,
    verdict: Verdict,
    now: datetime,
    by: str,
    *,
    seen: UUID | None = None,
    again: bool = False,
) -> Judged | Refusal:
    """Accept the answer that counts; with points they are for the next time, and nothing is asked again."""
    if refused := hear_tone(verdict):
        return Refusal(refused)
    outcome = Outcome.WITH_POINT if verdict.points else Outcome.ACCEPTED
    whole = replace(verdict, outcome=outcome)
    return judging.judge(session, asked.id, whole, now, by, seen=seen, again=again)


def send_back(
    session: Session,
    asked: Ask,
    verdict: Verdict,
    now: datetime,
    by: str,
    zone: ZoneInfo,
    *,
    due: date | None = None,
    seen: UUID | None = None,
    again: bool = False,
) -> Judged | Refusal:
    """Ask again what was answered, with points, by a day or within ten working days."""
    if refused := hear_tone(verdict):
        return Refusal(refused)
    day = due_again(session, asked, now, zone, due)
    if day <= now.astimezone(zone).date():
        return Refusal(f"{day:%d/%m/%Y} leaves no day to look at it again: name a later one")
    judged = judging.judge(session, asked.id, verdict, now, by, due_on=day, seen=seen, again=again)
    if isinstance(judged, Judged):
        ensure_words(session, asked.step_id, SENT_BACK, now, by)
    return judged


def hear_tone(verdict: Verdict) -> str:
    """Why the words of a verdict may not go to anybody; empty where they may."""
    texts = [point.text for point in verdict.points]
    texts += [score.because for score in verdict.scores.values()]
    for text in (*texts, verdict.decision):
        if found := blame(text):
            return f"'{found[0]}' sounds like blame; say what is still needed or offer help"
    return ""
