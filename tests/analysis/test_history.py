"""The history: what an entry holds, how it is read, and each fault in one sentence."""

from __future__ import annotations

import json
import os
from typing import Any

import pytest

from analysis.contract import Contract, Edition
from analysis.contract.kinds import DIGEST, PRIVATE, Kind
from analysis.errors import ConfigurationError
from analysis.history.entry import HistoryEntry, entry, numbered
from analysis.history.folder import entry_of, numbers, parsed, present, read, same_table
from analysis.history.inputs import inputs_now, inputs_of
from analysis.history.slim import slim
from analysis.history.sound import fault
from report.disclosure import published
from report.disclosure.walk import Place, rewritten
from tests.report.histories import with_history


@pytest.fixture(scope="module")
def made(mall_contract: Contract) -> HistoryEntry:
    return entry(mall_contract.model_copy(update={"edition": Edition(number=3, date="2026-05-01")}), "ab" * 32)


def test_an_entry_is_read_as_it_was_written(made, tmp_path):
    (tmp_path / "0003.json").write_text(made.text, encoding="utf-8")
    assert numbers(tmp_path) == (3,)
    assert entry_of(tmp_path, 3) == made
    assert made.number == 3


def test_an_entry_of_the_shipped_table_is_small(made):
    assert 5_000 < len(made.text.encode()) < 40_000


@pytest.mark.parametrize("mode", ["open", "public"])
def test_an_entry_holds_nothing_private_and_no_single_customer(mall_contract, mode):
    privacy = mall_contract.privacy.model_copy(update={"mode": mode})
    kept = slim(published(mall_contract.model_copy(update={"privacy": privacy})))
    held: list[str] = []

    def rule(kind: Kind | None, value: Any, place: Place) -> Any:  # noqa: ANN401 (any value)
        if kind in {PRIVATE, DIGEST} and value not in ((), {}):
            held.append(place.field)
        return value

    rewritten(Contract, kept.model_dump(), rule)
    assert held == []
    assert kept.exploration.points is None
    assert kept.exploration.map is None
    assert (kept.selection.candidates, kept.selection.flows, kept.exploration.correlations) == ((), (), ())
    assert [one.bins for one in kept.exploration.distributions] != []


def test_of_an_open_site_no_figure_on_few_customers_is_kept(mall_contract):
    first = mall_contract.segments[0]
    alone = mall_contract.model_copy(update={"segments": (first.model_copy(update={"size": 1}),)})
    (kept,) = slim(alone).segments
    assert set(kept.centroid.values()) == {None}
    assert kept.profile == ()
    assert kept.categories == ()
    many = slim(mall_contract).segments[0]
    assert many.centroid == first.centroid
    assert [(one.median, one.q1, one.q3) for one in many.figures] == [(None, None, None)] * len(first.figures)


def test_slim_already_it_stays_as_it_is(made):
    assert slim(made.contract) == made.contract


def test_a_contract_that_was_published_is_an_entry(mall_contract):
    found = parsed(published(mall_contract).model_dump_json().encode(), "analysis.json")
    assert found.inputs is None
    assert found.contract == slim(published(mall_contract).model_copy(update={"edition": Edition(number=1)}))
    assert numbered(mall_contract).number == 1


def altered(made: HistoryEntry, **change: object) -> bytes:
    return json.dumps({**json.loads(made.text), **change}).encode()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "0003.json: the file is damaged (no JSON); restore it, name another build with --previous, or start "),
        (b'{"history_version": "1.0", "contract', "the file is damaged (no JSON); restore it"),
        (b"\xff\xfe", "the file is damaged (no JSON)"),
        (b"[" * 100_000, "the file is damaged (no JSON)"),
        (b"[1]", "this is no build of Segment Atlas; name another build with --previous"),
        (b'{"a": 1}', "this is no build of Segment Atlas"),
        (b'{"history_version": "1.0"}', "the file is damaged (at contract)"),
        (b'{"history_version": "1.0", "contract": {"schema_version": "1.6"}}', "damaged (at contract.provenance)"),
        (b'{"history_version": "1.1"}', "a newer Segment Atlas wrote this; update Segment Atlas, name another build"),
        (b'{"history_version": "2.0"}', "a newer Segment Atlas wrote this"),
        (b'{"history_version": "1.0", "contract": {"schema_version": "1.10"}}', "a newer Segment Atlas wrote this"),
        (b'{"schema_version": "2.0"}', "a newer Segment Atlas wrote this"),
        (b'{"history_version": "0.1", "contract": {}}', "the file is damaged (at history_version)"),
        (b'{"history_version": [], "contract": {}}', "the file is damaged (at history_version)"),
    ],
)
def test_a_file_that_cannot_be_used_is_one_sentence(tmp_path, content, said):
    (tmp_path / "0003.json").write_bytes(content)
    with pytest.raises(ConfigurationError) as error:
        entry_of(tmp_path, 3)
    assert said in str(error.value)
    assert str(error.value).startswith(str(tmp_path / "0003.json"))
    assert "\n" not in str(error.value)


