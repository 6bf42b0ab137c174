"""Digits of the certified regressions, and the page that tells them."""

import pytest

from benchmarks.nist import STARTS, page, run, run_all
from kantools.datasets.nist import NIST

QUICK = ("BoxBOD", "MGH09", "Rat43", "Thurber", "Nelson")


@pytest.mark.parametrize("start", ["start 1", "start 2"])
@pytest.mark.parametrize("name", QUICK)
def test_nine_digits_of_hard_problems(name: str, start: str) -> None:
    result = run(NIST[name], STARTS[start](NIST[name]))
    assert min(result.values, result.errors) > 9
    assert result.certain


def test_page_tells_digits_of_both_starts() -> None:
    text = page(run_all(["Misra1a", "DanWood"]))
    assert "| start 1 | 2 of 2 | 2 | 2 |" in text
    assert "| Misra1a | lower | `y = b1*(1-exp(-b2*x))` | 14 | 11.0 |" in text


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
def test_all_problems() -> None:
    results = run_all()
    for name in ("start 1", "start 2"):
        assert sum(r.reached for r in results[name]) >= 26
        assert sum(r.values >= 6 for r in results[name]) == 27
    assert sum(r.lower for r in results["no start"]) >= 22
