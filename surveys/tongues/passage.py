"""Passage: a longer text taken apart into paragraphs and sentences, so that each can stand alone."""

import re

#: The end of a sentence in the Latin and Arabic scripts, and in Devanagari and Gurmukhi.
_AFTER_SENTENCE = re.compile("(?<=[.!?\u06d4\u061f\u0964])[ \u00a0]+")


def sentences(passage: str) -> list[list[str]]:
    """A passage as paragraphs of sentences; none where it is empty. A colon or comma ends no sentence."""
    lines = (line.strip() for line in passage.splitlines())
    return [_AFTER_SENTENCE.split(line) for line in lines if line]
