"""A whole team's weeks on the imitation site: what `okr demo` plays and shows."""
