from collections.abc import Callable
from pathlib import Path

import pytest

from signaal.intake.match import declaration_for
from signaal.schemas.batch import InboxFile
from signaal.schemas.declaration import Declaration
from signaal.schemas.errors import Code, FileNotTakenError

Declared = Callable[..., Declaration]


def inbox_file(name: str) -> InboxFile:
    return InboxFile(Path("/inbox") / name, name, "0123456789")


@pytest.mark.parametrize(
    ("glob", "name", "taken"),
    [
        ("*.txt", "a.txt", True),
        ("*.txt", "zuid/oost/a.txt", True),
        ("*.txt", "a.txt.md", False),
        ("*.TXT", "a.txt", True),
        ("notitie*.txt", "Zuid/NOTITIE 3.TXT", True),
        ("één*.txt", "e\u0301e\u0301n brief.txt", True),
        ("zuid/*.txt", "zuid/a.txt", True),
        ("zuid/*.txt", "zuid/oost/a.txt", False),
        ("zuid/*.txt", "noord/zuid/a.txt", False),
        ("./zuid/*.txt", "zuid/a.txt", True),
        ("zuid/**/*.txt", "zuid/a.txt", True),
        ("zuid/**/*.txt", "zuid/oost/west/a.txt", True),
        ("**/zuid/*", "noord/zuid/a.txt", True),
        ("zuid/**", "zuid/oost/a.txt", True),
        ("zuid/**", "noord/a.txt", False),
        ("golf [0-9].csv", "golf 3.csv", True),
        ("golf ?.csv", "golf 12.csv", False),
    ],
)
def test_globs_take_names_whatever_their_capitals(
    declared: Declared, glob: str, name: str, taken: bool
) -> None:
    declaration = declared(files=[glob])
    if taken:
        assert declaration_for(inbox_file(name), [declaration]) is declaration
    else:
        with pytest.raises(FileNotTakenError):
            declaration_for(inbox_file(name), [declaration])


def test_a_file_that_nobody_declares_says_which_proposal_to_run(declared: Declared) -> None:
    with pytest.raises(FileNotTakenError) as caught:
        declaration_for(inbox_file("Fatima Yilmaz.csv"), [declared()])
    assert caught.value.code is Code.NO_DECLARATION
    assert "`signaal propose 0123456789.csv`" in caught.value.message
    assert "Fatima" not in caught.value.message


def test_a_file_that_no_declaration_could_help_says_so(declared: Declared) -> None:
    with pytest.raises(FileNotTakenError) as caught:
        declaration_for(inbox_file("verslag.fatima"), [declared()])
    assert caught.value.code is Code.UNKNOWN_FORMAT
    assert "fatima" not in caught.value.message


def test_a_file_that_two_sources_take_names_both(declared: Declared) -> None:
    with pytest.raises(FileNotTakenError, match="sources notities and verslagen") as caught:
        declaration_for(inbox_file("a.txt"), [declared(), declared(name="verslagen", files=["a*"])])
    assert caught.value.code is Code.TWO_DECLARATIONS
