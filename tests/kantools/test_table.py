"""Every way of making a table, and every message for one that cannot be used."""

import pickle
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from kantools.reading import read_columns, read_table, table_from_frame
from kantools.row_names import RowNames
from kantools.table import (
    ColumnIgnored,
    MissingRowsDropped,
    Table,
    TableError,
    table_from_arrays,
    varying,
)

GOOD = "t,height\n0,0\n1,4.9\n2,19.6\n3,44.1\n4,78.5\n"


@pytest.fixture
def write(tmp_path: Path):
    def write(text: str, name: str = "fall.csv", encoding: str = "utf-8") -> Path:
        (tmp_path / name).write_bytes(text.encode(encoding))
        return tmp_path / name

    return write


def message(call, *args, **kwargs) -> str:
    with pytest.raises(TableError) as error:
        call(*args, **kwargs)
    return str(error.value)


def same(table: Table) -> bool:
    return (
        table.columns == ("t",)
        and table.X.ravel().tolist() == [0, 1, 2, 3, 4]
        and table.y.tolist() == [0, 4.9, 19.6, 44.1, 78.5]
    )


class TestFormats:
    @pytest.mark.parametrize(
        ("text", "name"),
        [
            (GOOD, "a.csv"),
            (GOOD.replace("\n", "\r\n"), "a.csv"),
            ("\ufeff" + GOOD, "a.csv"),
            (GOOD.replace(",", ";"), "a.csv"),
            (GOOD.replace(",", "; "), "a.csv"),
            (GOOD.replace(",", ";").replace(".", ","), "a.csv"),
            (GOOD.replace(",", "\t"), "a.tsv"),
            (GOOD.replace(",", "\t"), "a.csv"),
            (GOOD.replace(",", "   "), "a.dat"),
            ("# Galileo, 1604\n\n" + GOOD.replace("2,19.6", "# a bird\n\n2,19.6"), "a.csv"),
            ('"t","height"\n0,0\n1,4.9\n2,"19.6"\n3,44.1\n4,78.5', "a.csv"),
        ],
    )
    def test_text(self, write, text, name):
        assert same(read_table(write(text, name), target="height"))

    def test_parquet(self, write, tmp_path):
        pd.read_csv(write(GOOD)).to_parquet(tmp_path / "a.parquet")
        assert same(read_table(tmp_path / "a.parquet", target="height"))

    def test_excel(self, write, tmp_path):
        pd.read_csv(write(GOOD)).to_excel(tmp_path / "a.xlsx", index=False)
        assert same(read_table(tmp_path / "a.xlsx", target="height"))

    def test_frame(self, write):
        assert same(table_from_frame(pd.read_csv(write(GOOD)), "height"))

    def test_arrays(self):
        table = table_from_arrays(np.arange(5), [0, 4.9, 19.6, 44.1, 78.5], ["t"])
        assert same(table)
        assert table_from_arrays(np.eye(5), np.arange(5)).columns == ("x0", "x1", "x2", "x3", "x4")

    def test_numbers_are_read_exactly(self, write):
        values = np.random.default_rng(0).normal(size=50) * 10.0 ** np.arange(-25, 25)
        text = "x,y\n" + "".join(f"{v!r},{i}\n" for i, v in enumerate(values.tolist()))
        assert (read_table(write(text), target="y").X[:, 0] == values).all()

    @pytest.mark.parametrize("name", ["lambda", "flow rate", "θ", "E", "速度", "x**2", "a.b", "class"])
    def test_any_name_is_fine(self, write, name):
        table = read_table(write(GOOD.replace("t,", f"{name},", 1)), target="height")
        assert table.columns == (name,)

    def test_booleans_are_numbers(self):
        frame = pd.DataFrame({"on": [True, False, True, True, False], "y": range(5)})
        assert table_from_frame(frame, "y").X[:, 0].tolist() == [1, 0, 1, 1, 0]


class TestChoice:
    WIDE = "name,a,b,y,e\nA,1,5,1,.1\nB,2,4,2,.1\nC,3,3,3,.2\nD,4,2,5,.1\nE,5,9,8,.1\n"

    def test_columns_sigma_units(self, write):
        table = read_table(write(self.WIDE), target="y", sigma="e", columns=["b", "a"], units={"a": "m"})
        assert table.columns == ("b", "a")
        assert table.X[0].tolist() == [5, 1]
        assert table.sigma.tolist() == [0.1, 0.1, 0.2, 0.1, 0.1]
        assert table.units == {"a": "m"}

    def test_a_label_is_named_with_the_remedy(self, write):
        assert message(read_table, write(self.WIDE), target="y", sigma="e") == (
            'Inputs are numbers; fall.csv has text in the column "name" ("A" in line 2, "B" in line 3, '
            '"C" in line 4, … (5 in all)). If it is a label, choose the other columns: '
            "columns=['a', 'b'] (--columns a,b)."
        )
        assert 'the column "name" of fall.csv has text in 5 of 5 cells' in message(
            read_table, write(self.WIDE), target="y", columns=["a", "name"]
        )

    def test_unknown_names(self, write):
        file = write(GOOD)
        assert message(read_table, file, target="heigth") == (
            'There is no column "heigth" in fall.csv; did you mean "height"?'
        )
        assert 'There is no column "s"' in message(read_table, file, target="height", sigma="s")
        assert 'There is no column "q"' in message(read_table, file, target="height", columns=["q"])

    def test_one_column_in_two_roles(self, write):
        file = write(self.WIDE)
        assert 'got "y" as an input and the target' in message(read_table, file, target="y", columns=["y"])
        assert 'got "e" as an input and the sigma' in message(
            read_table, file, target="y", sigma="e", columns=["a", "e"]
        )
        assert "cannot be its own standard error" in message(read_table, file, target="y", sigma="y")
        assert "more than once" in message(read_table, file, target="y", columns=["a", "a"])

    def test_read_columns(self, write):
        X = read_columns(write("name,b,a\nA,1,2\n"), ["a", "b"])
        assert X.tolist() == [[2, 1]]
        assert "line 3" in message(read_columns, write("a\n1\nx\n"), ["a"])
        assert "missing" in message(read_columns, write("a,b\n1,2\n,3\n"), ["a"])


