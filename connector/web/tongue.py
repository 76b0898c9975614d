"""In which language a page of the web view speaks."""

from flask import request

from mappings.okr import Language


def tongue(asked: str, otherwise: Language) -> Language:
    """The language that was asked for by name, else the one that the browser likes best, else that other one."""
    known = sorted((one.value for one in Language), key=lambda value: value != otherwise.value)
    return Language(asked if asked in known else request.accept_languages.best_match(known) or otherwise.value)
