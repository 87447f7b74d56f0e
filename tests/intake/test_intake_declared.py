import io
from collections.abc import Callable

import openpyxl
import pytest

from signaal.intake.parse import parse
from signaal.schemas.batch import Batch, Snapshot
from signaal.schemas.declaration import Declaration
from signaal.schemas.errors import Code, FileNotTakenError

Declared = Callable[..., Declaration]
ShownAs = Callable[[str, bytes], Snapshot]

LEAF = {"role": "keep"}
MEMBERS = {"parent": "_parent_index", "key": "_index", "columns": {"naam": {"role": "drop"}}}
BOOK = {
    "Huisbezoek": [["wijk", "extra", "_index"], ["Zuid", "x", 1], ["Noord", "y", 2], ["West", "z", 2]],
    "gezins\u00a0leden": [
        ["naam", "_index", "_parent_table_name", "_parent_index"],
        ["Fatima", 1, "Huisbezoek", 1],
        ["Zoë", 2, "Huisbezoek", 2],
        ["Noor", 3, "Huisbezoek", 9],
        ["Esmee", 4, "Huisbezoek", None],
        ["Imane", 5, "Huisbezoek", 1],
    ],
}


def book(*left_out: str) -> bytes:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in BOOK.items():
        if name not in left_out:
            sheet = made.create_sheet(name)
            for row in rows:
                sheet.append(row)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def parsed(snapshot: Snapshot, declaration: Declaration, mark: str = "b") -> Batch:
    return parse(snapshot, declaration, content_id="c" * 32, batch_id=mark * 32, max_text_characters=1000)


def refusal(snapshot: Snapshot, declaration: Declaration) -> FileNotTakenError:
    with pytest.raises(FileNotTakenError) as caught:
        parsed(snapshot, declaration)
    assert caught.value.code is Code.MISSING_COLUMNS
    assert caught.value.__context__ is None
    assert "Fatima" not in caught.value.message
    return caught.value


@pytest.fixture
def survey(declared: Declared) -> Declared:
    def made(**changes: object) -> Declaration:
        values = {"name": "huisbezoek", "files": ["*.xlsx"], "columns": {"wijk": LEAF}}
        return declared(**values | {"repeats": {"gezins leden": MEMBERS}} | changes)

    return made


def test_a_repeat_group_is_a_batch_whose_rows_know_their_record(snapshot: ShownAs, survey: Declared) -> None:
    declaration = survey()
    batch = parsed(snapshot("a.xlsx", book()), declaration)
    (group,) = batch.repeats
    assert group.declaration == declaration.of_repeat("gezins leden")
    assert group.table.frame.to_dict("list") == {"naam": ["Fatima", "Zoë", "Noor", "Esmee", "Imane"]}
    assert group.table.rows == (2, 3, 4, 5, 6)
    # Two records with the number 2, none with 9: who belongs to which cannot be told.
    assert group.parents == (0, -1, -1, -1, 0)
    assert group.file_id == batch.file_id
    assert batch.parents == ()


def test_what_nobody_declares_of_a_group_is_named_there(snapshot: ShownAs, survey: Declared) -> None:
    batch = parsed(snapshot("a.xlsx", book()), survey())
    assert batch.undeclared == ("extra",)
    assert batch.repeats[0].undeclared == ("_index", "_parent_table_name")
    assert list(batch.table.frame.columns) == ["wijk"]
    assert batch.table.repeats == {}


def test_the_number_of_a_record_may_be_a_column_as_well(snapshot: ShownAs, survey: Declared) -> None:
    batch = parsed(snapshot("a.xlsx", book()), survey(columns={"wijk": LEAF, "_index": LEAF}))
    assert list(batch.table.frame["_index"]) == ["1", "2", "2"]
    assert batch.repeats[0].parents == (0, -1, -1, -1, 0)


def test_a_sheet_that_nobody_declares_is_left_out_and_named(snapshot: ShownAs, survey: Declared) -> None:
    batch = parsed(snapshot("a.xlsx", book()), survey(repeats={}))
    assert batch.undeclared == ("extra", "_index", "blad gezins leden")
    assert batch.repeats == ()
    assert batch.table.repeats == {}


def test_ids_of_a_group_are_its_own_and_follow_those_of_the_records(
    snapshot: ShownAs, survey: Declared
) -> None:
    taken = snapshot("a.xlsx", book())
    one, again, other = (parsed(taken, survey(), mark) for mark in "bbd")
    ids = {(each.batch_id, each.content_id) for each in (one.repeats[0], again.repeats[0])}
    assert len(ids) == 1
    assert {len(each) for pair in ids for each in pair} == {32}
    assert not {one.batch_id, one.content_id} & {each for pair in ids for each in pair}
    assert other.repeats[0].batch_id != one.repeats[0].batch_id
    assert other.repeats[0].content_id == one.repeats[0].content_id


def test_a_declared_group_must_be_there_unless_all_of_it_is_optional(
    snapshot: ShownAs, survey: Declared
) -> None:
    taken = snapshot("a.xlsx", book("gezins\u00a0leden"))
    error = refusal(taken, survey())
    assert 'lacks sheets that source huisbezoek declares: "gezins leden";' in error.message
    optional = MEMBERS | {"columns": {"naam": {"role": "drop", "optional": True}}}
    batch = parsed(taken, survey(repeats={"gezins leden": optional}))
    assert batch.repeats == ()
    assert list(batch.table.frame["wijk"]) == ["Zuid", "Noord", "West"]


@pytest.mark.parametrize(
    ("changes", "source", "heading"),
    [
        ({"parent": "_ouder"}, "huisbezoek_gezins_leden", "_ouder"),
        ({"key": "_nummer"}, "huisbezoek", "_nummer"),
        ({"columns": {"naam": LEAF, "leeftijd": LEAF}}, "huisbezoek_gezins_leden", "leeftijd"),
    ],
)
def test_headings_that_a_group_needs_are_named_where_they_are_not_there(
    snapshot: ShownAs, survey: Declared, changes: dict[str, object], source: str, heading: str
) -> None:
    error = refusal(snapshot("a.xlsx", book()), survey(repeats={"gezins leden": MEMBERS | changes}))
    assert f'lacks columns that source {source} declares: "{heading}";' in error.message


def test_questions_and_rows_stay_with_the_columns_that_are_declared(
    snapshot: ShownAs, declared: Declared
) -> None:
    columns = {"Eens?  [blij]": LEAF, "Eens? [moe]": LEAF}
    text = "Eens? [blij];Eens? [moe];Eens? [druk]\n1;2;3\n\n4;5;6\n"
    batch = parsed(snapshot("a.csv", text.encode()), declared(columns=columns))
    assert batch.table.questions == {"Eens?  [blij]": "Eens?", "Eens? [moe]": "Eens?"}
    assert batch.table.rows == (2, 4)
    assert batch.undeclared == ("Eens? [druk]",)
