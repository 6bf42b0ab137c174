"""What kantools can do, measured: every module here is a command that writes a page of the documentation."""