class TestUnreadable:
    def test_no_file(self, write):
        file = write(GOOD)
        assert 'There is no file "' in message(read_table, file.parent / "zzz.csv", target="y")
        assert 'did you mean "fall.csv"?' in message(read_table, file.parent / "fal.csv", target="y")
        assert "There is no file" in message(read_table, "no/such/folder/a.csv", target="y")

    def test_suffix(self, write):
        text = message(read_table, write(GOOD, "fall.json"), target="height")
        assert text.startswith("A table is one of .csv, .tsv")
        assert 'got "fall.json"' in text

    @pytest.mark.parametrize("text", ["", "\n \n", "# only a comment\n"])
    def test_empty(self, write, text):
        assert message(read_table, write(text), target="y").startswith("fall.csv is empty")

    def test_header_only(self, write):
        assert "fall.csv has 0" in message(read_table, write("a,b\n"), target="b")
        assert "fall.csv has 0" in message(read_table, write("a,b"), target="b")

    def test_no_header(self, write):
        text = message(read_table, write("1.0,2.0\n2.0,4e3\n"), target="y")
        assert "it holds numbers (1.0, 2.0)" in text

    def test_duplicate_names(self, write):
        assert 'fall.csv has "a" more than once' in message(read_table, write("a,b,a\n1,2,3\n"), target="b")
        frame = pd.DataFrame(np.eye(5), columns=list("abcda"))
        assert 'the frame has "a" more than once' in message(table_from_frame, frame, "b")

    def test_ragged_rows(self, write):
        text = message(read_table, write("# c\n" + GOOD.replace("3,44.1", "3,44.1,9")), target="height")
        assert "line 6 of fall.csv has 3" in text
        assert "line 2 of fall.csv has 3" in message(read_table, write("a,b\n1,2,3\n4,5,6\n"), target="b")

    def test_not_utf8(self, write):
        text = message(read_table, write("größe,y\n1,2\n", encoding="latin-1"), target="y")
        assert "fall.csv is not (byte 2" in text

    @pytest.mark.parametrize("name", ["a.xlsx", "a.parquet"])
    def test_damaged(self, write, name):
        assert f"{name} cannot be read as {name[2:]}" in message(read_table, write("junk", name), target="y")

    def test_unnamed_index_column(self, write):
        text = ",t,height\n" + "".join(f"{i},{line}\n" for i, line in enumerate(GOOD.split()[1:]))
        with pytest.warns(ColumnIgnored, match="1 column"):
            assert same(read_table(write(text), target="height"))


class TestCells:
    def test_text_in_a_number_column(self, write):
        file = write("# comment\n" + GOOD.replace("2,19.6", "\ntwo,19.6").replace("4,78.5", "n/k,78.5"))
        text = message(read_table, file, target="height")
        assert 'the column "t" of fall.csv has text in 2 of 5 cells: "two" in line 6, "n/k" in line 8' in text

    def test_text_in_excel(self, tmp_path):
        frame = pd.DataFrame({"a": [1, 2, "x", 4, 5], "y": range(5)})
        frame.to_excel(tmp_path / "a.xlsx", index=False)
        assert '"x" in row 4' in message(read_table, tmp_path / "a.xlsx", target="y")

    def test_missing_and_infinite(self, write):
        file = write("t,height\n0,0\n1,\n2,19.6\ninf,44.1\n4,78.5\n5,1\n6,nan\n")
        assert message(read_table, file, target="height") == (
            "Every cell holds a finite number; 3 cells are missing or infinite in fall.csv: "
            '"t" in line 5; "height" in lines 3 and 8. Fill them in, or leave these rows out with '
            "drop_missing=True (--drop-missing)."
        )

    def test_dropped_rows(self, write):
        file = write("t,height\n0,0\n1,\n2,19.6\ninf,44.1\n4,78.5\n5,1\n6,2\n")
        with pytest.warns(MissingRowsDropped, match="2 of 7 rows of fall.csv .* lines 3 and 5"):
            table = read_table(file, target="height", drop_missing=True)
        assert table.X[:, 0].tolist() == [0, 2, 4, 5, 6]

    def test_dropping_may_leave_too_few(self, write):
        file = write(GOOD.replace("4.9", ""))
        with pytest.warns(MissingRowsDropped):
            assert "fall.csv has 4" in message(read_table, file, target="height", drop_missing=True)

    def test_lines_are_right_after_dropping(self, write):
        file = write("t,y,e\n0,0,1\n1,,1\n2,1,1\n3,1,1\n4,3,-1\n5,3,1\n6,3,1\n")
        with pytest.warns(MissingRowsDropped):
            text = message(read_table, file, target="y", sigma="e", drop_missing=True)
        assert "sigma is zero or negative in line 6 of fall.csv" in text

    def test_dates_are_text(self):
        frame = pd.DataFrame({"day": pd.date_range("2020-01-01", periods=5), "y": range(5)})
        assert 'the frame has text in the column "day" ("2020-01-01' in message(table_from_frame, frame, "y")


