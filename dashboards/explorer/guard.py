"""What every request must satisfy, and the headers that every answer carries."""

from __future__ import annotations

from collections.abc import Collection

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HOSTS = ("127.0.0.1", "localhost")
# Plotly puts rules of style into the page as it draws, so style alone is not held to our own files.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
SECURE_ALONE = "Cross-Origin-Opener-Policy"  # browsers complain of it on plain http from other machines


class Guard:
    """Lets nothing in but what a page of this server asks for, by its own name.

    A foreign host name (DNS rebinding), a foreign origin, and requests that other sites' pages make in the
    background are refused. Nothing is kept by the browser unless an answer says otherwise.
    """

    def __init__(self, app: ASGIApp, hosts: Collection[str] = HOSTS) -> None:
        """`hosts` are the names and addresses by which this server may be called."""
        self.app, self.hosts = app, hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "websocket":
            allowed = refusal("POST", Headers(scope=scope), self.hosts) is None
            await (self.app(scope, receive, send) if allowed else send({"type": "websocket.close"}))
            return
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        here = Headers(scope=scope).get("host", "").rpartition(":")[0] in HOSTS

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    if here or name != SECURE_ALONE:
                        headers[name] = value
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        refused = refusal(scope["method"], Headers(scope=scope), self.hosts)
        answer = self.app if refused is None else PlainTextResponse(refused, status_code=403)
        await answer(scope, receive, guarded)


def refusal(method: str, headers: Headers, hosts: Collection[str] = HOSTS) -> str | None:
    """Why a request is refused; none where it is let in."""
    host = headers.get("host", "")
    if host.rpartition(":")[0] not in hosts and host not in hosts:
        return f"This server answers to {' and '.join(hosts)} only."
    origin = headers.get("origin")
    if (origin is not None and origin != f"http://{host}") or (origin is None and method == "POST"):
        return "This server takes nothing from the pages of others."
    foreign = headers.get("sec-fetch-site", "none") not in ("same-origin", "none")
    if foreign and headers.get("sec-fetch-mode") != "navigate":
        return "This server shows nothing inside the pages of others."
    return None
