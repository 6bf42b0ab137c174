"""The file of results survives whatever ends a run."""

from dataclasses import astuple, replace

import numpy as np
import pytest

from kantools.bench.record import EARLIER, Record, append, read, refuse
from kantools.errors import SettingError

ONE = Record(
    "I.12.1", 0.01, 100, 0, "kantools", 60.0, False, 0, "done", True, "simplify", True, 1.0, 1e-31, 3
)
TWO = Record("I.12.2", 0.0, 100, 0, "kantools", 60.0, True, 2, "hang", error='it said "no",\nthen nothing')


@pytest.fixture
def path(tmp_path):
    file = tmp_path / "results.csv"
    append(file, ONE)
    append(file, TWO)
    return file


def same(one: Record, other: Record) -> bool:
    return str(one) == str(other)  # nan is nan


def test_there_and_back(path):
    one, two = read(path)
    assert same(one, ONE)
    assert same(two, replace(TWO, error='it said "no", then nothing'))
    assert two.strict is None
    assert two.complexity is None


def test_no_file_has_no_records(tmp_path):
    assert read(tmp_path / "none.csv") == []


@pytest.mark.parametrize("cut", [1, 5, 20])
def test_half_a_row_is_left_out_and_written_over(path, cut):
    path.write_bytes(path.read_bytes()[:-cut])
    assert [r.name for r in read(path)] == ["I.12.1"]
    append(path, TWO)
    assert [r.name for r in read(path)] == ["I.12.1", "I.12.2"]


def test_half_a_head(path):
    path.write_text("name,noi")
    assert read(path) == []
    append(path, ONE)
    assert same(read(path)[0], ONE)


def earlier(path, head):
    """A file as it was made when there were only these columns."""
    cells = [str(v) for v in astuple(ONE)[: len(head)]]
    path.write_text(f"{','.join(head)}\n{','.join('' if c == 'None' else c for c in cells)}\n")
    return path


@pytest.mark.parametrize("head", EARLIER, ids=len)
def test_a_file_without_the_later_columns_is_gone_on_with_as_it_is(tmp_path, head):
    path = earlier(tmp_path / "earlier.csv", head)
    append(path, replace(TWO, far=0.1))
    one, two = read(path)
    assert same(one, ONE)
    assert two.name == "I.12.2"
    assert np.isnan(two.far)
    assert {line.count(",") for line in path.read_text().splitlines()[:2]} == {len(head) - 1}


def test_what_a_file_has_no_column_for_is_refused(tmp_path, path):
    asked = replace(ONE.task, proportional=True)
    refuse(path, [asked])
    refuse(tmp_path / "none.csv", [asked])
    old = earlier(tmp_path / "earlier.csv", EARLIER[-1])
    refuse(old, [ONE.task])
    with pytest.raises(SettingError, match=r'"\S+earlier\.csv" was made before there was one\. Name another'):
        refuse(old, [asked])


def test_another_file_is_refused(tmp_path):
    (tmp_path / "other.csv").write_text("a,b\n1,2\n")
    with pytest.raises(SettingError, match=r"has the columns name, noise, rows, …; .* begins with a, b"):
        read(tmp_path / "other.csv")
