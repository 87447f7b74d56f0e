"""Hierarchies: labels of what people answer, from fine to coarse, and never anything else."""

import csv
import pickle
import re
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

import phonenumbers
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from signaal.anonymise.table.hierarchies import Hierarchy, level_range, load_hierarchies
from signaal.schemas.column import Column, Generalise, Role
from signaal.schemas.errors import ConfigurationError

HERE = Path(__file__).parent
DATA = HERE.parents[1] / "src" / "signaal" / "anonymise" / "table" / "hierarchies" / "data"
CASES: dict[str, list[dict[str, Any]]] = yaml.safe_load((HERE / "hierarchy_cases.yaml").read_text("utf-8"))
FAULTS: list[dict[str, str]] = yaml.safe_load((HERE / "hierarchy_faults.yaml").read_text("utf-8"))
BUILT_IN = load_hierarchies()
LEVELS = {
    "age": ("age", "five_years", "ten_years", "twenty_years"),
    "amount": ("amount", "hundreds", "thousands", "ten_thousands"),
    "birth_date": ("date", "year", "five_years", "ten_years"),
    "category": ("as_is", "rare"),
    "country": ("country", "part_of_world", "origin"),
    "date": ("day", "month", "quarter", "year"),
    "education": ("education", "level"),
    "household": ("persons", "band", "size"),
    "municipality": ("municipality", "size_class", "province"),
    "occupation": ("occupation", "sub_major_group", "major_group"),
    "postcode": ("postcode6", "postcode4", "postcode2", "region"),
}
QUICK = settings(max_examples=60, deadline=None)
MADE = {
    "age": r"90\+|[0-9]{1,2}(-[0-9]{1,2})?",
    "amount": r"onder 0|100000\+|[0-9]{1,5}(-[0-9]{1,5})?",
    "birth_date": r"(19|20)[0-9]{2}(-[0-9]{2}-[0-9]{2}|-(19|20)[0-9]{2})?",
    "date": r"(19|20)[0-9]{2}(-[0-9]{2}(-[0-9]{2})?|-K[1-4])?",
    "household": r"[1-8](-[24]|\+)?",
    "postcode": r"[1-9][0-9]{3}( [A-Z]{2})?|[1-9][0-9]|Noord|Oost|Zuid|West",
}
"""What the labels of a calculated hierarchy look like, whatever the cell was."""
FITS = [
    pytest.param(name, case, id=f"{name}: {case['cell']}") for name, cases in CASES.items() for case in cases
]


def column(name: str, **changes: str) -> Column:
    declared = {"role": Role.QUASI_IDENTIFIER, "generalise": name, **changes}
    return Column.model_validate(declared)


def read(name: str, cell: str) -> str | None:
    return BUILT_IN[name].reader(column(name))(cell)


def labels(hierarchy: Hierarchy, label: str) -> list[str | None]:
    return [hierarchy.lift(label, 0, level) for level in range(len(hierarchy.levels))]


@cache
def table(name: str) -> list[list[str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines, delimiter=";"))[1:]


def cells(name: str) -> st.SearchStrategy[str]:
    """What might be in a column: what fits, what nearly does, and anything at all."""
    known = [str(case["cell"]) for case in CASES[name]]
    numbers = st.integers(-10, 10**6).map(str) | st.decimals(-10, 10**5, places=2).map(str)
    dates = st.dates(date(1880, 1, 1), date(2110, 1, 1))
    days = dates.map(str) | dates.map(lambda day: f"{day:%d-%m-%Y}") | dates.map(lambda day: f"{day:%Y-%m}")
    codes = st.from_regex(r"[0-9]{4} ?[A-Za-z]{2}", fullmatch=True) | st.from_regex(
        "[0-9]{1,4}", fullmatch=True
    )
    around = st.tuples(st.text(max_size=2), st.sampled_from(known), st.text(max_size=2)).map("".join)
    return st.sampled_from(known) | around | numbers | days | codes | st.text(max_size=20)


def assert_is_nested(hierarchy: Hierarchy, label: str) -> None:
    """Every way from level 0 to a level comes to the same label, and that is one of that level."""
    count = len(hierarchy.levels)
    for middle in range(count):
        lifted = hierarchy.lift(label, 0, middle)
        assert lifted is not None
        assert hierarchy.lift(lifted, middle, middle) == lifted
        for coarser in range(middle, count):
            assert hierarchy.lift(lifted, middle, coarser) == hierarchy.lift(label, 0, coarser)
        for finer in range(middle):
            assert hierarchy.lift(lifted, middle, finer) is None


