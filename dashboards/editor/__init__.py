"""The editor of scenarios: drafts are folders of the user's own, changed from the explorer's pages."""

from dashboards.editor.addresses import routes

__all__ = ["routes"]
