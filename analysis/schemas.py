"""JSON Schema (2020-12) of every document: of what an analyst writes, and of what the analysis writes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Literal, get_args

if TYPE_CHECKING:
    from pydantic import BaseModel

Document = Literal["site", "personas", "playbook", "contract", "model"]
CONFIGURATION: tuple[Document, ...] = ("site", "personas", "playbook")
DOCUMENTS: tuple[Document, ...] = get_args(Document)
DIALECT = "https://json-schema.org/draft/2020-12/schema"
TITLES: dict[Document, str] = {
    "site": "site.yml of Segment Atlas",
    "personas": "personas.yml of Segment Atlas",
    "playbook": "playbook.yml of Segment Atlas",
    "contract": "analysis.json of Segment Atlas",
    "model": "model.json of Segment Atlas",
}


def file_name(document: Document) -> str:
    """`site` → `site.schema.json`."""
    return f"{document}.schema.json"


def schema_of(document: Document) -> dict[str, Any]:
    """The schema; what an analyst writes is described as it may be written, what is computed as it comes out."""
    mode: Literal["validation", "serialization"] = "validation" if document in CONFIGURATION else "serialization"
    body = _model(document).model_json_schema(mode=mode)
    return {"$schema": DIALECT, **body, "title": TITLES[document]}


def text_of(document: Document) -> str:
    """The schema as it stands in its file."""
    return json.dumps(schema_of(document), indent=2, ensure_ascii=False) + "\n"


def _model(document: Document) -> type[BaseModel]:
    # Imported here: the verb's options need no models.
    from analysis.configuration import Personas, Playbook, Site  # noqa: PLC0415
    from analysis.contract import Contract  # noqa: PLC0415

    if document == "model":
        from analysis.scoring.document import Model  # noqa: PLC0415 (as above, and it needs the design's engine)

        return Model
    models: dict[Document, type[BaseModel]] = {
        "site": Site,
        "personas": Personas,
        "playbook": Playbook,
        "contract": Contract,
    }
    return models[document]
