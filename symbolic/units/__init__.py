"""Units: dimensions, and whether a formula is consistent with them."""
