"""Files that leave the editor and come into it: what was saved comes back, rubbish and bombs do not."""

import http.client
import io
import json
import stat
import zipfile

import pytest

from dashboards.editor import drafts
from tests.drafting import begun, changed, fetched, on_disk, send, without_name
from tests.pages import PATIENCE

pytestmark = pytest.mark.usefixtures("data")


@pytest.mark.parametrize("kind", ["xlsx", "zip"])
def test_saved_and_uploaded_again_it_is_the_same(port, kind):
    name = begun(port, f"there-and-back-{kind}", "launch-2020")
    changed(port, name, ("delegations.IDN.positions.flow", 12.25), ("story", "One.\n\n[Two] = “3”\n"))
    content = fetched(port, f"/edit/draft/{name}/save.{kind}")
    status, answer = send(port, "/edit/api/upload", content)
    assert status == 200
    again = answer["address"].rpartition("/")[2]
    assert again == f"{name}-2"
    assert without_name(drafts.read(again).scenario) == without_name(drafts.read(name).scenario)
    if kind == "zip":
        assert drafts.overlays_in(drafts.folder(again)) == drafts.overlays_in(drafts.folder(name))
        assert content == fetched(port, f"/edit/draft/{name}/save.zip")


def packed(**more):
    """A packed scenario folder with more members in it: bytes by name."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as into:
        for file in sorted(drafts.folder("to-pack").rglob("*")):
            if file.is_file():
                into.write(file, f"talks/{file.relative_to(drafts.folder('to-pack')).as_posix()}")
        for name, content in more.items():
            into.writestr(name, content)
    return held.getvalue()


def linked(name, target):
    held = io.BytesIO(packed())
    with zipfile.ZipFile(held, "a") as into:
        member = zipfile.ZipInfo(name)
        member.create_system, member.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        into.writestr(member, target)
    return held.getvalue()


def workbook(**more):
    """A small archive that calls itself a workbook."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as into:
        into.writestr("xl/workbook.xml", "<workbook/>")
        for name, content in more.items():
            into.writestr(name, content)
    return held.getvalue()


def figures():
    return b"\n".join(b"%d" % (n * n) for n in range(250_000))


def twice():
    return packed(**{"talks/positions.cs_": b""}).replace(b"positions.cs_", b"positions.csv")


def encrypted():
    content = bytearray(packed())
    first = content.find(b"PK\x01\x02")
    content[first + 8] |= 1
    return bytes(content)


