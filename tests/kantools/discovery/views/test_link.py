"""Links: what a target is seen through, and back."""

import numpy as np
import pytest
import sympy

from kantools.discovery.views.link import LINKS, links_for


@pytest.mark.parametrize("link", LINKS, ids=lambda link: link.name)
def test_a_link_and_its_inverse(link):
    y = np.linspace(0.3, 2.5, 50)
    np.testing.assert_allclose(link.back(link.apply(y)), y, rtol=1e-12)
    h = 1e-6
    np.testing.assert_allclose(
        link.derivative(y), (link.apply(y + h) - link.apply(y - h)) / (2 * h), rtol=1e-6
    )
    e = sympy.Symbol("e", positive=True)
    assert float(link.lift(e).subs(e, link.apply(y)[7])) == pytest.approx(y[7])


def test_links_of_negative_targets_turn_the_sign():
    for link in links_for(-np.linspace(0.3, 2.5, 50)):
        np.testing.assert_allclose(link.back(link.apply(np.array([-0.7]))), [-0.7])
