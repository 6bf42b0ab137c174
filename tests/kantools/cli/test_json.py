"""Output for programs and for terminals: one JSON document, the log, colour only where it can be seen."""

import json
import logging
import re

import pytest
from typer.testing import CliRunner, Result

from kantools.cli.commands import app
from kantools.cli.log import logged
from kantools.datasets import EXPERIMENTS, PROBLEMS

COLOUR = re.compile(r"\x1b\[[0-9;]*3[0-9]")


def kantools(*args: str, **environment: str) -> Result:
    return CliRunner().invoke(app, args, env=environment)


@pytest.mark.usefixtures("fake_discovery")
class TestFit:
    def test_one_document(self):
        result = kantools("fit", "planets", "--json")
        document = json.loads(result.stdout)
        assert document["formula"].startswith("period = ")
        assert document["latex"].startswith(r"\mathrm{period} = ")
        assert document["target"] == "period"
        assert document["columns"] == ["distance"]
        assert [f["complexity"] for f in document["front"]] == [2, 4, 4]
        assert document["formula"] in [f["formula"] for f in document["front"]]
        assert document["stopped"] == "finished"
        assert document["seconds"] >= 0
        assert document["interrupted"] is False
        c1 = next(c for c in document["constants"] if c["name"] == "c1")
        assert c1["value"] == pytest.approx(1.4998, abs=1e-3)
        assert 0 < c1["error"] < 1e-3

    def test_numbers_that_are_not_finite_are_null(self):
        text = kantools("fit", "planets", "--json").stdout
        assert "NaN" not in text
        assert json.loads(text)["held_out_loss"] is None

    def test_quiet_leaves_the_document_alone(self):
        loud, quiet = kantools("fit", "planets", "--json"), kantools("fit", "planets", "--json", "-q")
        assert "Looking for" in loud.stderr
        assert quiet.stderr == ""
        assert set(json.loads(loud.stdout)) == set(json.loads(quiet.stdout))

    def test_colour_only_where_it_is_wanted(self):
        assert "\x1b" not in kantools("fit", "planets").stdout
        assert COLOUR.search(kantools("fit", "planets", FORCE_COLOR="1", TERM="xterm-256color").stdout)
        no_color = kantools("fit", "planets", FORCE_COLOR="1", TERM="xterm-256color", NO_COLOR="1")
        assert not COLOUR.search(no_color.stdout)


class TestDatasets:
    def test_list(self):
        document = json.loads(kantools("datasets", "--json").stdout)
        assert list(document["experiments"]) == list(EXPERIMENTS)
        assert list(document["problems"]) == list(PROBLEMS)

    def test_one(self):
        document = json.loads(kantools("datasets", "ohm", "--json").stdout)
        assert document["name"] == "ohm"
        assert document["title"] == EXPERIMENTS["ohm"].title
        assert "source" in document

    def test_quiet(self, tmp_path):
        loud, quiet = (
            kantools("datasets", "ohm", "--csv", str(tmp_path / "o.csv"), *q) for q in ((), ("-q",))
        )
        assert (loud.stderr.startswith("Written: "), quiet.stderr) == (True, "")


class TestLog:
    @pytest.mark.parametrize(
        ("verbosity", "seen"), [(0, []), (1, ["found"]), (2, ["found", "tried"]), (3, ["found", "tried"])]
    )
    def test_levels(self, verbosity, seen, capsys):
        logger = logging.getLogger("kantools.discovery.discover")
        with logged(verbosity):
            logger.info("found")
            logger.debug("tried")
        lines = capsys.readouterr().err.splitlines()
        assert [line.split()[-1] for line in lines] == seen
        assert all(re.match(r"\d\d:\d\d:\d\d ", line) for line in lines)

    def test_all_is_as_before_afterwards(self, capsys):
        logger = logging.getLogger("kantools")
        before = logger.level, list(logger.handlers)
        with logged(2):
            pass
        assert (logger.level, logger.handlers) == before

    def test_verbose_shows_the_search(self, fake_discovery, monkeypatch):
        search = fake_discovery.discover

        def telling(*args, **options):
            logging.getLogger("kantools.discovery").info("a line of the log")
            return search(*args, **options)

        monkeypatch.setattr(fake_discovery, "discover", telling)
        assert "a line of the log" in kantools("fit", "planets", "-v").stderr
        assert "a line of the log" not in kantools("fit", "planets").stderr
