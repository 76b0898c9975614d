"""The pages people meet on: how they look, what of them is ours, what is read back from a team's words. No I/O."""
