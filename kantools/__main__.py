"""``python -m kantools`` is the command line."""

from kantools.cli import main

if __name__ == "__main__":
    main()
