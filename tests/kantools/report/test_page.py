"""The page stands alone, says everything, and lets no name become a tag."""

import base64
import hashlib
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest

from kantools.errors import SettingError
from kantools.report.kinds import KINDS, written
from kantools.report.page import as_html, as_text
from kantools.report.provenance import table_fingerprint
from tests.kantools.report.conftest import HOSTILE, TARGET

VOID = {"meta", "link", "br", "img", "hr", "input"}


class Elements(HTMLParser):
    """Every element with its attributes and the text in it, and whether all were closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.all: list[tuple[str, dict[str, str | None]]] = []
        self.text: dict[str, list[str]] = {}
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.all.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.all.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.setdefault(self.open[-1] if self.open else "", []).append(data)

    def named(self, tag):
        return [attributes for t, attributes in self.all if t == tag]


@pytest.fixture(scope="module")
def page(report):
    return as_html(report)


@pytest.fixture(scope="module")
def elements(page):
    return Elements(page)


def test_every_element_is_closed(elements):
    assert elements.open == []


def test_names_are_text(page, elements):
    assert len(elements.named("script")) == 1
    assert HOSTILE not in page
    assert HOSTILE in "".join(elements.text["mtext"])
    assert any(HOSTILE in str(a.get("aria-label")) for a in elements.named("a"))
    assert HOSTILE in elements.text["th"]


def test_nothing_is_loaded(page, elements):
    for tag, attributes in elements.all:
        for key in ("src", "href", "data", "action", "srcset"):
            value = attributes.get(key) or "#"
            assert value.startswith(("#", "data:")), (tag, attributes)
        assert not any(key.startswith("on") for key in attributes)
    style = "".join(elements.text["style"])
    assert "url(" not in style
    assert "@import" not in style


def test_only_its_own_script_may_run(page, elements):
    (policy,) = [m["content"] for m in elements.named("meta") if "http-equiv" in m]
    script = re.search(r"<script>(.*)</script>", page, re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")


def test_identifiers_are_unique(elements):
    identifiers = [a["id"] for _, a in elements.all if "id" in a]
    assert len(identifiers) == len(set(identifiers))
    targets = {a["href"][1:] for _, a in elements.all if (a.get("href") or "").startswith("#")}
    assert targets <= set(identifiers)


def test_each_formula_has_a_point_a_panel_and_a_row(elements, report):
    links = [a for a in elements.named("a") if "data-formula" in a]
    for k in range(len(report.front)):
        assert sum(a["data-formula"] == str(k) for a in links) == 2
        assert any(a.get("id") == f"formula-{k}" for a in elements.named("article"))


def test_what_it_says(page, report):
    constant = report.chosen.constants[0]
    for text in (
        str(constant),
        table_fingerprint(report.table),
        "kantools fit &#39;a b.csv&#39;",
        "time_limit=2",
        "numpy " + np.__version__,
        "row 8 of the table",
        "The search ended at its time limit",
        "y = f / g",
    ):
        assert text in page, text


def test_size(page):
    assert len(page.encode()) < 200_000


def test_a_long_table_stays_small(report):
    rows = np.arange(50_000) % report.table.rows
    page = as_html(replace(report, table=report.table.take(rows)))
    assert len(page.encode()) < 600_000


def test_without_data(report):
    page = as_html(replace(report, table=None))
    assert "Written without the data" in page
    assert 'id="residuals-title"' not in page
    assert 'id="data-title"' not in page
    assert str(report.chosen.constants[0]) in page


def test_without_network_steps_and_constants(report):
    chosen = replace(
        report.chosen, template=report.chosen.expression, constants=(), covariance=np.zeros((0, 0))
    )
    found = replace(report.discovery, activations=None, steps=(), chosen=chosen, front=(chosen,))
    page = as_html(replace(report, discovery=found))
    assert "no constants to be uncertain of" in page
    assert "not kept in a saved model" in page


def test_units_are_written_as_in_print(report):
    chosen = replace(report.chosen.constants[0], unit="kg*m**2/(s**2*K)")
    found = replace(report.discovery.front[0], constants=(chosen, *report.chosen.constants[1:]))
    discovery = replace(report.discovery, chosen=found, front=(found,))
    page = as_html(replace(report, discovery=discovery, units={"t_0": "1/m**0.5"}))
    assert "kg·m²/(s²·K)" in page
    assert "t_0 (1/m^0.5)" in page
    assert "m**" not in page.partition('id="code-title"')[0]


def test_a_network_that_was_not_read_is_told_from_one_that_was(report):
    page = as_html(replace(report, discovery=replace(report.discovery, snapped={})))
    assert "the formula was not read from it" in page
    edge = report.discovery.activations.edges[0]
    read = replace(report.discovery, snapped={edge.edge: (edge.y, "sin")})
    assert "what it was read as" in as_html(replace(report, discovery=read))


def test_text(report):
    text = as_text(report)
    assert text.splitlines()[0] == str(report.chosen)
    assert HOSTILE in text  # nothing is escaped where nothing can run
    assert "→          5" in text
    assert "row 8 of the table" in text


def test_json(report, tmp_path: Path):
    told = json.loads(written(report, tmp_path / "report.json"))
    assert told["formula"]["equation"] == str(report.chosen)
    assert told["chosen"] == 1
    assert told["fit"]["outlying_rows"] == [8]
    assert told["data"][0]["name"] == TARGET
    assert told["data"][1]["error"] is None
    assert told["reproduce"]["table_sha256"] == table_fingerprint(report.table)


def test_unknown_ending(report):
    with pytest.raises(SettingError, match=r'A report ends in .html, .htm, .txt, .json; got "report.pdf".'):
        written(report, Path("report.pdf"))
    assert set(KINDS) == {".html", ".htm", ".txt", ".json"}
