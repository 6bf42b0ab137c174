"""What is being done stands on a terminal, and nowhere else."""

from kantools.cli.console import at_work


def test_on_a_terminal(monkeypatch, capsys):
    monkeypatch.setenv("FORCE_COLOR", "1")
    with at_work("reading [a].csv", quiet=False):
        pass
    told = capsys.readouterr()
    assert "reading [a].csv" in told.err
    assert told.out == ""


def test_quiet_or_in_a_pipe(monkeypatch, capsys):
    with at_work("reading a.csv", quiet=False):
        pass
    monkeypatch.setenv("FORCE_COLOR", "1")
    with at_work("reading a.csv", quiet=True):
        pass
    assert capsys.readouterr().err == ""
