"""The kinds of question there are: a new one is a module here and a line in `cells`."""

from typing import Annotated, TypeAlias

from pydantic import Field as Setting

from surveys.kinds.cells import AnyCell
from surveys.kinds.table import Matrix, Repeat

AnyQuestion: TypeAlias = Annotated[AnyCell | Matrix | Repeat, Setting(discriminator="kind")]