class TestValues:
    def test_few_rows(self):
        assert message(table_from_arrays, np.arange(4), np.arange(4)) == (
            "A law needs at least 5 rows; the table has 4. Add measurements."
        )

    def test_no_inputs(self, write):
        assert "fall.csv has none besides the target" in message(
            read_table, write("y\n1\n2\n3\n4\n5\n"), target="y"
        )

    def test_constant_target(self):
        assert '"y" is 3 in every row' in message(table_from_arrays, np.arange(5), np.full(5, 3))

    def test_constant_inputs_are_left_out(self):
        X = np.stack([np.ones(6), np.arange(6), np.full(6, 9.8)], axis=1)
        with pytest.warns(ColumnIgnored, match='"m", "g" of the table do not vary'):
            assert table_from_arrays(X, np.arange(6), ["m", "t", "g"]).columns == ("t",)
        assert "At least one input has to vary" in message(table_from_arrays, np.ones((6, 2)), np.arange(6))

    def test_sigma(self):
        assert "sigma is zero or negative in rows 1, 2" in message(
            table_from_arrays, np.arange(5), np.arange(5), sigma=0
        )
        assert "one value a row" in message(table_from_arrays, np.arange(5), np.arange(5), sigma=[1, 2])
        assert table_from_arrays(np.arange(5), np.arange(5), sigma=0.5).sigma.tolist() == [0.5] * 5

    def test_weights(self):
        assert "not negative" in message(table_from_arrays, np.arange(5), np.arange(5), weight=-np.ones(5))

    def test_shapes(self):
        assert "(rows, inputs)" in message(table_from_arrays, np.ones((5, 2)), np.ones(4))
        assert "2 inputs has one name" in message(table_from_arrays, np.eye(5)[:, :2], np.arange(5), ["a"])
        assert "got" in message(table_from_arrays, ["a"] * 5, np.arange(5))
        assert "its own input" in message(table_from_arrays, np.arange(5), np.arange(5), ["y"])


def test_rows_in_words():
    assert [RowNames().name(range(n)) for n in (1, 2, 3, 5)] == [
        "row 1",
        "rows 1 and 2",
        "rows 1, 2 and 3",
        "rows 1, 2, 3, 4, … (5 in all)",
    ]


def test_take_select_varying_pickle():
    table = table_from_arrays(np.arange(12.0).reshape(6, 2), np.arange(6), ["a", "b"], sigma=1.0)
    part = pickle.loads(pickle.dumps(table.take(np.arange(6) % 2 == 0).select(["b"])))
    assert part.columns == ("b",)
    assert part.X.ravel().tolist() == [1, 5, 9]
    assert len(part.sigma) == part.rows == 3
    assert varying(table) == ("a", "b")


def test_errors_of_inputs_by_column_by_number_and_by_row():
    X, y = np.arange(10.0).reshape(5, 2), np.arange(5.0)
    by_name = table_from_arrays(X, y, ["a", "b"], x_sigma={"b": np.arange(5.0)}).x_sigma
    assert by_name.tolist() == [[0, i] for i in range(5)]
    assert (table_from_arrays(X, y, x_sigma=0.1).x_sigma == 0.1).all()
    table = table_from_arrays(X, y, ["a", "b"], x_sigma=[0.1, 0.2])
    assert table.select(["b"]).take([0]).x_sigma.tolist() == [[0.2]]


@pytest.mark.parametrize(
    ("x_sigma", "message"),
    [
        ({"c": 1.0}, 'x_sigma names input columns; got "c"'),
        (np.ones((4, 2)), r"x_sigma has one value a row and input, \(5, 2\) in all; got shape \(4, 2\)"),
        ({"a": [1.0, 2.0]}, 'x_sigma of "a" has one value a row'),
        (-1.0, "A standard error is not negative; x_sigma is in rows"),
        ({"a": np.nan}, 'missing or infinite in the table: "x_sigma of a"'),
    ],
)
def test_errors_of_inputs_that_cannot_be(x_sigma, message):
    with pytest.raises(TableError, match=message):
        table_from_arrays(np.arange(10.0).reshape(5, 2), np.arange(5.0), ["a", "b"], x_sigma=x_sigma)