def test_an_entry_of_another_number_is_told(made, tmp_path):
    (tmp_path / "0004.json").write_text(made.text, encoding="utf-8")
    with pytest.raises(ConfigurationError, match="the file is of build 3, not 4; restore it"):
        entry_of(tmp_path, 4)


def test_a_key_that_no_entry_has_is_damage(made):
    with pytest.raises(ConfigurationError, match=r"damaged \(at customers\)"):
        parsed(altered(made, customers=[1]), "x.json")


def spoiled(contract: dict[str, Any], path: str, value: object) -> dict[str, Any]:
    """A copy with another value at a dotted path."""
    whole: dict[str, Any] = json.loads(json.dumps(contract))
    found: Any = whole
    *parts, last = [int(part) if part.isdigit() else part for part in path.split(".")]
    for part in parts:
        found = found[part]
    found[last] = value
    return whole


@pytest.fixture(scope="module")
def remembering(mall_contract: Contract) -> dict[str, Any]:
    """A twelfth build, with earlier ones and segments that are gone."""
    found: dict[str, Any] = json.loads(entry(with_history(mall_contract)).text)
    return found["contract"]


@pytest.mark.parametrize(
    ("path", "value", "key"),
    [
        ("segments.0.size", -5, None),
        ("segments.0.share", 2.0, None),
        ("segments.0.share", float("nan"), None),
        ("segments.0.share_interval", {"lower": -0.5, "upper": 0.2}, None),
        ("segments.0.share_interval", {"lower": 0.3, "upper": 0.2}, "segments.0.share_interval.lower"),
        ("segments.0.size_interval", {"lower": float("inf"), "upper": 2.0}, "segments.0.size_interval.lower"),
        ("segments.0.value_share", float("inf"), None),
        ("segments.0.stability", 1.5, None),
        ("segments.0.slug", "", None),
        ("segments.0.slug", "../../evil", None),
        ("segments.0.slug", "Evil", None),
        ("segments.0.slug", "evil\n", None),
        ("segments.0.name", " ", None),
        ("segments.0.colour", 999, None),
        ("segments.0.id", 0, None),
        ("segments.0.centroid.Age", float("nan"), None),
        ("segments.0.profile.0.known", -1, "segments.0.profile.0.known"),
        ("data.customers", -1, None),
        ("data.features.0.mean", float("inf"), None),
        ("gone.0.slug", "a/b", None),
        ("gone.0.id", 0, None),
        ("gone.0.into.0.share", -0.1, None),
        ("past.0.date", "yesterday", None),
        ("past.0.segments.0.size", -5, None),
        ("past.0.segments.0.share", 1.5, None),
        ("past.0.segments.0.slug", "a b", None),
        ("edition.date", "2026-13-01", None),
        ("edition.fitted_in", 13, None),
        ("exploration.distributions.0.bins.0.count", -1, None),
        ("exploration.distributions.0.bins.0.lower", float("nan"), None),
    ],
)
def test_what_no_build_can_have_written_is_damage_and_its_key_is_told(remembering, path, value, key):
    whole = {"history_version": "1.0", "contract": spoiled(remembering, path, value)}
    with pytest.raises(ConfigurationError) as error:
        parsed(json.dumps(whole).encode(), "0012.json")
    at = f"contract.{key or path}"
    assert str(error.value).startswith(f"0012.json: the file is damaged (at {at}")
    assert str(error.value).endswith(
        "; restore it, name another build with --previous, or start a new history with --fresh."
    )


