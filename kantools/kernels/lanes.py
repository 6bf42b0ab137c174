"""Vectors of numbers that the processor works on at once, for use inside Numba kernels.

Left to itself the compiler makes vectors of inner loops only, and keeps a running sum in memory where it
cannot prove that arrays do not overlap. Here the vectors are values: a kernel loads, multiplies, adds and
stores them, and they stay in registers in between. How many numbers a vector has must be known when a kernel
is compiled, and the length of a tuple is: a *tile* of length ``k`` means ``2^(k-1)`` numbers, and an *order*
is as long as the family of vectors that some functions take and return.

Arrays are flat and contiguous, and an index counts elements. Nothing checks bounds.
"""

from collections.abc import Callable
from typing import Any

from llvmlite import ir
from numba import types
from numba.extending import intrinsic, models, register_model

__all__ = ["Lanes", "combine", "fma", "fma_each", "load", "load_each", "store", "total", "zero", "zero_each"]


class Lanes(types.Type):
    """The Numba type of a vector of ``count`` numbers of type ``dtype``."""

    def __init__(self, dtype: types.Float, count: int) -> None:
        self.dtype, self.count = dtype, count
        super().__init__(f"Lanes({dtype}, {count})")


@register_model(Lanes)
class _LanesModel(models.PrimitiveModel):
    def __init__(self, manager: Any, fe_type: Lanes) -> None:
        element = manager.lookup(fe_type.dtype).get_value_type()
        super().__init__(manager, fe_type, ir.VectorType(element, fe_type.count))


def _lanes(array: types.Array, tile: types.UniTuple) -> Lanes:
    return Lanes(array.dtype, 2 ** (tile.count - 1))


def _vector(context: Any, lanes: Lanes) -> ir.VectorType:
    return context.get_value_type(lanes)


def _address(context: Any, builder: Any, kind: Any, array: Any, index: Any) -> Any:
    return builder.gep(context.make_array(kind)(context, builder, array).data, [index])