HOSTILE = {
    "nothing": (lambda: b"", "no workbook and no packed folder"),
    "rubbish": (lambda: b"\x00\xffPK\x03\x04" * 1000, "no workbook and no packed folder"),
    "half a file": (lambda: packed()[:-40], "no workbook and no packed folder"),
    "a damaged member": (
        lambda: packed().replace(b"PK\x03\x04", b"PK\x03\x05", 1),
        "no workbook and no packed",
    ),
    "up and away": (lambda: packed(**{"../evil.toml": b""}), "no file '../evil.toml'"),
    "up inside": (lambda: packed(**{"talks/texts/../../../evil.toml": b""}), "a scenario has no file"),
    "absolute": (lambda: packed(**{"/etc/cron.d/evil": b""}), "no file '/etc/cron.d/evil'"),
    "a drive": (lambda: packed(**{"C:\\evil.toml": b""}), "a scenario has no file"),
    "a drive with slashes": (lambda: packed(**{"C:/scenario.toml": b""}), "no file 'C:/scenario.toml'"),
    "backslashes": (lambda: packed(**{"talks\\texts\\evil.toml": b""}), "a scenario has no file"),
    "a link": (lambda: linked("talks/ties.csv", "/etc/passwd"), "is a link or no ordinary file"),
    "a linked folder": (lambda: linked("talks/overlays", "/etc"), "is a link or no ordinary file"),
    "nested folders": (lambda: packed(**{"talks/more/scenario.toml": b""}), "a scenario has no file"),
    "an odd folder": (lambda: packed(**{"talks/bin/": b""}), "a scenario has no folder"),
    "two folders": (lambda: packed(**{"other/scenario.toml": b""}), "more than one folder"),
    "an empty folder's name": (lambda: packed(**{"talks//trust.csv": b""}), "a scenario has no file"),
    "the same file twice": (twice, "it holds a file twice"),
    "a script": (lambda: packed(**{"talks/run.py": b"1"}), "no file 'talks/run.py'"),
    "a line break": (lambda: packed(**{"talks/texts/a\nb.toml": b""}), "a scenario has no file"),
    "writing backwards": (lambda: packed(**{"talks/texts/\u202elmot.toml": b""}), "a scenario has no file"),
    "a long name": (lambda: packed(**{"talks/texts/" + "x" * 5000 + ".toml": b""}), "a scenario has no file"),
    "a bomb": (lambda: packed(**{"talks/ties.csv": b"0" * 19_000_000}), "unpacks to far more"),
    "a large table": (lambda: packed(**{"talks/ties.csv": figures()}), "larger than 2 MB"),
    "many files": (
        lambda: packed(**{f"talks/texts/t{n}.toml": b"" for n in range(500)}),
        "files; keep to 400",
    ),
    "encrypted": (encrypted, "it is encrypted"),
    "no scenario": (lambda: _only("talks/positions.csv"), "there is no scenario.toml in it"),
    "bad words": (
        lambda: _only("scenario.toml", b"title = "),
        "scenario.toml: the value is not valid TOML",
    ),
    "an empty workbook": (workbook, "no workbook that can be read"),
    "a workbook bomb": (
        lambda: workbook(**{"xl/sharedStrings.xml": b" " * 50_000_000}),
        "unpacks to far more",
    ),
    "a laughing workbook": (
        lambda: workbook(**{"[Content_Types].xml": LAUGHS, "xl/sharedStrings.xml": LAUGHS}),
        "no workbook that can be read",
    ),
}
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    + "]><l>&a11;</l>"
)


def _only(name, content=b"iso3\n"):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as into:
        into.writestr(name, content)
    return held.getvalue()


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_file_that_is_no_scenario_gets_one_message_and_changes_nothing(port, data, kind):
    if "to-pack" not in drafts.names():
        begun(port, "to-pack")
    before = on_disk(data)
    content, words = HOSTILE[kind]
    status, answer = send(port, "/edit/api/upload", content())
    assert status == 422 and len(answer["problems"]) == 1, answer
    assert words.lower() in answer["problems"][0]["said"].lower()
    assert on_disk(data) == before


def test_what_packers_leave_in_a_folder_is_passed_over(port):
    if "to-pack" not in drafts.names():
        begun(port, "to-pack")
    left = {"__MACOSX/talks/._trust.csv": b"\x00", "talks/.DS_Store": b"\x00", "talks/texts/": b""}
    assert send(port, "/edit/api/upload", packed(**left))[0] == 200


def streamed(port, headers, parts):
    """The answer to an upload that comes in parts, and how many of them were taken."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    line.putrequest("POST", "/edit/api/upload")
    for name, value in {"Origin": f"http://127.0.0.1:{port}", **headers}.items():
        line.putheader(name, value)
    line.endheaders()
    sent = 0
    try:
        for part in parts:
            line.send(part)
            sent += 1
    except OSError:
        pass
    answer = line.getresponse()
    told = json.loads(answer.read())
    line.close()
    return answer.status, told, sent


def test_a_gigabyte_is_refused_before_it_is_sent(port, data):
    before = on_disk(data)
    status, answer, _ = streamed(port, {"Content-Length": str(10**9)}, [])
    assert status == 413 and "larger than 10 MB" in answer["problem"]
    assert on_disk(data) == before


def test_a_gigabyte_that_does_not_say_so_is_refused_on_the_way(port, data):
    before = on_disk(data)
    part = b"100000\r\n" + b"x" * 2**20 + b"\r\n"
    status, answer, sent = streamed(port, {"Transfer-Encoding": "chunked"}, (part for _ in range(11)))
    assert status == 413 and "larger than 10 MB" in answer["problem"] and sent <= 11
    assert on_disk(data) == before
