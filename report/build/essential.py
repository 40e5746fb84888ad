"""What the analysis is told of a configuration, and what is said of its result afterwards.

The analysis is handed a configuration without the title of the site, its colours, its own pages and the texts of the
playbook. So it cannot read them, and what it found holds whatever they are (`report.build.incremental`). What the
result says of them is filled in here, whether the result is new or not.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from analysis.configuration.site import SiteSettings, Theme
from analysis.contract import Contract
from analysis.history.edition import edition
from analysis.recommendation.texts import with_texts, without_texts

if TYPE_CHECKING:
    from analysis.configuration import Configuration
    from analysis.history.remembered import Remembered
    from report.build.findings import Findings

PLAIN = {name: SiteSettings.model_fields[name].default for name in ("title", "description", "url", "fictional_note")}
DIGEST = '"configuration_sha256": "{}"'
"""As it stands in a contract and in a model; inside a text of theirs the quotation marks are escaped."""


def essential(configuration: Configuration, remembered: Remembered | None = None) -> Configuration:
    """The configuration as far as the analysis may read it.

    All of it where the last build is compared with this one, and the comparison looks at more than that.
    """
    site = configuration.site
    plain = replace(
        configuration,
        site=site.model_copy(
            update={"site": site.site.model_copy(update=PLAIN), "theme": Theme(), "pages": None},
        ),
        playbook=without_texts(configuration.playbook),
        pages=None,
        sha256="",
        files=(),
        read=(),
        named=(),
        history=None,
    )
    return plain if _compares_alike(configuration, plain, remembered) else configuration


def _compares_alike(whole: Configuration, plain: Configuration, remembered: Remembered | None) -> bool:
    if remembered is None or remembered.last is None:
        return True
    return edition(remembered, whole).settings == edition(remembered, plain).settings


def completed(found: Findings, configuration: Configuration, remembered: Remembered | None = None) -> Findings:
    """What was found by the essential configuration, as it is found by the whole of it.

    It is in the language that is spoken now.
    """
    contract = with_texts(Contract.model_validate_json(found.contract), configuration.playbook)
    if contract.edition and remembered:
        settings = edition(remembered, configuration).settings
        contract = contract.model_copy(update={"edition": contract.edition.model_copy(update={"settings": settings})})
    return replace(
        found,
        contract=_of(configuration, contract.model_dump_json(indent=2) + "\n"),
        model=_of(configuration, found.model),
    )


def charted(contract: Contract) -> Contract:
    """A contract as far as charts may read it: what a team wrote of its actions draws no chart anew."""
    segments = tuple(one.model_copy(update={"recommendations": (), "criteria": ()}) for one in contract.segments)
    provenance = contract.provenance.model_copy(update={"configuration_sha256": ""})
    return contract.model_copy(update={"segments": segments, "provenance": provenance})


def _of(configuration: Configuration, text: str) -> str:
    return text.replace(DIGEST.format(""), DIGEST.format(configuration.sha256), 1)
