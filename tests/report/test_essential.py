"""What the analysis is not told of a configuration changes nothing of its result but what is filled in afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from analysis.configuration import Configuration
from analysis.configuration.playbook import Action
from analysis.contract import Contract
from analysis.history.remembered import Remembered
from analysis.language import speaking
from analysis.pipeline import analyse
from report.build.essential import charted, completed
from report.build.findings import findings

Edit = Callable[[Configuration], Configuration]


def rewritten(**texts: str | None) -> Edit:
    """The playbook with other texts in all its actions."""

    def edit(configuration: Configuration) -> Configuration:
        actions = tuple(action.model_copy(update=texts) for action in configuration.playbook.actions)
        return replace(configuration, playbook=configuration.playbook.model_copy(update={"actions": actions}))

    return edit


def unmeasured(configuration: Configuration) -> Configuration:
    """A playbook in which only the first action says how it is judged."""
    first, *rest = configuration.playbook.actions
    actions = (first, *(one.model_copy(update={"kpi": one.kpi.model_copy(update={"target": " "})}) for one in rest))
    return replace(configuration, playbook=configuration.playbook.model_copy(update={"actions": actions}))


def german(configuration: Configuration) -> Configuration:
    site = configuration.site.site.model_copy(update={"language": "de", "locale": "de_DE", "title": "Kunden"})
    return replace(configuration, site=configuration.site.model_copy(update={"site": site}))


def as_it_is(configuration: Configuration) -> Configuration:
    return configuration


@pytest.mark.parametrize(
    "edit",
    [
        as_it_is, german, unmeasured, rewritten(owner=None), rewritten(owner="  ", channel=""),
        rewritten(title="{0} “Ours” <b>", because="", message=""),
    ],
)  # fmt: skip
def test_a_result_without_texts_is_completed_to_the_whole_one(mall: Configuration, edit: Edit):
    configuration = edit(mall)
    whole, plain = findings(analyse(configuration)), findings(analyse(configuration.essential))
    assert configuration.essential != configuration
    with speaking(configuration.site.site.language):
        assert completed(plain, configuration) == whole


@pytest.fixture(scope="module")
def remembered(mall: Configuration) -> Remembered:
    last = analyse(mall, remembered=Remembered()).contract
    return Remembered(number=2, last=last)


@pytest.mark.parametrize(
    ("edit", "told"), [(as_it_is, []), (rewritten(title="Another", channel="Post"), ["playbook"]), (german, [""])]
)
def test_so_it_is_where_the_last_build_is_compared_with_this_one(
    mall: Configuration, remembered: Remembered, edit: Edit, told: list[str]
):
    """Whether the playbook is another one is known by the whole of it."""
    configuration = edit(replace(mall, sha256="f" * 64))
    whole = findings(analyse(configuration, remembered=remembered))
    plain = findings(analyse(configuration.essential, remembered=remembered))
    with speaking(configuration.site.site.language):
        assert completed(plain, configuration, remembered) == whole
    changes = Contract.model_validate_json(whole.contract).changes
    assert changes is not None
    assert [one.what for one in changes.notices] == told


def test_charts_are_told_nothing_of_what_a_team_wrote_of_its_actions(mall: Configuration, mall_contract: Contract):
    texts = [text for action in mall.playbook.actions for text in _texts(action)]
    assert not [text for text in texts if text in charted(mall_contract).model_dump_json()]
    assert [text for text in texts if text in mall_contract.model_dump_json()]


def _texts(action: Action) -> tuple[str, ...]:
    return (action.title, action.because)
