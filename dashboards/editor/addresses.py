"""Which address of the editor leads where."""

from __future__ import annotations

from starlette.routing import Route

from dashboards.editor import api, assets, pages


def routes() -> list[Route]:
    """The routes of the editor, to be mounted by the explorer's application."""
    return [
        Route("/edit", pages.drafts_page, methods=["GET"]),
        Route("/edit/static/{name}", assets.asset, methods=["GET"]),
        Route("/edit/api/new", api.new, methods=["POST"]),
        Route("/edit/api/upload", api.upload, methods=["POST"]),
        Route("/edit/api/draft/{name}", api.draft, methods=["GET"]),
        Route("/edit/api/draft/{name}", api.change, methods=["POST"]),
        Route("/edit/api/draft/{name}/undo", api.undo, methods=["POST"]),
        Route("/edit/api/draft/{name}/remove", api.remove, methods=["POST"]),
        Route("/edit/draft/{name}", pages.editor_page, methods=["GET"]),
        Route("/edit/draft/{name}/save.{kind}", pages.download, methods=["GET"]),
    ]
