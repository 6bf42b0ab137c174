"""A contract for ``lint-imports``: no file comes, through what it imports, to need itself.

Imports inside functions and under ``TYPE_CHECKING`` count: a circle of two files is one file that has been
sawn in two, however it is made to load. `acyclic_siblings`, which comes with the linter, asks for more than
that, no circle of *folders*, and for less: a folder's ``__init__`` is not looked at.
"""

from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output
from importlinter.application.contract_utils import AlertLevel, remove_ignored_imports

__all__ = ["NoCircles", "circles"]


class NoCircles(Contract):
    """No circle of files; ``ignore_imports`` as in the linter's own contracts."""

    ignore_imports = fields.SetField(subfield=fields.ImportExpressionField(), required=False)

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        warnings = remove_ignored_imports(graph, self.ignore_imports, AlertLevel.WARN)
        found = list(circles({m: graph.find_modules_directly_imported_by(m) for m in graph.modules}))
        return ContractCheck(kept=not found, warnings=warnings, metadata={"circles": found})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for circle in check.metadata["circles"]:
            output.print_error(" -> ".join(circle))


def circles(imports: Mapping[str, set[str]]) -> Iterator[list[str]]:
    """Circles as paths that end where they begin; without the first import of each there is none left.

    >>> list(circles({"a": {"b", "d"}, "b": {"c"}, "c": {"a"}, "d": set()}))
    [['a', 'b', 'c', 'a']]
    """
    left = {file: sorted(imports[file]) for file in sorted(imports)}
    while True:
        try:
            return TopologicalSorter(left).prepare()
        except CycleError as error:
            circle = error.args[1][::-1]
            yield circle
            left[circle[0]].remove(circle[1])
