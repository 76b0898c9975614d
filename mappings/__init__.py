"""THE WORDS: strategy, teams, OKRs, indicators and epics, and the boundary that turns bytes into them.

Pure: no Flask, SQL, HTTP, clock or environment. Everything else may import this package; it imports none of ours.
"""
