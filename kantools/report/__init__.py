"""What was found, how sure it is, and how to find it again: as a page, as text, as JSON."""