@pytest.mark.parametrize(("name", "case"), FITS)
def test_cells_get_the_labels_that_are_meant(name: str, case: dict[str, Any]) -> None:
    declared = {key: case[key] for key in ("decimal", "date_order") if key in case}
    label = BUILT_IN[name].reader(column(name, **declared))(str(case["cell"]))
    assert (None if label is None else labels(BUILT_IN[name], label)) == case["labels"]


def test_the_hierarchies_that_ship_have_these_levels() -> None:
    assert {name: hierarchy.levels for name, hierarchy in BUILT_IN.items()} == LEVELS
    assert all(hierarchy.name == name for name, hierarchy in BUILT_IN.items())
    assert set(CASES) == set(LEVELS)


@pytest.mark.parametrize("name", sorted(LEVELS))
@QUICK
@given(data=st.data())
def test_levels_are_nested_whatever_a_cell_says(name: str, data: st.DataObject) -> None:
    label = read(name, data.draw(cells(name)))
    if label is not None:
        assert_is_nested(BUILT_IN[name], label)


@pytest.mark.parametrize("name", sorted(set(LEVELS) - set(MADE) - {"category"}))
def test_every_value_of_a_table_is_nested(name: str) -> None:
    file = {"country": "countries", "municipality": "municipalities", "education": "educations"}
    rows = table(f"{file[name]}.csv" if name in file else "isco08/titles.csv")
    for value, *_ in rows:
        assert read(name, value) == value
        assert_is_nested(BUILT_IN[name], value)


@pytest.mark.parametrize("name", sorted(MADE))
@QUICK
@given(data=st.data())
def test_a_calculated_label_looks_as_its_hierarchy_makes_it(name: str, data: st.DataObject) -> None:
    label = read(name, data.draw(cells(name)))
    for lifted in labels(BUILT_IN[name], label) if label else []:
        assert lifted is not None
        assert re.fullmatch(MADE[name], lifted, re.ASCII)


@pytest.mark.parametrize(
    ("name", "file"),
    [("country", "countries"), ("municipality", "municipalities"), ("education", "educations")],
)
@QUICK
@given(data=st.data())
def test_a_label_of_a_table_is_in_the_table(name: str, file: str, data: st.DataObject) -> None:
    label = read(name, data.draw(cells(name)))
    values = [{row[level] for row in table(f"{file}.csv")} for level in range(len(LEVELS[name]))]
    for known, lifted in zip(values, labels(BUILT_IN[name], label) if label else [], strict=False):
        parts = (lifted or "").split(", ") if name == "education" else [lifted]
        assert set(parts) <= known


@QUICK
@given(data=st.data())
def test_an_occupation_is_a_known_title_or_a_code(data: st.DataObject) -> None:
    label = read("occupation", data.draw(cells("occupation")))
    titles = {row[0] for row in table("isco08/titles.csv")}
    groups = {f"{code} {name}" for code, name in table("isco08/groups.csv")}
    assert label is None or label in titles | groups or re.fullmatch("[0-9]{3,4}", label, re.ASCII)


@QUICK
@given(st.text())
def test_a_category_is_the_cell_without_spare_blanks(cell: str) -> None:
    assert read("category", cell) == (" ".join(cell.split()) or None)


@pytest.mark.parametrize("name", sorted(set(LEVELS) - {"category"}))
@QUICK
@given(data=st.data())
def test_what_is_no_label_is_emptied_and_not_passed_on(name: str, data: st.DataObject) -> None:
    hierarchy = BUILT_IN[name]
    text, count = data.draw(cells(name)), len(LEVELS[name])
    level, to = data.draw(st.integers(-1, count)), data.draw(st.integers(-1, count))
    lifted = hierarchy.lift(text, level, to)
    if not 0 <= level <= to < count:
        assert lifted is None
    elif lifted is not None:
        assert hierarchy.lift(lifted, to, to) == lifted
        assert hierarchy.lift(text, level, level) == text


@QUICK
@given(number=st.floats(0, 120), level=st.integers(0, 3))
def test_an_age_is_within_its_band(number: float, level: int) -> None:
    label = BUILT_IN["age"].lift(read("age", f"{number:.2f}") or "", 0, level) or ""
    low, _, high = label.removesuffix("+").partition("-")
    assert int(low) <= int(float(f"{number:.2f}")) <= int(high or (120 if "+" in label else low))


