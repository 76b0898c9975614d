"""The self-check on this machine, in counts: what a proof came to, kept where `/privacy` finds it."""

from datetime import date

from connector.privacy.canaries import Proof
from connector.privacy.canary_sinks import Sink
from connector.proofs import Check, ProofLedger


def check_of(proof: Proof, on: date) -> Check:
    """A proof as it is kept."""
    return Check(
        on=on,
        places=proof.places,
        payloads=proof.payloads,
        encodings=proof.encodings,
        sinks=len(proof.sinks),
        hits=len(proof.hits),
        planted=len(Sink),
        found=len(Sink) - len(proof.unfound),
        missing=len(proof.absent) + len(proof.missed),
    )


def record(proofs: ProofLedger, check: Check) -> None:
    """The check is the one that is shown from now on."""
    proofs.record(check)


def last_check(proofs: ProofLedger) -> Check | None:
    """The newest check, if there ever was one."""
    return proofs.last_check()
