"""The pages people meet on: how they look, how our regions are kept apart from a team's words, what is read back. No I/O."""
