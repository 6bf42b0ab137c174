"""From a table to the law: topologies are proposed, trained, judged and read."""

from kantools.discovery.result import Discovery, Progress, Step
from kantools.discovery.search import discover

__all__ = ["Discovery", "Progress", "Step", "discover"]
