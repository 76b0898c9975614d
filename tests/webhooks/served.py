"""The door as a server of its own loads it."""

from tests.webhooks.stand import Stand

app = Stand().app()
