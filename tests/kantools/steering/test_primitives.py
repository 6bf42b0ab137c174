"""The functions of networks and those of formulas are the same."""

import numpy as np
import pytest
import torch

from kantools.network.fixed import FIXED
from kantools.symbolic.primitive import PRIMITIVES


@pytest.mark.parametrize("name", sorted(PRIMITIVES))
def test_a_primitive_can_be_fixed_and_has_the_same_values_and_slopes(name: str) -> None:
    low, high = PRIMITIVES[name].domain
    x = np.linspace(max(low, -1.4) + 0.1, min(high, max(low, 0) + 1.6) - 0.1, 7)
    function = FIXED[name]
    for mine, theirs in ((function.value, PRIMITIVES[name].value), (function.slope, PRIMITIVES[name].slope)):
        np.testing.assert_allclose(mine(torch.from_numpy(x)).numpy(), theirs.on(x), rtol=1e-12, atol=1e-13)