def _load(context: Any, builder: Any, lanes: Lanes, address: Any) -> Any:
    pointer = builder.bitcast(address, _vector(context, lanes).as_pointer())
    return builder.load(pointer, align=lanes.dtype.bitwidth // 8)


def _spread(context: Any, builder: Any, lanes: Lanes, scalar: Any) -> Any:
    """A vector with the same number everywhere."""
    vector = _vector(context, lanes)
    one = builder.insert_element(ir.Constant(vector, ir.Undefined), scalar, ir.Constant(ir.IntType(32), 0))
    places = ir.Constant(ir.VectorType(ir.IntType(32), lanes.count), [0] * lanes.count)
    return builder.shuffle_vector(one, ir.Constant(vector, ir.Undefined), places)


def _times_plus(builder: Any, a: Any, b: Any, c: Any) -> Any:
    """``a b + c``, in one instruction where there is one."""
    return builder.fadd(builder.fmul(a, b, flags=["contract"]), c, flags=["contract"])


@intrinsic
def zero(typing: Any, array: Any, tile: Any) -> tuple[Any, Callable[..., Any]]:
    """A vector of zeros of the type of the array's numbers."""
    lanes = _lanes(array, tile)

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return ir.Constant(_vector(context, lanes), None)

    return lanes(array, tile), generate


@intrinsic
def load(typing: Any, array: Any, index: Any, tile: Any) -> tuple[Any, Callable[..., Any]]:
    """The numbers of the array from ``index`` on."""
    lanes = _lanes(array, tile)

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return _load(context, builder, lanes, _address(context, builder, array, args[0], args[1]))

    return lanes(array, types.intp, tile), generate


@intrinsic
def store(typing: Any, array: Any, index: Any, value: Any) -> tuple[Any, Callable[..., Any]]:
    """Write a vector into the array from ``index`` on."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        address = _address(context, builder, array, args[0], args[1])
        pointer = builder.bitcast(address, _vector(context, value).as_pointer())
        builder.store(args[2], pointer, align=value.dtype.bitwidth // 8)
        return context.get_dummy_value()

    return types.none(array, types.intp, value), generate


@intrinsic
def fma(typing: Any, a: Any, b: Any, c: Any) -> tuple[Any, Callable[..., Any]]:
    """``a b + c`` for vectors ``b`` and ``c``; ``a`` is a vector or a number."""
    scalar = a if isinstance(a, Lanes) else c.dtype

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        first = args[0] if isinstance(a, Lanes) else _spread(context, builder, c, args[0])
        return _times_plus(builder, first, args[1], args[2])

    return c(scalar, b, c), generate


@intrinsic
def total(typing: Any, value: Any) -> tuple[Any, Callable[..., Any]]:
    """The sum of a vector's numbers."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        vector, count, none = args[0], value.count, ir.Constant(ir.IntType(32), 0)
        while count > 1:
            count //= 2
            kind = ir.VectorType(ir.IntType(32), count)
            halves = (ir.Constant(kind, list(range(k, k + count))) for k in (0, count))
            low, high = (builder.shuffle_vector(vector, vector, h) for h in halves)
            vector = builder.fadd(low, high)
        return builder.extract_element(vector, none)

    return value.dtype(value), generate


@intrinsic
def zero_each(typing: Any, array: Any, tile: Any, order: Any) -> tuple[Any, Callable[..., Any]]:
    """As many vectors of zeros as ``order`` is long."""
    family = types.UniTuple(_lanes(array, tile), order.count)

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        zeros = [ir.Constant(_vector(context, family.dtype), None)] * family.count
        return context.make_tuple(builder, family, zeros)

    return family(array, tile, order), generate


@intrinsic
def load_each(
    typing: Any, array: Any, index: Any, stride: Any, tile: Any, order: Any
) -> tuple[Any, Callable[..., Any]]:
    """The vectors at ``index``, ``index + stride``, …, as many as ``order`` is long."""
    family = types.UniTuple(_lanes(array, tile), order.count)

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        vectors, at = [], args[1]
        for _ in range(family.count):
            address = _address(context, builder, array, args[0], at)
            vectors.append(_load(context, builder, family.dtype, address))
            at = builder.add(at, args[2])
        return context.make_tuple(builder, family, vectors)

    return family(array, types.intp, types.intp, tile, order), generate


def _scalars(context: Any, builder: Any, kind: Any, args: Any, count: int) -> list[Any]:
    """The numbers of an array at an index and so many strides on."""
    (array, index, stride), found = args, []
    for _ in range(count):
        found.append(builder.load(_address(context, builder, kind, array, index)))
        index = builder.add(index, stride)
    return found


@intrinsic
def move_on(typing: Any, family: Any) -> tuple[Any, Callable[..., Any]]:
    """The family without its first vector and with zeros at its end."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        kept = [builder.extract_value(args[0], k) for k in range(1, family.count)]
        return context.make_tuple(builder, family, [*kept, ir.Constant(_vector(context, family.dtype), None)])

    return family(family), generate


@intrinsic
def fma_each(
    typing: Any, array: Any, index: Any, stride: Any, value: Any, family: Any
) -> tuple[Any, Callable[..., Any]]:
    """To vector ``k`` of the family add ``value`` times the number at ``index + k*stride``."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        numbers = _scalars(context, builder, array, args[:3], family.count)
        spread = (_spread(context, builder, value, s) for s in numbers)
        old = (builder.extract_value(args[4], k) for k in range(family.count))
        new = [_times_plus(builder, s, args[3], o) for s, o in zip(spread, old, strict=True)]
        return context.make_tuple(builder, family, new)

    return family(array, types.intp, types.intp, value, family), generate


@intrinsic
def combine(
    typing: Any, array: Any, index: Any, stride: Any, family: Any, start: Any
) -> tuple[Any, Callable[..., Any]]:
    """``start`` plus every vector ``k`` of the family times the number at ``index + k*stride``."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        numbers, sum_ = _scalars(context, builder, array, args[:3], family.count), args[4]
        for k, s in enumerate(numbers):
            vector = builder.extract_value(args[3], k)
            sum_ = _times_plus(builder, _spread(context, builder, start, s), vector, sum_)
        return sum_

    return start(array, types.intp, types.intp, family, start), generate
