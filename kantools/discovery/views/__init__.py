"""Views: the table as its symmetries leave it, and what a law may be in them."""
