"""The comparison of bases: equal sizes, and claims judged by what was measured."""

from benchmarks.bases import CASES, CLAIMS, SPLINE, bases, speeds, verdicts
from kantools.bases import BASES


def test_every_basis_takes_part_with_as_many_functions_as_the_spline() -> None:
    found = dict(bases())
    assert {basis.name for basis in found.values()} == set(BASES)
    assert found["bspline 3"] == SPLINE
    for basis in found.values():
        assert SPLINE.functions <= basis.functions <= SPLINE.functions + 1


def test_speeds_are_relative_to_splines() -> None:
    assert "| rbf 1 | 2.00 |" in speeds({CASES[0]: {"bspline 3": 1.0, "rbf 1": 0.5}})


def test_a_claim_holds_where_the_ratio_reaches_it() -> None:
    slow = {"bspline 3": 1.0, "rbf 1": 0.5, "relu 2": 0.5}
    fast = {"bspline 3": 1.0, "rbf 1": 1 / CLAIMS[0].times, "relu 2": 0.5}
    text = verdicts({CASES[0]: (slow, slow), CASES[1]: (slow, fast)})
    fastkan, relu = text.splitlines()[2:]
    assert fastkan.endswith(f"| 2.0–3.3 | `{CASES[1]}` |")
    assert relu.endswith("| 2.0–2.0 | nowhere |")
