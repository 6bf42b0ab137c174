"""What a search believes of views and formulas, and how long it waits: what no hypothesis owns."""

from dataclasses import dataclass, field

from kantools.discovery.noise.residue import NoiseTest
from kantools.discovery.surrogates.survey import Survey
from kantools.discovery.threshold import judgement, size

__all__ = ["Policy"]


@dataclass(frozen=True)
class Policy:
    """Thresholds of the walk through the views of a table.

    Errors are relative root mean squares on rows held out; a view's is that of its best model.
    """

    holds: float = judgement(
        2.0, "times the error of the view before: one that predicts worse hides something; a guess"
    )
    eases: float = judgement(
        1.15,
        "times the error of the view before, where noise is most of it or the surrogate poor; "
        'measured: lab book, "Views judged by the error of the view before"',
    )
    helps: float = judgement(
        0.7,
        "times the error of the view before, for columns joined on suspicion: a join must help; a guess; "
        'what it found: lab book, "Joins of two columns"',
    )
    no_worse: float = judgement(
        1.0, "times the error of the view before, for mixed columns and, in noise, joined ones; by definition"
    )
    poor: float = judgement(0.01, "error of a surrogate whose gradient tells little; a guess")
    looks_exact: float = judgement(1e-3, "error at which few curves can hardly fit by flexibility; a guess")
    hopeless: float = judgement(0.3, "error of a surrogate that has not followed the table; a guess")
    clear: float = judgement(0.5, "error of a polynomial that follows the table for the most part; a guess")
    easier: float = judgement(1.01, "times a polynomial's error: as easy with fewer columns; a guess")
    far: float = judgement(
        5.0,
        "times the least error of a polynomial among the leads: one so much worse comes last; a guess; "
        'what it found: lab book, "Views that are five times harder to learn"',
    )
    rough: float = judgement(
        0.003, "error of the best network that noise explains, and not a law that is hard to learn; a guess"
    )
    as_well: float = judgement(1.02, "times the best model's error: as good; a guess")
    chance: float = judgement(
        0.3, "over the root of the rows held: by what share the luckiest of many networks is better; a guess"
    )
    much_better: float = judgement(
        0.6, "times the best network's error: no network has followed the law; a guess"
    )
    few_numbers: int = judgement(
        1, "free constants with which a formula that leaves noise ends a search; a guess"
    )
    patience: float = judgement(
        2.0,
        "times what the best formula took, waited for a better one; "
        'measured: lab book, "In noise a search ends when a formula"',
    )
    wait_a_number: float = judgement(
        4.0,
        "seconds, or units of effort, waited for each free constant of the best formula; "
        'measured: lab book, "Patience with a formula"',
    )
    few_columns: int = size(3, "columns up to which short formulas come early: they cost little there")
    few_in_averages: int = size(
        3,
        "columns up to which means of neighbouring rows stand for all rows; "
        'measured: lab book, "Means of rows in up to ten columns"',
    )
    few_at_once: int = size(2, "columns up to which short formulas come before networks are read")
    few_as_they_are: int = size(
        4, "columns up to which the table is looked at as it is before columns are left out: that is quick"
    )
    most_leads: int = size(6, "views that one view leads to by polynomials")
    most_choices: int = size(2, "bases of one null space that are tested by polynomials")
    most_followed: int = size(12, "views that are followed by polynomials from one view")
    looks_good: float = judgement(
        0.05, "error below which the best unread network is read now and then; a guess"
    )
    read_every: int = size(30, "topologies from one reading of the best unread network to the next")
    near_the_best: float = judgement(1.5, "times the least error: a network worth reading; a guess")
    better_than_read: float = judgement(
        0.98, "times the best formula's error: a network that knows more; a guess"
    )
    as_good_as_networks: float = judgement(1.05, "times the networks' least error: as good; a guess")
    most_read_late: int = size(4, "networks that are read when all are tried")
    patient_topologies: int = size(15, "topologies without a better formula after which a view is done")
    survey: Survey = field(default_factory=Survey)
    noise: NoiseTest = field(default_factory=NoiseTest)
