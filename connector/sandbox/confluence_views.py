"""Confluence for human eyes: spaces, tree, pages, history, and an editor in which a person plays the team."""

from typing import Any

from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from connector.sandbox.confluence_answers import ConfluenceSite, tiny_path, web_path
from connector.sandbox.confluence_content import Page, Refusal, Space, not_found
from connector.sandbox.confluence_query import Query
from connector.sandbox.confluence_world import ConfluenceWorld
from connector.sandbox.macro_view import editing, reading
from connector.sandbox.page_frame import Frame
from connector.sandbox.storage_format import StorageError
from connector.sandbox.team_cells import filled


def blueprint(site: ConfluenceSite) -> Blueprint:
    """All pages for people on the world of this site; none of them asks for credentials or counts as a request."""
    rooms = Blueprint("confluence_views", __name__, template_folder="templates")
    rooms.register_error_handler(Refusal, _refused)
    views = Views(site.confluence)
    for rule in ("/wiki", "/wiki/", "/wiki/home", "/wiki/spaces"):
        rooms.add_url_rule(rule, f"home{rule.replace('/', '_')}", views.home, methods=["GET"])
    rooms.add_url_rule("/wiki/spaces/<key>", "space", views.overview, methods=["GET"])
    rooms.add_url_rule("/wiki/spaces/<key>/overview", "overview", views.overview, methods=["GET"])
    one = "/wiki/spaces/<key>/pages/<page_id>"
    rooms.add_url_rule(one, "page", views.page, methods=["GET"])
    rooms.add_url_rule(f"{one}/<path:title>", "titled_page", views.page, methods=["GET"])
    edit = "/wiki/spaces/<key>/pages/edit-v2/<page_id>"
    rooms.add_url_rule(edit, "edit", views.edit, methods=["GET"])
    rooms.add_url_rule(edit, "publish", views.publish, methods=["POST"])
    rooms.add_url_rule("/wiki/pages/viewpage.action", "viewpage", views.by_number, methods=["GET"])
    rooms.add_url_rule("/wiki/pages/resumedraft.action", "resume", views.resume, methods=["GET"])
    rooms.add_url_rule("/wiki/pages/viewpreviousversions.action", "history", views.history, methods=["GET"])
    rooms.add_url_rule("/wiki/x/<code>", "tiny", views.tiny, methods=["GET"])
    rooms.add_url_rule("/wiki/search", "find", views.find, methods=["GET"])
    rooms.add_url_rule("/wiki/pages/<page_id>/trash", "trash", views.trash, methods=["POST"])
    rooms.add_url_rule("/wiki/pages/<page_id>/restore", "restore", views.restore, methods=["POST"])
    rooms.add_url_rule("/wiki/download/attachments/<page_id>/<path:name>", "download", views.download, methods=["GET"])
    return rooms


