"""What tests of the editor need: drafts made, changed and read on a real socket."""

import http.client
import json

from scenarios import scenario_hash
from tests.pages import PATIENCE, ask

SOURCE = "asean-caucus"


def send(port, path, body, **headers):
    """Status and answer, as JSON, to something that a page sends."""
    content = body if isinstance(body, bytes) else json.dumps(body)
    status, _, text = ask(port, path, "POST", content, Origin=f"http://127.0.0.1:{port}", **headers)
    return status, json.loads(text)


def begun(port, wanted, source=SOURCE):
    """The name of a new draft."""
    status, answer = send(port, "/edit/api/new", {"from": source, "name": wanted})
    assert status == 200
    return answer["address"].rpartition("/")[2]


def opened(port, name):
    """A draft as its page reads it."""
    return json.loads(ask(port, f"/edit/api/draft/{name}")[2])


def changed(port, name, *changes, version=None):
    """Status and answer to changes, each a dotted path and a value."""
    listed = [{"path": path.split("."), "value": value} for path, value in changes]
    asked = {"version": version or opened(port, name)["version"], "changes": listed}
    return send(port, f"/edit/api/draft/{name}", asked)


def fetched(port, path):
    """The bytes of a file that a page offers."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    line.request("GET", path)
    answer = line.getresponse()
    content = answer.read()
    line.close()
    assert answer.status == 200
    return content


def on_disk(place):
    """Every file below a folder with its bytes."""
    return {str(file.relative_to(place)): file.read_bytes() for file in place.rglob("*") if file.is_file()}


def without_name(scenario):
    """What a scenario is, whatever it is called."""
    return scenario_hash(scenario.model_copy(update={"name": "same"}))
