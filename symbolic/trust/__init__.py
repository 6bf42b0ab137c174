"""Trust: where a formula holds, how sure it is, what new measurements will show."""
