"""Who may import whom, as DESIGN says: the road runs one way."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "src" / "signaal"
STAGES = ("schemas", "intake", "anonymise", "validation", "store")
MODULES = [path for stage in STAGES for path in sorted((PACKAGE / stage).rglob("*.py"))]
LONGEST_MODULE = 350


def imported(module: Path) -> set[str]:
    """The packages of ours that a module imports."""
    names = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
        elif isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
    return {name.split(".")[1] for name in names if name.startswith("signaal.")}


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_stage_imports_the_contracts_and_itself_only(module: Path) -> None:
    stage = module.relative_to(PACKAGE).parts[0]
    assert imported(module) <= {"schemas", stage}


@pytest.mark.parametrize(
    "module", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE))
)
def test_a_module_fits_in_a_readers_head(module: Path) -> None:
    assert len(module.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE
    assert module.stem not in {"utils", "helpers", "manager", "misc"}
