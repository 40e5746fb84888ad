"""The topics that a playbook can speak of; `analysis/columns/topics.yml` has the words by which columns are known."""

from __future__ import annotations

from typing import Literal

Topic = Literal[
    "active", "card_use", "cash_advance", "catalogue", "charges", "churn", "complaints", "convenience",
    "deals", "dislike", "expensive", "full_payment", "gifts", "given", "goods", "healthy", "inactive",
    "instalments", "intention", "last_gift", "liking", "monthly_contract", "online", "phone", "products",
    "quality", "recommend", "regular_gift", "response", "satisfaction", "store", "support", "tenure", "value",
    "web_visits",
]  # fmt: skip
SEVERAL: Topic = "goods"
"""The topic of several columns: what is bought of each kind. A segment is asked about the one it is highest on."""