@pytest.mark.parametrize("name", ["id", "slug"])
@pytest.mark.parametrize("part", ["segments", "gone", "past.0.segments"])
def test_two_segments_of_one_id_or_address_are_damage(remembering, part, name):
    found: Any = remembering
    for each in part.split("."):
        found = found[int(each) if each.isdigit() else each]
    contract = spoiled(remembering, f"{part}.1.{name}", found[0][name])
    with pytest.raises(ConfigurationError, match=rf"damaged \(at contract.{part}.1.{name}\); restore it"):
        parsed(json.dumps({"history_version": "1.0", "contract": contract}).encode(), "0012.json")


@pytest.mark.parametrize("name", ["id", "slug"])
def test_a_segment_that_is_gone_has_no_id_or_address_of_one_that_is_there(remembering, name):
    contract = spoiled(remembering, f"gone.1.{name}", remembering["segments"][0][name])
    with pytest.raises(ConfigurationError, match=rf"damaged \(at contract.gone.1.{name}\); restore it"):
        parsed(json.dumps({"history_version": "1.0", "contract": contract}).encode(), "0012.json")


def test_a_published_contract_is_looked_at_as_well(remembering):
    contract = spoiled(remembering, "segments.0.size", -5)
    with pytest.raises(
        ConfigurationError, match=r"analysis.json: the file is damaged \(at segments.0.size\); restore it"
    ):
        parsed(json.dumps(contract).encode(), "analysis.json")


@pytest.mark.parametrize("mode", ["open", "public"])
def test_what_a_build_writes_is_sound(mall_contract, mode):
    privacy = mall_contract.privacy.model_copy(update={"mode": mode})
    for whole in (mall_contract, with_history(mall_contract)):
        made = published(whole.model_copy(update={"privacy": privacy}))
        assert [fault(each) for each in (whole, made, entry(made).contract)] == [None, None, None]


@pytest.mark.parametrize("name", ["mall", "hostile"])
def test_contracts_that_were_written_are_sound(project, name):
    text = (project / f"tests/golden/cases/{name}/analysis.json").read_text(encoding="utf-8")
    assert fault(Contract.model_validate_json(text)) is None


def test_numbers_follow_one_another_from_any_on(tmp_path):
    assert numbers(tmp_path / "none") == ()
    others = ("notes.txt", ".0012.json", "12.json", "0012.json.bak", "00005.json", "0000.json", "٠٠١٣.json")
    for name in ("0009.json", "0010.json", "0011.json", *others):
        (tmp_path / name).touch()
    assert numbers(tmp_path) == (9, 10, 11)
    (tmp_path / "0010.json").unlink()
    with pytest.raises(ConfigurationError) as error:
        numbers(tmp_path)
    assert str(error.value) == (
        f"{tmp_path}: the history is incomplete: 0010.json is missing; restore it, compare alone with --trial "
        "--previous FILE, or start a new history with --fresh."
    )
    assert present(tmp_path) == (9, 11)


def test_numbers_may_have_more_than_four_digits(tmp_path):
    for name in ("9999.json", "10000.json", "10001.json"):
        (tmp_path / name).touch()
    assert numbers(tmp_path) == (9999, 10000, 10001)


def test_a_history_that_is_a_file_is_told(tmp_path):
    (tmp_path / "history").touch()
    with pytest.raises(ConfigurationError, match="this is a file, and builds are remembered in a folder"):
        numbers(tmp_path / "history")


def test_a_pipe_is_not_read(tmp_path):
    os.mkfifo(tmp_path / "0001.json")
    with pytest.raises(ConfigurationError, match="this is a pipe"):
        read(tmp_path / "0001.json")


@pytest.mark.parametrize(
    ("columns", "same"),
    [
        (["Gender", "Age", "Annual Income (k$)", "Spending Score (1-100)"], True),
        (["Age", "Gender", "Visits"], True),
        (["Age", "Visits"], False),
        ([], False),
    ],
)
def test_a_table_with_at_least_half_of_the_columns_is_the_same(mall_contract, columns, same):
    assert len(mall_contract.data.features) == 4
    assert same_table(mall_contract, columns) is same


def test_the_digest_of_the_inputs_is_known_before_the_build_and_is_keyed(mall, mall_contract):
    code = mall_contract.provenance.code_version
    made = inputs_of(mall_contract.provenance, "secret")
    assert made == inputs_now(mall, code, "secret")
    assert len({made, inputs_now(mall, code, ""), inputs_now(mall, "9", "secret"), None}) == 4
    assert inputs_of(mall_contract.provenance.model_copy(update={"data_sha256": None}), "secret") is None
    assert mall_contract.provenance.data_sha256 not in (made or "")
