"""The commands of `okr`, one module per subject; each is imported when it is called, so that `okr --help` starts at once."""
