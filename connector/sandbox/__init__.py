"""An imitation Atlassian site on loopback: stateful, strict, full of invented people, knowing nothing of ours."""
