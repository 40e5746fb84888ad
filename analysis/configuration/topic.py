"""The topics that a playbook can speak of; `analysis/topics.yml` has the words by which columns are known."""

from __future__ import annotations

from typing import Literal

Topic = Literal[
    "active", "catalogue", "charges", "churn", "complaints", "convenience", "deals", "dislike", "expensive",
    "gifts", "given", "healthy", "inactive", "intention", "last_gift", "liking", "monthly_contract", "online",
    "phone", "products", "quality", "recommend", "regular_gift", "response", "satisfaction", "store",
    "support", "tenure", "value", "web_visits",
]  # fmt: skip
