"""Reads hierarchies: those that ship, and those of a project's own in its folder."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import yaml
from pydantic import TypeAdapter, ValidationError

from signaal.anonymise.table.hierarchies.definition import (
    DEFINITION,
    KINDS,
    Definition,
    TableDefinition,
    tables_of,
)
from signaal.anonymise.table.hierarchies.hierarchy import Hierarchy
from signaal.anonymise.table.hierarchies.rows import TableError
from signaal.schemas.column import Name
from signaal.schemas.errors import ConfigurationError, yaml_problem

BUILT_IN = Path(__file__).parent / "data"
_NO_KIND = frozenset({"union_tag_invalid", "union_tag_not_found", "model_attributes_type"})
_NAME: TypeAdapter[str] = TypeAdapter(Name)


def load_hierarchies(folder: Path | None = None) -> dict[str, Hierarchy]:
    """The hierarchies that ship, and over them those of a folder, by name; a folder is read each time.

    A hierarchy is a ``.yaml`` or ``.yml`` file that says of what kind it is, or a ``.csv`` file: a value
    and its label on each coarser level, below a line with the names of the levels. It bears the name of
    its file.

    Raises:
        ConfigurationError: a file is not right; which one, where, and what to do.
    """
    own = _read(folder) if folder is not None and folder.is_dir() else {}
    return {**_built_in(), **own}


@cache
def _built_in() -> dict[str, Hierarchy]:
    return _read(BUILT_IN)


def _read(folder: Path) -> dict[str, Hierarchy]:
    definitions = {path: _definition(path) for path in _files(folder, ".yaml", ".yml")}
    named = {file for definition in definitions.values() for file in tables_of(definition)}
    for path in _files(folder, ".csv"):
        if path.name not in named:
            definitions[path] = TableDefinition(kind="table", table=path.name)
    names = [path.stem for path in definitions]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise ConfigurationError(f"hierarchy {twice[0]} is in two files; remove one of them")
    return {path.stem: _hierarchy(path, definition) for path, definition in definitions.items()}


def _files(folder: Path, *suffixes: str) -> list[Path]:
    return sorted(
        path
        for path in folder.iterdir()
        if path.suffix.lower() in suffixes and path.is_file() and not path.name.startswith(".")
    )


def _definition(path: Path) -> Definition:
    try:
        return DEFINITION.validate_python(yaml.safe_load(path.read_text(encoding="utf-8-sig")))
    except ValidationError as error:
        problem = _problem(error)
    except (yaml.YAMLError, ValueError, TypeError, RecursionError, OSError) as error:
        problem = yaml_problem(error)
    raise ConfigurationError(f"{path.name}: {problem}")


def _problem(error: ValidationError) -> str:
    """The first thing that is wrong: where, and what."""
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    if first["type"] in _NO_KIND:
        return f"kind must be one of {', '.join(KINDS)}; say which one"
    # Parts with a bracket are pydantic's own names for the types that may stand there.
    field = ".".join(str(part) for part in first["loc"][1:] if "[" not in str(part))
    what = first["msg"].removeprefix("Value error, ")
    return f"{field}: {what}; correct it" if field else f"{what}; correct it"


def _hierarchy(path: Path, definition: Definition) -> Hierarchy:
    """Builds a hierarchy of which the names are such that a declaration can give them."""
    if not _is_name(path.stem):
        raise ConfigurationError(
            f"{path.name}: a hierarchy is called by small letters, digits and _; rename it"
        )
    for file in tables_of(definition):
        if Path(file).name != file:
            raise ConfigurationError(f"{path.name}: a table must be in the same folder; give its name alone")
    try:
        hierarchy = replace(definition.build(path.stem, path.parent), finest=definition.finest)
    except TableError as error:
        problem = str(error)
    else:
        if hierarchy.finest not in {None, *hierarchy.levels}:
            raise ConfigurationError(f"{path.name}: finest names no level of its own; give one of its levels")
        if all(map(_is_name, hierarchy.levels)) and len(set(hierarchy.levels)) == len(hierarchy.levels):
            return hierarchy
        problem = (
            f"{path.name}: each level needs a name of its own of small letters, digits and _, such as "
            "wijk; rename the levels"
        )
    raise ConfigurationError(problem)


def _is_name(text: str) -> bool:
    try:
        return bool(_NAME.validate_python(text))
    except ValidationError:
        return False
