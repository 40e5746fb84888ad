"""The content-security policy of the built-in shell: nothing from elsewhere, nothing inline.

`frame-ancestors` has no effect in a meta element and is left to the server. WebAssembly is the search index's engine.
"""

from __future__ import annotations

DIRECTIVES = (
    "default-src 'self'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
)
POLICY = "; ".join(DIRECTIVES)
