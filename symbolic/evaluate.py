"""Evaluate an expression and its derivatives by parameters: a table and a walk.

A formula is refitted hundreds of times with new constants. Instead of printing and compiling code for
each candidate, the expression is flattened once into a short program over numpy arrays; walking it
forward gives the values, walking it backward the derivative by every parameter (reverse-mode automatic
differentiation, Griewank & Walther, *Evaluating Derivatives*, 2008).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import sympy
from sympy import Symbol

from kantools.clock import CALL, worked

__all__ = ["Program", "column_symbols", "compile_expression"]

Array = np.ndarray
Unary = tuple[Callable[[Array], Array], Callable[[Array, Array], Array]]

#: Operations for each step and row: of values, and of values with slopes; array calls of the latter.
#: Measured on a law with one exponential, one sine, and powers.
VALUE, SLOPE, SLOPE_CALLS = 1.0, 4.0, 6

#: sympy function → (value of x, derivative as a function of x and the value)
FUNCTIONS: dict[type, Unary] = {
    sympy.exp: (np.exp, lambda x, y: y),
    sympy.log: (np.log, lambda x, y: 1 / x),
    sympy.sin: (np.sin, lambda x, y: np.cos(x)),
    sympy.cos: (np.cos, lambda x, y: -np.sin(x)),
    sympy.tan: (np.tan, lambda x, y: 1 + y * y),
    sympy.sinh: (np.sinh, lambda x, y: np.cosh(x)),
    sympy.cosh: (np.cosh, lambda x, y: np.sinh(x)),
    sympy.tanh: (np.tanh, lambda x, y: 1 - y * y),
    sympy.asin: (np.arcsin, lambda x, y: 1 / np.sqrt(1 - x * x)),
    sympy.acos: (np.arccos, lambda x, y: -1 / np.sqrt(1 - x * x)),
    sympy.atan: (np.arctan, lambda x, y: 1 / (1 + x * x)),
    sympy.asinh: (np.arcsinh, lambda x, y: 1 / np.sqrt(1 + x * x)),
    sympy.acosh: (np.arccosh, lambda x, y: 1 / np.sqrt(x * x - 1)),
    sympy.atanh: (np.arctanh, lambda x, y: 1 / (1 - x * x)),
    sympy.cot: (lambda x: 1 / np.tan(x), lambda x, y: -1 - y * y),
    sympy.sec: (lambda x: 1 / np.cos(x), lambda x, y: y * np.tan(x)),
    sympy.csc: (lambda x: 1 / np.sin(x), lambda x, y: -y / np.tan(x)),
    sympy.coth: (lambda x: 1 / np.tanh(x), lambda x, y: 1 - y * y),
    sympy.sech: (lambda x: 1 / np.cosh(x), lambda x, y: -y * np.tanh(x)),
    sympy.Abs: (np.abs, lambda x, y: np.sign(x)),
    sympy.sign: (np.sign, lambda x, y: np.zeros_like(x)),
}


@dataclass(frozen=True)
class Operation:
    """One operation: its kind, what it needs, and which earlier operations it reads."""

    kind: str
    args: tuple[int, ...] = ()
    payload: Any = None


@dataclass(frozen=True)
class Program:
    """A flattened expression over columns and parameters.

    ``value(X, p)`` has shape (rows,); ``jacobian(X, p)`` returns the values and the derivatives by the
    parameters, shape (rows, parameters). Where the expression is not real the value is NaN.
    """

    operations: tuple[Operation, ...]
    parameters: int

    def value(self, X: Array, p: Sequence[float] | Array = ()) -> Array:
        worked(len(self.operations) * (CALL + VALUE * len(X)))
        with np.errstate(all="ignore"):
            return np.array(np.broadcast_to(self._forward(X.T, p)[-1], len(X)), dtype=float)

    def on(self, *columns: Array) -> Array:
        """The value where each column is an array of any one shape."""
        with np.errstate(all="ignore"):
            return np.broadcast_to(self._forward(columns, ())[-1], columns[0].shape)

    def jacobian(self, X: Array, p: Sequence[float] | Array) -> tuple[Array, Array]:
        worked(len(self.operations) * (SLOPE_CALLS * CALL + SLOPE * len(X)))
        with np.errstate(all="ignore"):
            values = self._forward(X.T, p)
            J = self._backward(values, len(X))[0]
        return np.array(np.broadcast_to(values[-1], len(X)), dtype=float), J

    def slopes(self, X: Array, p: Sequence[float] | Array = ()) -> tuple[Array, Array, Array]:
        """The values, and the derivatives by the parameters and by the columns, a row each."""
        worked(len(self.operations) * (SLOPE_CALLS * CALL + SLOPE * len(X)))
        with np.errstate(all="ignore"):
            values = self._forward(X.T, p)
            return np.array(np.broadcast_to(values[-1], len(X)), dtype=float), *self._backward(
                values, *X.shape
            )

    def _forward(self, columns: Sequence[Array] | Array, p: Sequence[float] | Array) -> list[Array]:
        values: list[Array] = []
        for operation in self.operations:
            values.append(_apply(operation, [values[i] for i in operation.args], columns, p))
        return values

    def _backward(self, values: list[Array], rows: int, columns: int = 0) -> tuple[Array, Array]:
        J, by_column = np.zeros((rows, self.parameters)), np.zeros((rows, columns))
        adjoint: list[Array | float] = [0.0] * len(values)
        adjoint[-1] = np.ones(rows)
        for k in range(len(self.operations) - 1, -1, -1):
            operation, a = self.operations[k], adjoint[k]
            if operation.kind == "parameter":
                J[:, operation.payload] += a
            elif operation.kind == "column" and columns:
                by_column[:, operation.payload] += a
            elif operation.kind == "node":
                inputs = [values[i] for i in operation.args]
                for i, slope in zip(operation.args, _slopes(operation, inputs, values[k]), strict=True):
                    adjoint[i] = adjoint[i] + a * slope
        return J, by_column


def _apply(
    operation: Operation, inputs: list[Array], columns: Sequence[Array] | Array, p: Sequence[float] | Array
) -> Array:
    if operation.kind == "node":
        return operation.payload[0](*inputs)
    if operation.kind == "column":
        return columns[operation.payload]
    return np.asarray(p[operation.payload] if operation.kind == "parameter" else operation.payload)


def _slopes(operation: Operation, inputs: list[Array], value: Array) -> Sequence[Array | float]:
    return operation.payload[1](inputs, value)


def _sum(*terms: Array) -> Array:
    total = terms[0]
    for term in terms[1:]:
        total = total + term
    return total


def _product(*factors: Array) -> Array:
    total = factors[0]
    for factor in factors[1:]:
        total = total * factor
    return total


def _product_slopes(inputs: list[Array], value: Array) -> list[Array]:
    return [_product(np.asarray(1.0), *(inputs[:i] + inputs[i + 1 :])) for i in range(len(inputs))]


def _power(base: Array, exponent: Array) -> Array:
    if exponent.ndim == 0 and exponent == -1:
        return 1 / base
    if exponent.ndim == 0 and exponent == 2:
        return base * base
    return np.asarray(np.power(base, exponent, dtype=float))


def _power_slopes(inputs: list[Array], value: Array) -> list[Array]:
    base, exponent = inputs
    log = np.log(np.where(base > 0, base, 1.0))
    return [exponent * np.power(base, exponent - 1, dtype=float), value * log]


def _payload(expr: sympy.Expr) -> tuple[Callable, Callable]:
    if expr.is_Add:
        return _sum, lambda inputs, value: [1.0] * len(inputs)
    if expr.is_Mul:
        return _product, _product_slopes
    if expr.is_Pow:
        return _power, _power_slopes
    if type(expr) in FUNCTIONS:
        f, slope = FUNCTIONS[type(expr)]
        return f, lambda inputs, value: [slope(inputs[0], value)]
    raise ValueError(
        f"A formula is made of sums, products, powers and "
        f"{', '.join(sorted(f.__name__ for f in FUNCTIONS))}; "
        f"got {expr.func.__name__} in {expr}. Rewrite it with those."
    )


def column_symbols(columns: Sequence[str]) -> tuple[Symbol, ...]:
    """One plain symbol a column, whatever its name (``lambda``, ``E``, ``flow rate`` are all fine)."""
    return tuple(Symbol(c) for c in columns)


def compile_expression(
    expr: sympy.Expr, columns: Sequence[sympy.Symbol], parameters: Sequence[sympy.Symbol] = ()
) -> Program:
    """Flatten an expression into a :class:`Program`.

    Equal subexpressions are computed once.

    Raises
    ------
    ValueError
        For a symbol that is neither a column nor a parameter, and for a function outside the table.

    Examples
    --------
    >>> import numpy as np, sympy
    >>> x, a = sympy.symbols("x a")
    >>> program = compile_expression(sympy.exp(a * x), [x], [a])
    >>> value, J = program.jacobian(np.array([[0.0], [1.0]]), [2.0])
    >>> value.round(3).tolist(), J.round(3).tolist()
    ([1.0, 7.389], [[0.0], [7.389]])
    """
    leaves = {c: Operation("column", payload=i) for i, c in enumerate(columns)}
    leaves |= {c: Operation("parameter", payload=i) for i, c in enumerate(parameters)}
    operations: list[Operation] = []
    place: dict[sympy.Expr, int] = {}

    def visit(e: sympy.Expr) -> int:
        if e not in place:
            args = () if e.is_Atom or e.is_number else tuple(visit(a) for a in e.args)
            operations.append(_operation(e, args, leaves))
            place[e] = len(operations) - 1
        return place[e]

    visit(sympy.sympify(expr))
    return Program(tuple(operations), len(parameters))


def _operation(e: sympy.Expr, args: tuple[int, ...], leaves: dict[sympy.Symbol, Operation]) -> Operation:
    if e in leaves:
        return leaves[e]
    if e.is_number:
        number = complex(e)
        return Operation("number", payload=number.real if abs(number.imag) < 1e-14 else np.nan)
    if e.is_Symbol:
        raise ValueError(
            f"Every symbol is a column or a parameter; got {e}, known: {[str(s) for s in leaves]}."
        )
    return Operation("node", args, _payload(e))
