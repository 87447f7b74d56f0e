"""The account of a file: what was measured, decided and left out, of its records and its repeat groups."""

import pandas as pd

from signaal.flows.account import account_for
from signaal.schemas.batch import CleanBatch, Misfit
from signaal.schemas.column import Role
from signaal.schemas.declaration import Declaration
from signaal.schemas.report import State
from signaal.schemas.risk import DisclosureRisk, Solution, TableRisk
from signaal.schemas.verdict import Check, Outcome, Verdict

ABOUT = {"kind": "survey", "files": ["*"], "owner": "toets", "purpose": "toets"}
ABOUT |= {"legal_basis": "toets", "retention_days": 1}
STATE = TableRisk(
    records=3,
    classes=1,
    k=3,
    sample_unique=0,
    population_unique=0,
    singling_out=0,
    linkability=1 / 3,
)
RISK = DisclosureRisk(before=STATE, after=STATE, newcomers=None, population=3, model="census")
SOLUTION = Solution(columns=(), optimal=True, checked=1, possible=1, lost=0, discernibility=3, suppressed=0)


def clean(name: str, **changes: object) -> CleanBatch:
    columns = {"Leeftijd": {"role": "quasi_identifier", "generalise": "age"}}
    return CleanBatch(
        batch_id="b" * 32,
        content_id="c" * 32,
        file_id="f" * 10,
        declaration=Declaration.model_validate(ABOUT | {"name": name, "columns": columns}),
        key_id="1",
        engine_version="1",
        records=pd.DataFrame({"record_id": ["a", "b"], "leeftijd": "30-39"}),
        signals=pd.DataFrame({"letters": [], "masked": []}),
        findings=pd.DataFrame({"entity_type": ["PERSON", "PERSON"]}),
        **changes,  # type: ignore[arg-type]
    )


def test_the_account_has_what_was_measured_decided_and_left_out() -> None:
    misfits = (Misfit(variable="leeftijd", cells=2, rows=(3, 9)),)
    rest = pd.DataFrame({"record_id": ["c"]})
    batch = clean(
        "enquete", misfits=misfits, unparsed=4, deferred=5, rest=rest, released=1, solution=SOLUTION
    )
    failed = Outcome(check=Check.VALUES_FIT, passed=False, failures=2)
    verdict = Verdict(outcomes=(failed, Outcome(check=Check.COULD_RUN, passed=True)), risk=RISK)
    account = account_for("f.csv", 12, batch, verdict, State.HELD)
    assert (account.risk, account.solution, account.misfits) == (RISK, SOLUTION, misfits)
    assert account.thresholds == batch.declaration.thresholds
    assert (account.records, account.others, account.unparsed, account.deferred) == (2, 1, 4, 5)
    assert account.held_for == (failed,)
    assert account.roles == {Role.QUASI_IDENTIFIER: 1}


def test_without_quasi_identifiers_there_are_no_thresholds() -> None:
    account = account_for("f.csv", 12, clean("enquete"), Verdict(outcomes=()), State.LOADED)
    assert (account.risk, account.solution, account.thresholds) == (None, None, None)


def test_a_repeat_group_has_an_account_of_its_own_and_goes_where_its_file_goes() -> None:
    group = clean("enquete_leden", dropped=("Naam",))
    failed = Outcome(check=Check.NO_PERSONAL_DATA_LEFT, passed=False, failures=1)
    verdict = Verdict(
        outcomes=(failed.model_copy(update={"column": "enquete_leden"}),),
        repeats=(Verdict(outcomes=(failed,), risk=RISK),),
    )
    account = account_for("f.xlsx", 12, clean("enquete", repeats=(group,)), verdict, State.HELD)
    (part,) = account.repeats
    assert (part.label, part.source, part.state) == ("f.xlsx", "enquete_leden", State.HELD)
    assert (part.risk, part.held_for, part.dropped, part.records) == (RISK, (failed,), ("Naam",), 2)


def test_a_repeat_group_that_was_not_judged_is_accounted_for() -> None:
    group = clean("enquete_leden")
    account = account_for("f.xlsx", 1, clean("enquete", repeats=(group,)), Verdict(outcomes=()), State.HELD)
    assert [part.source for part in account.repeats] == ["enquete_leden"]