@QUICK
@given(day=st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_a_date_is_within_its_period(day: date) -> None:
    label = read("date", f"{day:%d-%m-%Y}")
    assert label == day.isoformat()
    month, quarter, year = labels(BUILT_IN["date"], label)[1:]
    assert (month, year) == (label[:7], label[:4])
    assert quarter == f"{year}-K{-(-day.month // 3)}"
    born = labels(BUILT_IN["birth_date"], read("birth_date", label) or "")
    first, last = (born[3] or "").split("-")
    assert int(first) <= day.year <= int(last) == int(first) + 9


def test_a_number_of_absurd_length_is_no_label() -> None:
    assert BUILT_IN["age"].lift("9" * 10_000, 0, 1) is None
    assert read("age", "9" * 10_000) is None
    assert read("household", "3" + " " * 100_000 + "x") is None


def test_a_published_band_goes_on_to_coarser_levels_only() -> None:
    age = BUILT_IN["age"]
    assert (age.lift("30-34", 1, 2), age.lift("30-34", 1, 1), age.lift("30-34", 1, 0)) == (
        "30-39",
        "30-34",
        None,
    )
    assert [age.lift(label, 1, 2) for label in ("31-35", "30", "30-39", "030-034", "30+")] == [None] * 5


def test_all_municipalities_of_2025_are_there_by_province() -> None:
    rows = table("municipalities.csv")
    assert Counter(province for *_, province in rows) == {
        "Groningen": 10, "Friesland": 18, "Drenthe": 12, "Overijssel": 25, "Flevoland": 6, "Gelderland": 51,
        "Utrecht": 26, "Noord-Holland": 44, "Zuid-Holland": 50, "Zeeland": 13, "Noord-Brabant": 56,
        "Limburg": 31,
    }  # fmt: skip
    assert all(size_class.startswith(f"{province}, ") for _, size_class, province in rows)


def test_every_municipality_of_the_address_register_fits(shared: Path) -> None:
    lines = (shared / "data" / "bag-municipalities.tsv").read_text(encoding="utf-8").splitlines()
    names = {line.split("\t")[1] for line in lines}
    assert len(names) > 370
    assert {name for name in names if read("municipality", name) is None} == {"Bergen"}


def test_every_country_is_known_by_its_code() -> None:
    elsewhere = {"AC", "CC", "CX", "IO", "TA"}  # islands without people of their own, or part of another
    like_an_answer = {"NA", "NE", "NI", "NO"}  # n.a., nee, niet ingevuld, no
    codes = set(phonenumbers.SUPPORTED_REGIONS) - elsewhere
    assert len(codes) > 230
    assert {code for code in codes if read("country", code) is None} == like_an_answer


def test_the_classification_of_occupations_is_whole() -> None:
    """ISCO-08 has 10 major, 43 sub-major, 130 minor and 436 unit groups (ILO 2012)."""
    codes = [code for code, _ in table("isco08/groups.csv") if code.isdigit()]
    minor = table("isco08/units.csv")
    assert Counter(map(len, codes)) == {1: 10, 2: 43}
    assert (len(minor), sum(len(units) for _, units in minor)) == (130, 436)
    assert {code[:2] for code, _ in minor} == {code for code in codes if len(code) == 2}
    assert len(table("isco08/titles.csv")) >= 350


def test_every_two_digits_of_a_postcode_have_a_region() -> None:
    assert [row[0] for row in table("postcode_regions.csv")] == [str(area) for area in range(10, 100)]
    assert {row[1] for row in table("postcode_regions.csv")} == {"Noord", "Oost", "Zuid", "West"}


class TestCategory:
    COUNTS: ClassVar = {"Zuid": 7, "Noord": 5, "Oost": 4, "Overig": 9}

    def rare(self, kept: set[str] | None) -> dict[str, str | None]:
        fitted = BUILT_IN["category"].fit(self.COUNTS, kept, 5)
        assert all(fitted.lift(label, 0, 0) == label for label in self.COUNTS)
        return {label: fitted.lift(label, 0, 1) for label in (*self.COUNTS, "West")}

    def test_what_fewer_than_k_gave_becomes_other(self) -> None:
        expected = {"Zuid": "Zuid", "Noord": "Noord", "Oost": "overig", "Overig": "overig", "West": "overig"}
        assert self.rare(None) == expected

    def test_what_was_published_stays_and_nothing_joins_it(self) -> None:
        expected = {"Zuid": "overig", "Noord": "Noord", "Oost": "Oost", "Overig": "overig", "West": "overig"}
        assert self.rare({"Noord", "Oost", "overig"}) == expected

    def test_where_only_other_was_published_all_becomes_other(self) -> None:
        assert set(self.rare({"overig"}).values()) == set(self.rare(set()).values()) == {"overig"}

    def test_on_the_coarser_level_only_common_labels_are_labels(self) -> None:
        fitted = BUILT_IN["category"].fit(self.COUNTS, None, 5)
        assert [fitted.lift(label, 1, 1) for label in ("Zuid", "overig", "Oost")] == ["Zuid", "overig", None]

    def test_without_a_fit_nothing_is_common(self) -> None:
        assert BUILT_IN["category"].lift("Zuid", 0, 1) == "overig"

    @QUICK
    @given(st.dictionaries(st.text(max_size=3), st.integers(1, 9)), st.none() | st.sets(st.text(max_size=3)))
    def test_levels_stay_nested(self, counts: dict[str, int], kept: set[str] | None) -> None:
        fitted = BUILT_IN["category"].fit(counts, kept, 5)
        for label in filter(None, map(fitted.reader(column("category")), [*counts, "West"])):
            assert_is_nested(fitted, label)


@pytest.mark.parametrize("name", sorted(set(LEVELS) - {"category"}))
def test_other_hierarchies_do_not_depend_on_what_is_there(name: str) -> None:
    assert BUILT_IN[name].fit({"a": 1}, None, 5) is BUILT_IN[name]


@pytest.mark.parametrize(
    ("finest", "coarsest", "places"),
    [
        (None, None, [1, 2, 3]),
        ("postcode6", None, [0, 1, 2, 3]),
        ("postcode4", None, [1, 2, 3]),
        (None, "postcode2", [1, 2]),
        ("region", "region", [3]),
    ],
)
def test_a_declaration_chooses_levels(finest: str | None, coarsest: str | None, places: list[int]) -> None:
    generalise = Generalise(hierarchy="postcode", finest=finest, coarsest=coarsest)
    assert list(level_range(BUILT_IN["postcode"], generalise)) == places


@pytest.mark.parametrize(
    ("finest", "coarsest", "says"),
    [("street", None, "postcode has no level street"), (None, "street", "postcode has no level street"),
     (None, "postcode6", "level postcode6 of hierarchy postcode is finer than postcode4"),
     ("region", "postcode4", "level postcode4 of hierarchy postcode is finer than region")],
)  # fmt: skip
def test_levels_that_cannot_be_are_refused(finest: str | None, coarsest: str | None, says: str) -> None:
    with pytest.raises(ConfigurationError, match=says):
        level_range(BUILT_IN["postcode"], Generalise(hierarchy="postcode", finest=finest, coarsest=coarsest))


def test_what_points_at_somebody_by_itself_is_published_only_where_it_is_asked_for() -> None:
    starts = {name: level_range(of, Generalise(hierarchy=name)).start for name, of in BUILT_IN.items()}
    assert {name for name, start in starts.items() if start} == {"postcode", "birth_date", "date"}


def test_a_hierarchy_of_a_projects_own_says_where_it_starts(tmp_path: Path) -> None:
    (tmp_path / "duur.yaml").write_text("{kind: bands, widths: [5, 10], finest: width_10}", encoding="utf-8")
    own = load_hierarchies(tmp_path)["duur"]
    assert list(level_range(own, Generalise(hierarchy="duur"))) == [own.levels.index("width_10")]
    (tmp_path / "duur.yaml").write_text("{kind: bands, widths: [5, 10], finest: width_7}", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="finest names no level of its own"):
        load_hierarchies(tmp_path)


class TestOwn:
    """Hierarchies of a project's own, in a folder."""

    def test_a_table_is_a_hierarchy_by_the_name_of_its_file(self, tmp_path: Path) -> None:
        content = "\ufeffwijk,gebied,stad\n Zuidwijk ,Zuid,Stad\n\n'Lage Land',Noord,Stad\nCafé,Noord,Stad\n"
        (tmp_path / "wijk.csv").write_text(content, encoding="utf-8")
        wijk = load_hierarchies(tmp_path)["wijk"]
        assert wijk.levels == ("wijk", "gebied", "stad")
        found = wijk.reader(column("wijk"))(" ZUIDWIJK")
        assert found == "Zuidwijk"
        assert labels(wijk, found) == ["Zuidwijk", "Zuid", "Stad"]
        assert wijk.reader(column("wijk"))("cafe") == "Café"
        assert wijk.reader(column("wijk"))("Laagland") is None

    def test_signs_count_unless_a_table_says_otherwise(self, tmp_path: Path) -> None:
        (tmp_path / "duur.csv").write_text("duur;groep\n<5;kort\n>5;lang\n", encoding="utf-8")
        duur = load_hierarchies(tmp_path)["duur"]
        assert [duur.reader(column("duur"))(cell) for cell in ("<5", ">5", "5")] == ["<5", ">5", None]

    def test_what_a_folder_has_goes_before_what_ships_and_is_read_anew(self, tmp_path: Path) -> None:
        file = tmp_path / "country.csv"
        for part in ("Noorden", "Zuiden"):
            file.write_text(f"land;deel\nMarokko;{part}\n", encoding="utf-8")
            hierarchies = load_hierarchies(tmp_path)
            assert hierarchies["country"].lift("Marokko", 0, 1) == part
            assert hierarchies["age"].levels == LEVELS["age"]
        file.unlink()
        assert load_hierarchies(tmp_path)["country"].levels == LEVELS["country"]

    def test_files_that_a_computer_keeps_for_itself_are_left_alone(self, tmp_path: Path) -> None:
        for name in ("._wijk.csv", ".wijk.yaml", "notitie.txt"):
            (tmp_path / name).write_bytes(b"\x00\xff")
        (tmp_path / "soort.yml").write_text("{kind: category}", encoding="utf-8")
        assert set(load_hierarchies(tmp_path)) == {*LEVELS, "soort"}

    def test_without_a_folder_there_is_what_ships(self, tmp_path: Path) -> None:
        assert set(load_hierarchies(tmp_path / "nothing")) == set(load_hierarchies(None)) == set(LEVELS)

    @pytest.mark.parametrize(
        ("content", "levels", "cell", "expected"),
        [
            ("{kind: bands, widths: [5, 10], top: 90}", ("width_5", "width_10"), "34", ["30-34", "30-39"]),
            ("{kind: bands, widths: [5, 10], top: 90}", ("width_5", "width_10"), "91", ["90+", "90+"]),
            ("{kind: bands, widths: [5, 10], lowest: 18}", ("width_5", "width_10"), "18", ["15-19", "10-19"]),
            ("{kind: bands, widths: [4, 8], top: 90}", ("width_4", "width_8"), "89", ["88-89", "88-89"]),
            (
                "{kind: bands, starts: [[18, 25, 65], [18, 65]]}",
                ("bands_3", "bands_2"),
                "17",
                ["onder 18", "onder 18"],
            ),
            (
                "{kind: bands, starts: [[18, 25, 65], [18, 65]]}",
                ("bands_3", "bands_2"),
                "30",
                ["25-64", "18-64"],
            ),
            ("{kind: bands, widths: [7], bottom: 3, levels: [a], units: [km]}", ("a",), "5 km", ["3-6"]),
            ("{kind: rounding, steps: [10, 100]}", ("step_10", "step_100"), "44,9", ["40", "0"]),
            ("{kind: rounding, steps: [10, 100]}", ("step_10", "step_100"), "45", ["50", "100"]),
            ("{kind: rounding, steps: [1, 3], levels: [a, b], lowest: -9}", ("a", "b"), "-4", ["-4", "-3"]),
            (
                "{kind: date, levels: {dag: day, zeven: 7}}",
                ("dag", "zeven"),
                "1-2-1900",
                ["1900-02-01", "1897-1903"],
            ),
            ("{kind: postcode}", LEVELS["postcode"], "1011 AB", ["1011 AB", "1011", "10", "West"]),
            ("{kind: category}", LEVELS["category"], "x", ["x", "overig"]),
            ("{kind: occupation}", LEVELS["occupation"], "agent", None),
        ],
    )
    def test_a_kind_with_settings_is_a_hierarchy(
        self, tmp_path: Path, content: str, levels: tuple[str, ...], cell: str, expected: list[str] | None
    ) -> None:
        (tmp_path / "eigen.yaml").write_text(content, encoding="utf-8")
        eigen = load_hierarchies(tmp_path)["eigen"]
        label = eigen.reader(column("eigen"))(cell)
        assert label is not None
        assert eigen.levels == levels
        assert expected is None or labels(eigen, label) == expected
        assert_is_nested(eigen, label)

    @QUICK
    @given(
        number=st.integers(-500, 500),
        widths=st.lists(st.integers(2, 6), min_size=1, max_size=3),
        cut=st.none() | st.integers(-100, 200),
        kind=st.sampled_from(["bands", "rounding"]),
    )
    def test_numbers_are_nested_for_any_widths(
        self,
        tmp_path_factory: pytest.TempPathFactory,
        number: int,
        widths: list[int],
        cut: int | None,
        kind: str,
    ) -> None:
        sizes = [3]
        for times in widths:
            sizes.append(sizes[-1] * times)
        given_sizes = {"widths": sizes, "top": cut} if kind == "bands" else {"steps": sizes}
        folder = tmp_path_factory.mktemp("own", numbered=True)
        content = yaml.safe_dump({"kind": kind, "lowest": -400, "highest": 400, **given_sizes})
        (folder / "eigen.yaml").write_text(content, encoding="utf-8")
        eigen = load_hierarchies(folder)["eigen"]
        label = eigen.reader(column("eigen"))(str(number))
        assert (label is not None) == (-400 <= number <= 400)
        if label is not None:
            assert_is_nested(eigen, label)

    def test_areas_of_postcodes_may_be_ones_own(self, tmp_path: Path) -> None:
        (tmp_path / "streek.csv").write_text("pc2;streek;kant\n30;Rijnmond;West\n", encoding="utf-8")
        (tmp_path / "buurt.yaml").write_text("{kind: postcode, table: streek.csv}", encoding="utf-8")
        hierarchies = load_hierarchies(tmp_path)
        assert "streek" not in hierarchies
        buurt = hierarchies["buurt"]
        assert buurt.levels == ("postcode6", "postcode4", "pc2", "streek", "kant")
        assert labels(buurt, "3082 BL") == ["3082 BL", "3082", "30", "Rijnmond", "West"]
        assert buurt.reader(column("buurt"))("9711 AX") is None

    @pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault["says"])
    def test_a_file_that_is_not_right_is_refused_in_one_sentence(
        self, tmp_path: Path, fault: dict[str, str]
    ) -> None:
        (tmp_path / "wijk.csv").write_text("wijk;gebied\nNoordeind;Noord\nZuideind;Zuid\n", encoding="utf-8")
        (tmp_path / fault["file"]).write_text(fault["content"], encoding="utf-8")
        if fault["file"] == "wijk.yaml":
            (tmp_path / "wijk.csv").unlink()
        if "yaml" in fault:
            (tmp_path / "eigen.yaml").write_text(fault["yaml"], encoding="utf-8")
        with pytest.raises(ConfigurationError) as refused:
            load_hierarchies(tmp_path)
        assert fault["says"] in refused.value.message
        assert "eheimstraat" not in refused.value.message
        assert "\n" not in refused.value.message

    def test_a_name_in_two_files_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "wijk.csv").write_text("wijk;gebied\nNoordeind;Noord\n", encoding="utf-8")
        (tmp_path / "wijk.yaml").write_text("{kind: category}", encoding="utf-8")
        with pytest.raises(ConfigurationError, match="hierarchy wijk is in two files"):
            load_hierarchies(tmp_path)

    def test_a_file_in_another_encoding_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "wijk.csv").write_bytes("wijk;gebied\nCaf\u00e9;Noord\n".encode("cp1252"))
        with pytest.raises(ConfigurationError, match=r"wijk\.csv: is no CSV in UTF-8"):
            load_hierarchies(tmp_path)


@pytest.mark.parametrize("name", sorted(LEVELS))
def test_a_hierarchy_can_go_to_another_process(name: str) -> None:
    there = pickle.loads(pickle.dumps(BUILT_IN[name]))  # noqa: S301 - made here
    case = next(case for case in CASES[name] if case["labels"])
    label = there.reader(column(name))(str(case["cell"]))
    assert labels(there, label) == case["labels"]
