"""The small house as it comes to a site's webhooks and as it leaves, by the same parts as the commands."""

from connector.departure.removal import Removal, Removed
from connector.departure.search import Doors, Found, Search
from connector.gateways.jira_cloud import JiraCloudGateway
from connector.registering import JIRA_DOOR, wish
from connector.registrations import renewed
from connector.storage.store import Store
from connector.sync.engine import Engine
from connector.sync.scope import Options
from tests.faults.small_house import stage_begins
from tests.flow.stand import Scene

PUBLIC = "https://okr.example.com"
DOOR = f"{PUBLIC}{JIRA_DOOR}"


def arrives(on: Scene) -> None:
    """As `okr webhooks register` does."""
    with on.engine() as engine:
        wanted = wish(on.book(), PUBLIC, "0123456789abcdef", thin=False)
        renewed(_gateway(engine).registrations(), DOOR, wanted)


def leaves(on: Scene) -> Removed:
    """As `okr leave --yes` does."""
    with on.engine() as engine, Store.open(on.database) as store:
        found = _found(on, engine)
        removal = Removal(
            issues=_gateway(engine),
            pages=engine.confluence,  # type: ignore[arg-type]  # a gateway is both
            doors=_doors(engine),
            ledger=store,
            proofs=store.proofs,
            clear=store.clearing.clear,
        )
        return removal.do(found, on.site.clock.now().date())


def is_left(on: Scene) -> Found:
    """What a leave would find now."""
    with on.engine() as engine:
        return _found(on, engine)


def _found(on: Scene, engine: Engine) -> Found:
    def remember() -> None:
        engine.ledger.keep(engine.plan(on.book(), Options()).plan.notes)

    search = Search(
        jira=engine.jira, confluence=engine.confluence, ledger=engine.ledger, doors=_doors(engine), remember=remember
    )
    return search.look(on.book())


def _gateway(engine: Engine) -> JiraCloudGateway:
    assert isinstance(engine.jira, JiraCloudGateway)
    return engine.jira


def _doors(engine: Engine) -> tuple[Doors, ...]:
    return (Doors(product="Jira", registrations=_gateway(engine).registrations(), door=DOOR),)


def begins(on: Scene) -> None:
    """Issues, pages and links as a first run leaves them, and what people made of them."""
    stage_begins(on, 0)
    on.sync()
    ours = on.site.jira.find(on.issue_key("klein/2026-q4/besser/kra"))
    assert ours is not None
    on.site.jira.edit_issue(ours.key, labels=[*ours.fields["labels"], "okr-idee"])
    on.site.confluence.add_labels(on.page_id("planning/klein/2026-q4"), ["okr-idee"], "global")
    on.site.clock.advance(on.site.search_lag)


def of_people(on: Scene) -> object:
    """What a leave must not touch."""
    pages = {page.id: (page.now.title, page.body, len(page.versions)) for page in _pages(on)}
    labels = [label.name for page in _pages(on) for label in page.labels if label.name == "okr-idee"]
    issues = {
        key: ("okr-idee" in one.fields["labels"], one.fields["summary"]) for key, one in on.site.jira.issues.items()
    }
    return pages, labels, issues


def of_ours(on: Scene) -> list[str]:
    """What stands at the site, looked at from inside."""
    jira = on.site.jira
    found = [f"webhook {number}" for number in on.site.webhooks.registered]
    found += [f"link {number}" for number in jira.links]
    for issue in jira.issues.values():
        found += [f"{issue.key} {name}" for name in (*issue.properties, *issue.remote_links)]
        found += [f"{issue.key} {label}" for label in issue.fields["labels"] if label.startswith("okr-connector")]
    found += [f"{page.title} {label.name}" for page in _pages(on) for label in page.labels if label.name != "okr-idee"]
    return found


def _pages(on: Scene):  # type: ignore[no-untyped-def]  # as the imitation keeps them
    return on.site.confluence.tree.pages.values()
