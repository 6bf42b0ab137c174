"""Discovery: from a table to the law in it.

The rows are looked at as they are, or as they count once something stands in for the law
(:mod:`kantools.discovery.looks`); each look is a walk through the views of the table
(:mod:`kantools.discovery.walk`). The search ends early when a formula explains the data to rounding error or
to the given sigma, or when nothing better is in sight. Whatever interrupts it, the best formula so far is the
answer.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from kantools.clock import Seconds, Work, now, refuse_effort, running
from kantools.discovery.agenda import Agenda
from kantools.discovery.budget import Budget
from kantools.discovery.conclusion import conclude
from kantools.discovery.hypothesis import Settings
from kantools.discovery.journal import Journal
from kantools.discovery.looks import Looks
from kantools.discovery.memory import Memory
from kantools.discovery.noise.first_look import refuse_noise
from kantools.discovery.one_thread import one_thread
from kantools.discovery.policy import Policy
from kantools.discovery.result import Discovery, Progress
from kantools.discovery.roster import Choice, roster_of
from kantools.discovery.verdict import Stop
from kantools.kernels.prepare import prepare
from kantools.symbolic.examine.examined import examined
from kantools.symbolic.fit.data import data_of
from kantools.symbolic.formula import Formula
from kantools.symbolic.language.language import Forbidden, language_of
from kantools.symbolic.noise import AUTO
from kantools.symbolic.primitive import Selection
from kantools.table import Table

__all__ = ["discover"]

logger = logging.getLogger(__name__)


def discover(
    table: Table,
    *,
    primitives: Selection | None = None,
    forbid: Forbidden | None = None,
    units: Mapping[str, str] | None = None,
    basis: str = "bspline",
    time_limit: float = 60.0,
    effort: float | None = None,
    max_complexity: int = 60,
    selection: str = "description_length",
    loss: str = "squared",
    noise: str = AUTO,
    seed: int = 0,
    hypotheses: Sequence[Choice] | None = None,
    policy: Policy | None = None,
    progress: Callable[[Progress], None] | None = None,
    known: Sequence[Formula] = (),
    memory: Memory | None = None,
) -> Discovery:
    """Find the law in a table.

    Parameters
    ----------
    table : Table
    primitives : sequence of str or Primitive, or mapping of them to int, optional
        What activations may be snapped to, and what each costs; all there are by default.
    forbid : mapping of str to sequence of str, optional
        Which primitives must not stand around which others.
    units : mapping of str to str, optional
        The unit of every column and of the target, as pint reads it. Formulas are then consistent with them.
        The table's own units are labels and not used.
    basis : str
        What the curves of the networks are made of, a name of ``kantools.bases.BASES``.
    time_limit : float
        Seconds; what has to be compiled once is compiled before they count.
    effort : float, optional
        Units of work (:mod:`kantools.clock`), about as many as seconds of one core, in the place of the time
        limit: with the same seed and effort the answer is the same however busy the machine is. With 0 there
        are plain formulas only. How long things took is then told in these units, too.
    max_complexity : int
        Formulas longer than this are not chosen.
    selection : {"description_length", "loss", "knee"}
        How one formula is chosen from the front.
    loss : {"squared", "huber", "soft_l1", "cauchy"}
        What residuals cost. Under the robust ones rows that lie far off are left out while structures are
        looked for, and all rows count for the constants in the end.
    noise : {"auto", "constant", "proportional", "mixed", "counts", "rounding"}
        How the target scatters where it has no standard errors; by default as the data speak for.
    seed : int
    hypotheses : sequence, optional
        Which hypotheses are tried: names, instances with other thresholds, ``...`` for all others, and names
        with a minus before them for those to leave out; see ``kantools hypotheses``.
    policy : Policy, optional
        Other thresholds of the walk than the default ones.
    progress : callable, optional
        Called with a :class:`Progress` now and then.
    known : sequence of Formula
        Found elsewhere; they are fitted to this table and compete.
    memory : Memory, optional
        What earlier searches of this table have worked out; this one adds to it.

    Returns
    -------
    Discovery
        A KeyboardInterrupt ends the search; what was found by then is returned.

    Raises
    ------
    SettingError
        For an unknown setting, an effort that is no number from 0, noise that the target cannot have, and
        where the hypotheses that were chosen find no formula.

    Examples
    --------
    >>> x = np.linspace(1, 3, 40)
    >>> print(discover(Table(("x",), x[:, None], "y", 2 * x**3), time_limit=10).chosen)
    y = 2*x**3
    >>> print(discover(Table(("x",), x[:, None], "y", np.sin(x**2)), effort=0).stopped)
    effort spent
    """
    refuse_effort(effort)
    language = language_of(primitives, forbid)
    agenda = Agenda(roster_of(hypotheses), policy or Policy())
    logger.info("looking for %s in %s, %d rows", table.target, ", ".join(table.columns), table.rows)
    told = data_of(table, units, language, loss)
    refuse_noise(told, noise)
    settings = Settings(language.primitives, basis, seed, tuple(known))
    if memory is not None:
        written = [(p.name, str(p.expr), p.complexity) for p in language.primitives]
        nestings = [(outer.name, inner.name) for outer, inner in language.forbidden]
        about = (written, language.restricted, nestings, units, basis, seed, noise)
        memory.turn_to(told, *about, agenda.roster.members, agenda.policy)
    prepare()
    with running(Seconds() if effort is None else Work()):
        begin = now()
        limit, ends = (time_limit, Stop.TIME) if effort is None else (effort, Stop.EFFORT)
        budget = Budget(begin, begin + limit, ends)
        journal = Journal(begin, progress)
        looks = Looks(told, table, settings, agenda, budget, journal, max_complexity, memory, noise=noise)
        return _found(looks, selection)


def _found(looks: Looks, selection: str) -> Discovery:
    """Look, and conclude whatever interrupts it."""
    stopped = Stop.INTERRUPTED
    with np.errstate(all="ignore"):
        try:
            with one_thread():
                stopped = looks.run()
        except KeyboardInterrupt:
            if not (looks.ledger.formulas or looks.ledger.inconsistent):
                raise
        try:
            return _concluded(looks, selection, stopped)
        except KeyboardInterrupt:
            return conclude(looks.ledger, looks.settings, selection, Stop.INTERRUPTED, picture=False)


def _concluded(looks: Looks, selection: str, stopped: Stop) -> Discovery:
    """The formulas, examined; where errors or outliers were weighed, constants are fitted with them.

    A rival that turns out to fail within the ranges of the rows is none.
    """
    unit = looks.settle()
    found = conclude(looks.ledger, looks.settings, selection, stopped)
    data = looks.data
    formulas = tuple(dict.fromkeys((*found.front, *found.rivals)))
    known = examined(formulas, data, looks.budget.patience)
    known = tuple(replace(f, loss=f.loss * unit, held_out_loss=f.held_out_loss * unit) for f in known)
    told = dict(zip(formulas, known, strict=True))
    logger.info("%s after %.1f %s: %s", stopped, found.seconds, found.unit, found.chosen)
    return replace(
        found,
        front=tuple(told[f] for f in found.front),
        chosen=told[found.chosen],
        rivals=tuple(f for r in found.rivals if (f := told[r]).domain is None or f.domain.unbroken),
        scale=np.sqrt(unit),
    )
