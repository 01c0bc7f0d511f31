"""The kinds of question that may stand in a line of a matrix or an entry of a repeat."""

from typing import Annotated, TypeAlias

from pydantic import Field as Setting

from surveys.kinds.calculated import Calculated
from surveys.kinds.choice import Faces, Multiple, Single, YesNo
from surveys.kinds.date import Date
from surveys.kinds.decimal import Decimal
from surveys.kinds.file import File
from surveys.kinds.integer import Integer
from surveys.kinds.note import Help, Note
from surveys.kinds.ranking import Ranking
from surveys.kinds.scale import Scale
from surveys.kinds.text import LongText, Reference, Text

AnyCell: TypeAlias = Annotated[
    Text
    | LongText
    | Reference
    | Integer
    | Decimal
    | Date
    | Single
    | Multiple
    | YesNo
    | Scale
    | Faces
    | Ranking
    | File
    | Note
    | Help
    | Calculated,
    Setting(discriminator="kind"),
]
