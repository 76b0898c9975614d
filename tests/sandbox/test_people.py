import json

from connector.sandbox.people import CANARIES, People


def test_everyone_on_the_site_is_a_canary() -> None:
    people = People()
    for one in (*(people.nth(number) for number in range(len(people))), people.service):
        assert {one.account_id, one.name, one.mail} <= set(CANARIES)


def test_people_are_the_same_in_every_world() -> None:
    assert People().person(3) == People().person(3)
    assert People().person(0) != People().person(1)


def test_a_user_object_carries_all_that_names_a_person() -> None:
    user = People().person(2)
    assert {
        "accountId",
        "accountType",
        "emailAddress",
        "displayName",
        "avatarUrls",
        "timeZone",
        "active",
        "self",
    } == set(user)
    assert user["accountId"].startswith("712020:")
    assert "Kanarie" in json.dumps(user)