class Views:
    """The pages of the imitation; a person's writing goes through an editor's round trip."""

    def __init__(self, world: ConfluenceWorld) -> None:
        self._world = world

    def home(self) -> str:
        """Every space."""
        spaces = sorted(self._world.spaces.values(), key=lambda space: space.name.casefold())
        return self._shown("spaces", None, spaces=spaces)

    def overview(self, key: str) -> str:
        """A space, which is its homepage."""
        return self._read(self._world.page(self._world.space_of_key(key).homepage_id))

    def page(self, key: str, page_id: str, title: str = "") -> str:
        """A page."""
        return self._read(self._world.page(page_id))

    def by_number(self) -> AnyResponse | str:
        """A page by its id alone, or an older version of it."""
        page = self._world.page(request.args.get("pageId", ""))
        number = request.args.get("version", type=int)
        return self._back(page) if number is None else self._read(page, number)

    def tiny(self, code: str) -> AnyResponse:
        """The short address."""
        found = [page for page in self._world.tree.pages.values() if tiny_path(page) == f"/x/{code}"]
        if not found:
            raise not_found("This page does not exist")
        return self._back(found[0])

    def resume(self) -> AnyResponse:
        """The old address of the editor."""
        page = self._world.page(request.args.get("draftId", ""))
        return redirect(f"/wiki/spaces/{self._space(page).key}/pages/edit-v2/{page.id}")

    def edit(self, key: str, page_id: str) -> str:
        """The editor on a page."""
        return self._editor(self._world.page(page_id), "")

    def publish(self, key: str, page_id: str) -> AnyResponse | str | tuple[str, int]:
        """What a person wrote becomes the next version, as the chosen editor writes it."""
        page = self._world.page(page_id)
        if request.form.get("version") != str(page.now.number):
            return self._editor(page, "Somebody else published meanwhile. Here is the page as it is now."), 409
        try:
            self._published(page)
        except (Refusal, StorageError) as refusal:
            return self._editor(page, str(refusal)), 400
        return self._back(page)

    def history(self) -> str:
        """All versions of a page."""
        page = self._world.page(request.args.get("pageId", ""))
        return self._shown("history", page, versions=list(reversed(page.versions)))

    def find(self) -> str:
        """Pages by words of their title or text, from the search index."""
        words = request.args.get("text", "").strip()
        now = self._world.clock.now()
        quoted = words.replace("\\", "").replace('"', "")
        query = Query(f'text ~ "{quoted}" order by lastmodified desc', now) if quoted else None
        rows = query.select(self._world.index.rows(now)) if query else []
        return self._shown("search", None, words=words, found=[self._world.page(row.page_id) for row in rows])

    def trash(self, page_id: str) -> AnyResponse:
        """A person moves the page to the trash."""
        self._world.trash(page_id)
        return self._back(self._world.page(page_id))

    def restore(self, page_id: str) -> AnyResponse:
        """A person takes the page out of the trash."""
        return self._back(self._world.restore(page_id))

    def download(self, page_id: str, name: str) -> Response:
        """The bytes of an attached file."""
        file = self._world.page(page_id).attachments.get(name)
        if file is None:
            raise not_found("This file does not exist")
        answer = Response(file.now.data, mimetype=file.now.media_type)
        answer.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
        return answer

    def _published(self, page: Page) -> None:
        form = request.form
        raw = form.get("storage", "").replace("\r\n", "\n")
        body = raw if form.get("raw") == "yes" else filled(page.body, form)
        author = self._world.people.account(form.get("person", 2, type=int))
        self._world.edit_by_hand(page.id, lambda _: body, form.get("editor", "cloud"), author=author)
        title = form.get("title", page.title).strip()
        if title and title != page.title:
            self._world.rename(page.id, title)

    def _read(self, page: Page, number: int | None = None) -> str:
        shown = next((version for version in page.versions if version.number == number), page.now)
        body = reading(self._world, page, shown.body)
        return self._shown("page", page, body=body, version=shown, older=shown is not page.now)

    def _editor(self, page: Page, notice: str) -> str:
        people = [(n, self._world.people.nth(n).name) for n in range(len(self._world.people))]
        body = editing(self._world, page, page.body)
        typed = request.form.get("storage") if "raw" in request.form else None
        seen = {"body": body, "notice": notice, "people": people, "typed": typed}
        return self._shown("edit", page, fillable="<textarea" in body and typed is None, **seen)

    def _shown(self, template: str, page: Page | None, **values: Any) -> str:
        frame = Frame(self._world, page)
        return render_template(f"confluence/{template}.html", frame=frame, page=page, **values)

    def _space(self, page: Page) -> Space:
        return self._world.spaces[page.space_id]

    def _back(self, page: Page) -> AnyResponse:
        return redirect(f"/wiki{web_path(self._world, page)}")


def _refused(refusal: Refusal) -> tuple[str, int]:
    return render_template("confluence/nothing.html", frame=None, page=None, refusal=refusal), refusal.status
