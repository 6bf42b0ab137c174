"""From a table to the law: hypotheses are tried in views of the table, and what they find is judged."""

from kantools.discovery.discover import discover
from kantools.discovery.hypothesis import Hypothesis, Scene
from kantools.discovery.policy import Policy
from kantools.discovery.result import Discovery, Progress, Step
from kantools.discovery.verdict import Stop, Verdict

__all__ = ["Discovery", "Hypothesis", "Policy", "Progress", "Scene", "Step", "Stop", "Verdict", "discover"]
