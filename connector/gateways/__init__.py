"""The gateways: the only room that imports atlassian and requests.

That import costs most of a second, so nothing but wiring imports this room, and wiring does it when a site is needed.
"""
