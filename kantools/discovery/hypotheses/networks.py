"""Networks of one topology, trained on some rows and judged on the others."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import inf

from kantools.discovery.findings import Finding, Trained
from kantools.discovery.hypothesis import Cost, Hypothesis, Scene
from kantools.discovery.networks.topology import Topology
from kantools.discovery.networks.trial import run_trial

__all__ = ["Networks"]


@dataclass(frozen=True)
class Networks(Hypothesis):
    """``T(y) = Σ f_i(x_i)``, ``Π f_i(x_i)``, ``g(Σ h_i(x_i))`` and more: curves that are learned.

    Which topology is trained is for the agenda to say.
    """

    name = "networks"
    cost = Cost.TENTHS
    topology: Topology | None = None

    def shortest(self, columns: int) -> float:
        return inf  # others read them

    def applies(self, scene: Scene) -> bool:
        return self.topology is not None and not scene.budget.late

    def findings(self, scene: Scene) -> Iterator[Finding]:
        topology, smoothness = self.topology, scene.evidence.smoothness
        assert topology is not None
        settings = (scene.settings.seed, scene.budget.deadline, scene.settings.basis, smoothness)
        trial = scene.once(
            "trial",
            *(topology.name, smoothness),
            work=lambda: run_trial(topology, scene.view.seen, scene.split, *settings),
        )
        yield Trained(f"{scene.view}: {topology.name}", trial)
