"""What was found, how sure it is, and how to find it again: as a page, as text, as JSON.

>>> from kantools.report import KINDS
>>> sorted(KINDS)
['.htm', '.html', '.json', '.txt']
"""

from kantools.report.content import Report
from kantools.report.kinds import KINDS, written

__all__ = ["KINDS", "Report", "written"]
