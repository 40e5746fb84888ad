"""The content-security policy of every page: nothing from elsewhere, nothing inline but what is listed by its hash.

`frame-ancestors` has no effect in a meta element and is left to the server. WebAssembly is the search index's engine.
"""

from __future__ import annotations

import base64
import hashlib

STYLES = "style-src 'self'"
DIRECTIVES = (
    "default-src 'self'",
    "script-src 'self' 'wasm-unsafe-eval'",
    STYLES,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
)
POLICY = "; ".join(DIRECTIVES)


def policy_for(script: str) -> str:
    """The policy of a page that holds this one script inline, which may set the page's base address."""
    listed = POLICY.replace("script-src 'self'", f"script-src 'self' {hash_of(script)}")
    return listed.replace("base-uri 'none'", "base-uri 'self'")


def hash_of(script: str) -> str:
    """The source expression that allows this very script inline (CSP level 2)."""
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
