"""Leaving: what an organisation takes with it, and what of ours is taken away."""
