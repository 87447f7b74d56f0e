"""How months and yes or no are written: data beside this module, read and checked once."""

from functools import cache, cached_property
from pathlib import Path

import yaml

from signaal.schemas.column import Frozen


class Spellings(Frozen):
    """Words in lower case; spellings.yaml says what each list is for."""

    months: tuple[tuple[str, ...], ...]
    is_true: tuple[str, ...]
    is_false: tuple[str, ...]

    def month(self, name: str) -> int:
        """The number of a month by its name, 0 for no month."""
        return self._months.get(name.lower(), 0)

    @cached_property
    def _months(self) -> dict[str, int]:
        return {name: number for number, names in enumerate(self.months, start=1) for name in names}


@cache
def spellings() -> Spellings:
    """The words that ship with the program."""
    text = (Path(__file__).parent / "spellings.yaml").read_text(encoding="utf-8")
    return Spellings.model_validate(yaml.safe_load(text))
