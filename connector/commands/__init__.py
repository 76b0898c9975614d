"""The commands of `okr`, one module per subject, imported when it is called."""
