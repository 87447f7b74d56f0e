"""What a project chose to put in the place of each kind of finding, and whether that may be."""

from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Self

import yaml
from pydantic import Field, ValidationError, model_validator

from signaal.schemas.column import Frozen
from signaal.schemas.entities import Entity
from signaal.schemas.errors import ConfigurationError
from signaal.schemas.settings import Settings

_DEFAULTS = Path(__file__).parent.parent / "replacements.yaml"


class How(StrEnum):
    """The ways; ``replacements.yaml`` says what each gives."""

    WORD = "word"
    PSEUDONYM = "pseudonym"
    NUMBERED = "numbered"
    STAND_IN = "stand_in"
    SHIFTED = "shifted"
    GENERALISED = "generalised"
    MASKED = "masked"
    REMOVED = "removed"


ONLY_FOR: dict[How, tuple[Entity, ...]] = {
    How.STAND_IN: (Entity.PERSON, Entity.LOCATION, Entity.ORGANIZATION, Entity.NL_STREET_ADDRESS),
    How.SHIFTED: (Entity.DATE_TIME,),
    How.GENERALISED: (Entity.DATE_TIME, Entity.AGE, Entity.NL_POSTCODE),
}
_WHY = {How.STAND_IN: "; an invented number or address of any other kind would hold the batch"}


class Replacement(Frozen):
    """How an entity is replaced, and the Dutch word that stands for it wherever nothing else can.

    ``bands``: the ages at which a band begins, where ages are made coarser; the last one is open.
    """

    word: Annotated[str, Field(pattern=r"^[A-Z]+(-[A-Z]+)*$")]
    how: How = How.WORD
    bands: tuple[Annotated[int, Field(ge=0, le=99)], ...] = ()


class Replacements(Frozen):
    """A replacement for every entity.

    Raises:
        ValidationError: an entity lacks one, or has one that it can't have.
    """

    of: dict[Entity, Replacement]

    @model_validator(mode="after")
    def check_ways(self) -> Self:
        """Every entity has a way, and one that it can have."""
        if missing := [entity for entity in Entity if entity not in self.of]:
            raise ValueError(f"{missing[0]} has no replacement")
        for entity, replacement in self.of.items():
            _check_way(entity, replacement.how)
            _check_bands(entity, replacement)
        return self


def _check_way(entity: Entity, how: How) -> None:
    if entity not in (allowed := ONLY_FOR.get(how, tuple(Entity))):
        names = ", ".join(allowed)
        raise ValueError(f"{entity} cannot be {how}: only {names} can{_WHY.get(how, '')}")


def _check_bands(entity: Entity, replacement: Replacement) -> None:
    bands = replacement.bands
    if entity is not Entity.AGE:
        if bands:
            raise ValueError(f"{entity} has no bands: only AGE has")
    elif not bands or bands[0] != 0 or any(one >= other for one, other in pairwise(bands)):
        raise ValueError("the bands of AGE must begin with 0 and go up")


@lru_cache
def default_replacements() -> Replacements:
    """The replacements of a project that chose none itself."""
    return Replacements.model_validate({"of": _loaded(_DEFAULTS)})


def read_replacements(settings: Settings) -> Replacements:
    """The project's replacements: the defaults, and over them what its own file says.

    Raises:
        ConfigurationError: there is no such file, or an entity in it has a replacement that can't be.
    """
    if settings.replacements is None:
        return default_replacements()
    path = settings.path(settings.replacements)
    try:
        own = _loaded(path)
    except (OSError, TypeError, UnicodeDecodeError, yaml.YAMLError):
        own = None
    if own is None:
        raise ConfigurationError(
            f"{path} is not there or no YAML of entities: write lines such as `PERSON: {{how: numbered}}`"
        )
    defaults = _loaded(_DEFAULTS)
    wrong = None
    try:
        return Replacements.model_validate(
            {"of": defaults | {entity: defaults.get(entity, {}) | chosen for entity, chosen in own.items()}}
        )
    except ValidationError as error:
        wrong = "; ".join(_said(error))
    raise ConfigurationError(f"{path.name} is not right: {wrong}; correct it")


def _said(error: ValidationError) -> Iterator[str]:
    """What is wrong, without the values that are there."""
    for each in error.errors(include_url=False, include_input=False):
        place = ".".join(str(part) for part in each["loc"] if part not in {"of", "[key]"})
        own = each.get("ctx", {}).get("error")
        known = f" (one of {', '.join(How)})" if place.endswith(".how") else ""
        yield str(own) if own else f"{place} ({each['type']}){known}"


def _loaded(path: Path) -> dict[str, dict[str, object]]:
    """The entities of a file.

    Raises:
        TypeError: it is no YAML of entities.
    """
    loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(loaded, dict) or not all(isinstance(chosen, dict) for chosen in loaded.values()):
        raise TypeError("no YAML of entities")
    return loaded
