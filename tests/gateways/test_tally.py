"""What was sent is counted by name, and a name stands once."""

from connector.gateways.operations_datacenter import ATTACH, PAGE, REPLACE_PICTURE
from connector.gateways.tally import RequestTally


def test_two_endpoints_that_do_the_same_are_counted_under_their_one_name() -> None:
    tally = RequestTally()
    for operation in (ATTACH, REPLACE_PICTURE, REPLACE_PICTURE, PAGE):
        tally.note(operation)
    counts = tally.counts()
    assert counts.by_operation == (("confluence.attachment", 3), ("confluence.page", 1))
    assert (counts.reads, counts.writes) == (1, 3)
