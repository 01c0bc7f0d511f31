"""The kinds of question there are: a new one is a module here and a line below."""

from typing import Annotated

from pydantic import Field as Setting

from surveys.kinds.choice import Multiple, Single, YesNo
from surveys.kinds.date import Date
from surveys.kinds.integer import Integer
from surveys.kinds.note import Note
from surveys.kinds.text import LongText, Reference, Text

AnyQuestion = Annotated[
    Text | LongText | Reference | Integer | Date | Single | Multiple | YesNo | Note,
    Setting(discriminator="kind"),
]
