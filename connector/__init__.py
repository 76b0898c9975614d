"""THE HOUSE: reads teams' OKRs, keeps Jira and Confluence in step with them, and makes the pages people meet on.

`bytes → Epics, Pages, Issues as they are → TeamView → Pages, Issues as they should be → Plan → Receipts`
"""

__version__ = "0.1.0"
