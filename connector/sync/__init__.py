"""Desired − actual = plan; apply the plan. Pure but for `apply`, `survey` and `engine`, which talk to the sites."""
