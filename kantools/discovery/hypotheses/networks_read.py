"""Reading networks: what looks exact at once, or one that the agenda names."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import inf

from kantools.discovery.findings import Finding, Reading
from kantools.discovery.hypothesis import Cost, Hypothesis, Scene
from kantools.discovery.networks.reading import Read, least_error, read_network
from kantools.discovery.networks.trial import Trial
from kantools.discovery.threshold import judgement, size

__all__ = ["NetworksRead"]


@dataclass(frozen=True)
class NetworksRead(Hypothesis):
    """Networks pruned and snapped: the formulas that their curves make.

    Those that look exact are read until a formula is; misreadings are worked out last.
    """

    name = "networks read"
    cost = Cost.TENTHS
    topology: str = ""
    sparse: float = judgement(
        2.0,
        "times less error for each curve beyond one an input to look exact; "
        'measured: lab book, "What looks exact depends on the number of curves"',
    )
    failed: float = judgement(
        30.0,
        "times the network's error: its curves are not what they were read as; "
        'measured: lab book, "Misread networks"',
    )
    caution: float = judgement(3.0, "times the network's error: how well its curves are known; a guess")
    most_at_once: int = size(2, "networks that look exact, read before anything else was tried")
    candidates: int = size(8, "curves an edge may be read as")
    candidates_in_noise: int = size(
        12, "curves an edge may be read as in noise, where more of them fit alike"
    )
    longest: float = size(10.0, "seconds, or units of effort, of one reading: an unfinished one is none")

    def shortest(self, columns: int) -> float:
        return 9 if columns > 1 else inf  # two curves, with constants

    def applies(self, scene: Scene) -> bool:
        return bool(scene.visit.unread)

    def findings(self, scene: Scene) -> Iterator[Finding]:
        if self.topology:
            for trial in scene.visit.unread:
                if trial.topology.name == self.topology:
                    yield self._reading(scene, trial)
            return
        misread = []
        for trial in self._exact(scene)[: self.most_at_once]:
            reading = self._reading(scene, trial)
            if reading.failed:
                misread.append(reading)
            else:
                yield reading
        yield from misread

    def looks_exact(self, scene: Scene, trial: Trial) -> bool:
        """Whether so few curves follow the data so well that it can hardly be by flexibility.

        With noise: as well as any network does.
        """
        excess = len(trial.topology.edges) - scene.view.inputs
        if scene.evidence.noisy and excess <= 0:
            return trial.error <= scene.policy.as_good_as_networks * scene.evidence.least_error
        return bool(trial.error < scene.policy.looks_exact / self.sparse**excess)

    def _exact(self, scene: Scene) -> list[Trial]:
        ranked = sorted(scene.visit.unread, key=lambda t: t.error)
        return [t for t in ranked if self.looks_exact(scene, t)]

    def _reading(self, scene: Scene, trial: Trial) -> Reading:
        """Prune a network and snap its curves; nothing is worked out to the end yet."""
        noisy = scene.evidence.noisy
        read: Read = scene.once(
            "reading",
            *(self, trial.topology.name, trial.error, noisy),
            work=lambda: read_network(
                trial,
                scene.view,
                scene.data,
                scene.settings.primitives,
                keep=self.candidates_in_noise if noisy else self.candidates,
                caution=self.caution,
                longest=self.longest,
                deadline=scene.budget.deadline,
            ),
        )
        failed = not noisy and least_error(read.chosen, scene.data) > self.failed * trial.error
        told = f"{scene.view}: {trial.topology.name}"
        return Reading(told, read.chosen, read.network, read.activations, trial.topology.name, failed)
