"""The page in a real browser without a network: charts and tables are there and can be seen."""

import os
import re
import shutil
import struct
import subprocess
import zlib
from collections import Counter
from pathlib import Path

import pytest

from signaal.schemas.report import RunReport
from signaal.validation.report import write

RICH = Path(__file__).parent / "test_report_rich.json"
NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--hide-scrollbars",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--enable-logging=stderr",
)
SCALE = 0.25


@pytest.fixture(scope="module")
def browser() -> str:
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found:
        return found
    if os.environ.get("CI") == "true":
        pytest.fail("Chromium is missing, and in CI nothing may be skipped: install the package chromium.")
    pytest.skip("Chromium is not installed")


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    report = RunReport.model_validate_json(RICH.read_text(encoding="utf-8"))
    return write(report, tmp_path_factory.mktemp("report"))


def visit(browser: str, page: Path, folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    profile = f"--user-data-dir={folder / 'profile'}"
    return subprocess.run(
        [browser, *QUIET, profile, *options, page.as_uri()],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )


def test_the_page_is_whole_without_a_network(browser: str, page: Path, tmp_path: Path) -> None:
    visited = visit(browser, page, tmp_path, "--dump-dom")
    dom = visited.stdout
    assert "Refused to" not in visited.stderr
    assert "violates the following Content Security Policy" not in visited.stderr
    charts = re.findall(r'(?s)<svg role="img".*?</svg>', dom)
    assert len(charts) == 4
    assert all(chart.count('class="bar ') >= 5 for chart in charts)
    tables = re.findall(r"(?s)<table.*?</table>", dom)
    assert len(tables) >= 15
    assert all("<caption" in table and "</td>" in table for table in tables)


@pytest.mark.parametrize("width", [1100, 500])
def test_the_charts_can_be_seen(width: int, browser: str, page: Path, tmp_path: Path) -> None:
    shot = tmp_path / "page.png"
    look = (f"--window-size={width},4000", f"--force-device-scale-factor={SCALE}", f"--screenshot={shot}")
    visit(browser, page, tmp_path, *look)
    seen = pixels(shot.read_bytes())
    for colour in ("#2a6db0", "#1f7a55", "#9a5600", "#74418f", "#154273"):
        assert seen[bytes.fromhex(colour[1:])] > 50, colour


def pixels(png: bytes) -> Counter[bytes]:
    """How often each colour occurs in a PNG of 8 bits a channel (ISO/IEC 15948, filters of clause 9)."""
    width, height, depth, kind = struct.unpack(">IIBB", png[16:26])
    assert depth == 8
    step = {2: 3, 6: 4}[kind]
    data = zlib.decompress(b"".join(chunks(png)))
    stride = width * step
    above, seen = bytearray(stride), Counter[bytes]()
    for row in range(height):
        start = row * (stride + 1)
        line = unfiltered(data[start], bytearray(data[start + 1 : start + 1 + stride]), above, step)
        seen.update(bytes(line[x : x + 3]) for x in range(0, stride, step))
        above = line
    return seen


def chunks(png: bytes) -> list[bytes]:
    found, at = [], 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        if png[at + 4 : at + 8] == b"IDAT":
            found.append(png[at + 8 : at + 8 + length])
        at += length + 12
    return found


def unfiltered(method: int, line: bytearray, above: bytearray, step: int) -> bytearray:
    for x in range(len(line) if method else 0):
        a = line[x - step] if x >= step else 0
        c = above[x - step] if x >= step else 0
        b = above[x]
        line[x] = (line[x] + (0, a, b, (a + b) // 2, paeth(a, b, c))[method]) & 255
    return line


def paeth(a: int, b: int, c: int) -> int:
    guess = a + b - c
    return min((abs(guess - a), 0, a), (abs(guess - b), 1, b), (abs(guess - c), 2, c))[2]
