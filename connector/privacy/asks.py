"""What one call of the closed list asks for."""

from dataclasses import dataclass

from connector.privacy.purposes import Purpose


@dataclass(frozen=True, slots=True)
class Ask:
    """Of one operation: the fields it names, and whether those are all that the site sends."""

    fields: tuple[str, ...]
    purpose: Purpose
    unasked: bool = False  # the site has no way to leave parts out, and sends ids of authors with it
