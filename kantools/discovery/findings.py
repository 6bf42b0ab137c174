"""What a hypothesis finds: closed forms, networks and their readings, other views, or just a result."""

from dataclasses import dataclass
from enum import Enum

from kantools.activation import Activations
from kantools.discovery.networks.trial import Trial
from kantools.discovery.surrogates.surrogate import Surrogate
from kantools.discovery.verdict import Verdict
from kantools.discovery.views.view import View
from kantools.network import KAN
from kantools.symbolic.whole.choose import Chosen
from kantools.symbolic.whole.draft import Draft

__all__ = ["Finding", "Form", "Must", "Reading", "Surveyed", "Tested", "Trained", "Turn"]


@dataclass(frozen=True)
class Tested:
    """A result for the record.

    Attributes
    ----------
    told : str
        What was tested, as people read it.
    error : float or None
        Relative root mean square error; None for that of the best formula.
    verdict : Verdict
    message : str
        More than the verdict says.
    view : View or None
        Another view than the scene's, made from it; None for the scene's.
    everywhere : bool
        Whether it concerns the table as a whole.
    best : bool
        Whether it is the error of a model of the view, like a network's.
    """

    told: str
    error: float | None
    verdict: Verdict
    message: str = ""
    view: View | None = None
    everywhere: bool = False
    best: bool = False


@dataclass(frozen=True)
class Form:
    """A closed form, fitted to all rows.

    Attributes
    ----------
    draft : Draft
    told : str
        The hypothesis that it came of, as people read it.
    if_shorter : bool
        Whether it is worked out only where it may be the shortest description so far.
    spare : bool
        Whether it is passed over once the end has come and there is a formula.
    """

    draft: Draft
    told: str = ""
    if_shorter: bool = False
    spare: bool = False


@dataclass(frozen=True)
class Reading:
    """What curves were read as: many drafts, of which the undominated ones are worked out.

    Attributes
    ----------
    told : str
    chosen : list of Chosen
        The shortest description first.
    network : KAN or None
        What is left of the network; None where the table is a curve itself.
    activations : Activations or None
        Its curves.
    topology : str
        Its name.
    failed : bool
        Whether all are far worse than the network, without noise: its curves are not what they were read as.
    """

    told: str
    chosen: list[Chosen]
    network: KAN | None = None
    activations: Activations | None = None
    topology: str = ""
    failed: bool = False


@dataclass(frozen=True)
class Trained:
    """A network of the scene's view; ``trial`` is None where training gave no number."""

    told: str
    trial: Trial | None


@dataclass(frozen=True)
class Surveyed:
    """The best surrogate of a view of the whole table, and for which idea of the noise it was made."""

    view: View
    surrogate: Surrogate
    noisy: bool


class Must(Enum):
    """What a view must reach to be gone on from, compared with the view that it was made from."""

    HOLD = "as good, but for what flexibility makes"
    EASE = "about as easy to learn in noise"
    NO_WORSE = "no worse"
    HELP = "clearly better"
    NOTHING = "anything"


@dataclass(frozen=True)
class Turn:
    """Another view.

    Attributes
    ----------
    choices : tuple of View
        That say the same; the first one that holds is gone on from, the others are looked at.
    must : Must
    error : float or None
        Of a polynomial on held-out rows, where the hypothesis has measured it.
    told : str
        What is borne out or contradicted by it, if that is to be said.
    through : tuple of View
        From the scene's view to the choices.
    """

    choices: tuple[View, ...]
    must: Must = Must.HOLD
    error: float | None = None
    told: str = ""
    through: tuple[View, ...] = ()


Finding = Form | Reading | Tested | Trained | Surveyed | Turn
