"""A sign-in service of the tests' own, with real keys, that answers as a test wants it to, right or wrong."""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, Key, KeySet, RSAKey

CLIENT = "kursdag"
BACK = "https://kursdag.example.org/desk/sign-in/return"

RSA, ANOTHER = (RSAKey.generate_key(2048, {"use": "sig"}, auto_kid=True) for _ in range(2))
ELLIPTIC = ECKey.generate_key("P-256", {"use": "sig"}, auto_kid=True)

Reply = tuple[int, Any]


@dataclass
class Issuer:
    """The service: what it publishes, what its next token says, how it signs, and what it was asked."""

    port: int
    now: int
    email: str
    keys: list[Key] = field(default_factory=lambda: [RSA])
    signing: Key = field(default_factory=lambda: RSA)
    named: str | None = None
    """The key that a token names, if not the one that signs."""
    algorithm: str = "RS256"
    claims: dict[str, Any] = field(default_factory=dict)
    """What the token says otherwise than it should; what is None, it leaves out."""
    profile: dict[str, Any] | None = None
    published: dict[str, Any] = field(default_factory=dict)
    token: Reply | None = None
    down: bool = False
    asked: list[str] = field(default_factory=list)
    told: dict[str, str] = field(default_factory=dict)
    """What the token was last asked for with."""
    nonce: str = ""
    challenge: str = ""
    headers: dict[str, dict[str, str]] = field(default_factory=dict)
    """What came with the last request to each path."""

    @property
    def name(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def departed(self, place: str) -> dict[str, str]:
        """Read where a browser was sent, and keep what the token must carry; return the query."""
        query = {name: values[0] for name, values in parse_qs(urlsplit(place).query).items()}
        self.nonce, self.challenge = query["nonce"], query["code_challenge"]
        return query

    def reply(self, path: str, fields: dict[str, str]) -> Reply:
        """Answer a request."""
        self.asked.append(path)
        if self.down:
            return 503, {"error": "temporarily_unavailable"}
        match path:
            case "/.well-known/openid-configuration":
                return 200, self._metadata()
            case "/keys":
                return 200, KeySet(self.keys).as_dict(private=False)
            case "/token":
                self.told = fields
                return self.token or self._token(fields)
            case "/profile":
                return 200, self.profile
        return 404, {}

    def _metadata(self) -> dict[str, Any]:
        places = {"authorization_endpoint": "/authorize", "token_endpoint": "/token", "jwks_uri": "/keys"}
        profile = {"userinfo_endpoint": f"{self.name}/profile"} if self.profile is not None else {}
        return {"issuer": self.name} | {name: self.name + path for name, path in places.items()} | profile | self.published

    def _token(self, fields: dict[str, str]) -> Reply:
        hashed = _encoded(hashlib.sha256(fields["code_verifier"].encode()).digest())
        if fields["code"] != "right" or fields["redirect_uri"] != BACK or hashed != self.challenge:
            return 400, {"error": "invalid_grant"}
        return 200, {"access_token": "open", "token_type": "Bearer", "id_token": self.id_token()}

    def id_token(self) -> str:
        """Write and sign a token."""
        said = {
            "iss": self.name,
            "aud": CLIENT,
            "sub": "17",
            "nonce": self.nonce,
            "iat": self.now,
            "exp": self.now + 300,
            "email": self.email,
            "email_verified": True,
            **self.claims,
        }
        kept = {name: value for name, value in said.items() if value is not None}
        header = {"alg": self.algorithm, "kid": self.named or self.signing.kid}
        if self.algorithm == "none":
            return f"{_plain({'alg': 'none'})}.{_plain(kept)}."
        if self.algorithm == "HS256":
            return _by_public_key(header, kept)
        return jwt.encode(header, kept, self.signing, algorithms=[self.algorithm])


def _by_public_key(header: dict[str, Any], said: dict[str, Any]) -> str:
    """Sign with the public key taken for a secret, as careless readers let one do."""
    signed = f"{_plain(header)}.{_plain(said)}"
    return f"{signed}.{_encoded(hmac.digest(RSA.as_pem(private=False), signed.encode(), 'sha256'))}"


def _plain(part: dict[str, Any]) -> str:
    return _encoded(json.dumps(part).encode())


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


@contextmanager
def running(now: int, email: str) -> Iterator[Issuer]:
    """Run a service for as long as a test needs it."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Answering) as server:
        server.issuer = Issuer(server.server_port, now, email)  # type: ignore[attr-defined]
        thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield server.issuer  # type: ignore[attr-defined]
        finally:
            server.shutdown()
            thread.join()


class _Answering(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self._answer({})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self._answer({name: values[0] for name, values in parse_qs(body).items()})

    def _answer(self, fields: dict[str, str]) -> None:
        issuer: Issuer = self.server.issuer  # type: ignore[attr-defined]
        issuer.headers[self.path] = dict(self.headers)
        status, said = issuer.reply(self.path, fields)
        body = said if isinstance(said, bytes) else json.dumps(said).encode()
        self.send_response(status)
        if status in (301, 302, 303, 307, 308):
            self.send_header("Location", f"{issuer.name}/elsewhere")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""
