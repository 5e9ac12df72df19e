"""What several tests of pages need: patience, requests on a real socket, words, and what axe-core finds."""

import http.client
import re
import time
from html import unescape

import pytest

PATIENCE = 60  # seconds within which everything here must happen


def within(happened):
    """Wait until it has happened, and return what it gives."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if found := happened():
            return found
        time.sleep(0.05)
    pytest.fail("it took too long")


def ask(port, path, method="GET", body=None, **headers):
    """Status, headers and text of the answer to a request."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        line.request(method, path, body, {name.replace("_", "-"): one for name, one in headers.items()})
        answer = line.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read().decode("utf-8")
    finally:
        line.close()


def plain(html):
    """The words of a page: tags taken out, with one space between them, also where none may break."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def serious(tab, axe):
    """What axe-core finds on a page that keeps people from using it."""
    tab.evaluate(axe)
    found = tab.evaluate("axe.run(document, { resultTypes: ['violations'] })")["violations"]
    return [
        (one["id"], one["help"], [node["html"][:200] for node in one["nodes"][:3]])
        for one in found
        if one["impact"] in ("serious", "critical")
    ]
