"""Sums of unlike terms: shapes with constants inside, a polynomial beside them, and which terms it takes."""
