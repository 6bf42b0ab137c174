"""A search tries what it has always tried, in the same order, and finds the same.

Where a trace is to change, it is rewritten (:mod:`tests.golden.rewrite`) and named with its reason in the
commit.
"""

import pytest

from tests.golden.laws import LAWS, NOISES, Law
from tests.golden.trace import trace
from tests.golden.traces import FOLDER, difference, file_of

#: Searches of more than about a second and a half.
SLOW = {("power", 0.0), ("force", 0.0)} | {
    (name, 0.01) for name in ("power", "decay", "saturation", "moving", "force", "idle")
}


def case(law: Law, noise: float) -> object:
    marks = [pytest.mark.slow] if (law.name, noise) in SLOW else []
    return pytest.param(law, noise, id=f"{law.name}-{noise}", marks=marks)


@pytest.mark.parametrize(("law", "noise"), [case(law, noise) for law in LAWS for noise in NOISES])
def test_the_search_goes_the_same_way(law: Law, noise: float) -> None:
    before = file_of(law, noise).read_text(encoding="utf-8")
    told = difference(before, trace(law, noise))
    assert not told, f"{law.name} with noise {noise}: {told}"


def test_every_trace_is_of_a_search() -> None:
    assert {f.name for f in FOLDER.iterdir()} == {file_of(x, n).name for x in LAWS for n in NOISES}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("a | 1.234567e-17 | (x,)", "a | 0.0 | (x,)", True),
        ("a | 0.12345678 | inf", "a | 0.12345679 | inf", True),
        ("a | 0.123456 | inf", "a | 0.123466 | inf", False),
        ("y = x**2 | 3 | 0.1", "y = x**2 | 4 | 0.1", False),
        ("y = x**2 | 3 | 0.1", "y = x**3 | 3 | 0.1", False),
        ("y = 1.5*x", "y = 1.50000001*x", True),
        ("one\ntwo", "one", False),
    ],
)
def test_numbers_are_compared_as_numbers_and_the_rest_as_text(one: str, other: str, same: bool) -> None:
    assert (difference(one, other) == "") == same
    assert (difference(other, one) == "") == same
