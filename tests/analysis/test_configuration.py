from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.configuration import load_configuration, without_files
from analysis.configuration.column import Column
from analysis.configuration.load import GENERAL_PLAYBOOK
from analysis.configuration.site import Site
from analysis.configuration.table import TableSettings
from analysis.errors import AtlasError, ConfigurationError

SITE = """
data: {path: table.csv}
columns:
  Age: {role: age}
  Income: {role: income}
"""


def written(tmp_path: Path, text: str, **others: str) -> Path:
    (tmp_path / "site.yml").write_text(text, encoding="utf-8")
    for name, content in others.items():
        (tmp_path / f"{name}.yml").write_text(content, encoding="utf-8")
    return tmp_path / "site.yml"


def message(tmp_path: Path, text: str, **others: str) -> str:
    with pytest.raises(ConfigurationError) as caught:
        load_configuration(written(tmp_path, text, **others))
    assert caught.value.exit_code == 2
    assert "site.yml" in str(caught.value) or others
    return str(caught.value)


def test_the_shipped_configuration_is_valid(project):
    configuration = load_configuration(project / "site_config")
    assert configuration.origin.places[0] == project / "data" / "Mall_Customers.csv"
    assert [persona.name for persona in configuration.personas.personas] == [
        "Premium Shoppers", "Potential Loyalists", "Young Enthusiasts", "Impulse Buyers", "Cautious Spenders",
        "Budget Buyers",
    ]  # fmt: skip
    assert len(configuration.files) == 3


def test_a_folder_and_its_file_mean_the_same(tmp_path):
    file = written(tmp_path, SITE)
    assert load_configuration(tmp_path) == load_configuration(file)


def test_without_a_playbook_the_general_one_serves(tmp_path):
    assert load_configuration(written(tmp_path, SITE)).playbook.actions


def test_the_hash_follows_the_content_not_the_spelling(tmp_path):
    first = load_configuration(written(tmp_path, SITE)).sha256
    assert load_configuration(written(tmp_path, f"# a comment\n{SITE}")).sha256 == first
    assert load_configuration(written(tmp_path, SITE.replace("role: age", "role: feature"))).sha256 != first


@pytest.mark.parametrize(
    "shown",
    ["site: {title: Ours, url: 'https://x.org/'}", "theme: {accent: '#123456'}", "history: false", "pages: .",
     "publish: {hold_when: {lost_segment: true}}", "playbook: shipped.yml"],
)  # fmt: skip
def test_what_is_only_shown_changes_the_hash_of_all_but_not_that_of_what_is_essential(tmp_path, shown):
    (tmp_path / "shipped.yml").write_text(GENERAL_PLAYBOOK.read_text().replace("title: ", "title: Our ", 1))
    first = load_configuration(written(tmp_path, SITE))
    other = load_configuration(written(tmp_path, SITE + shown + "\n"))
    assert other.sha256 != first.sha256
    assert other.essential_sha256 == first.essential_sha256 == other.essential.essential_sha256


@pytest.mark.parametrize(
    "decides", ["site: {language: de}", "site: {currency: EUR}", "model: {seed: 7}", "playbook: shipped.yml"]
)
def test_what_decides_a_result_changes_both_hashes(tmp_path, decides):
    (tmp_path / "shipped.yml").write_text(GENERAL_PLAYBOOK.read_text().replace("effort: low", "effort: high", 1))
    first = load_configuration(written(tmp_path, SITE))
    other = load_configuration(written(tmp_path, SITE + decides + "\n"))
    assert other.sha256 != first.sha256
    assert other.essential_sha256 != first.essential_sha256


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (SITE + "modle: {}\n", ["modle: unknown key", "“model”"]),
        (SITE + "model: {selction: auto}\n", ["model.selction: unknown key", "“selection”"]),
        (
            SITE + "model: {selection: {k: 1}}\n",
            ["model.selection.k: it should be greater than or equal to 2 (it is “1”)"],
        ),
        (SITE + "model: {selection: {k: six}}\n", ["model.selection.k", "integer"]),
        (SITE + "model: {selection: many}\n", ["model.selection: “many” is neither auto", "{k: 6}"]),
        (SITE + "site: {titel: x}\n", ["site.titel: unknown key", "“title”"]),
        (SITE + "site: {title: 'a {{< env HOME >}}'}\n", ["site.title"]),
        (SITE + "site: {currency: dollars}\n", ["site.currency"]),
        (SITE + "privacy: {mode: secret}\n", ["privacy.mode", "public", "open"]),
        (SITE + "value: {product_of: [Incme]}\n", ["value.product_of", "Incme"]),
        (SITE + "budget: {total: -5}\n", ["budget.total", "greater than 0"]),
        (SITE + "pages: nowhere\n", ["no folder “nowhere”"]),
        (SITE.replace("role: income", "role: age"), ["both have the role “age”"]),
        (SITE.replace("role: income", "role: incme"), ["incme", "income"]),
        ("columns: {A: {role: age}}\n", ["data: this key is missing"]),
        ("data: {path: a.csv, path: b.csv}\n", ["written twice", "line 1"]),
        ("data: {path: a.csv\n", ["line", "correct the YAML"]),
        ("- a list\n", ["the file"]),
        (SITE + "columns2: {A: {role: id, use: cluster}}\n", ["columns2: unknown key", "columns"]),
    ],
)
def test_a_setting_that_cannot_be_obeyed_is_named(tmp_path, text, says):
    told = message(tmp_path, text)
    for part in says:
        assert part in told
    assert "pydantic" not in told
    assert "Traceback" not in told


def test_three_problems_at_most_are_shown(tmp_path):
    told = message(tmp_path, SITE + "a1: 1\na2: 1\na3: 1\na4: 1\na5: 1\n")
    assert told.count("unknown key") == 3
    assert "2 more" in told


def test_a_missing_file_says_what_to_do(tmp_path):
    with pytest.raises(ConfigurationError, match=r"no such file; name another with --config"):
        load_configuration(tmp_path / "site.yml")


def test_of_a_table_named_by_mistake_nothing_is_printed(tmp_path):
    table = "CustomerID,Name,Age\n" + "".join(f"{n},Ada Lovelace,{n % 60}\n" for n in range(300))
    said = message(tmp_path, table)
    assert "keys with values are expected" in said
    assert "Lovelace" not in said
    said = message(tmp_path, f"data: '{table}'")
    assert len(said) < 250
    assert said.count("Lovelace") <= 3


def test_a_file_that_is_not_utf8_says_so(tmp_path):
    (tmp_path / "site.yml").write_bytes(b"site: \xff\n")
    with pytest.raises(ConfigurationError, match="UTF-8"):
        load_configuration(tmp_path / "site.yml")


def test_no_object_is_made_from_a_tag(tmp_path):
    assert "could not determine a constructor" in message(tmp_path, "data: !!python/object/apply:os.system ['true']\n")


def test_persona_and_playbook_problems_name_their_file(tmp_path):
    site = SITE + "personas: people.yml\n"
    people = "personas: [{name: A, levels: {age: tall}}]\n"
    told = message(tmp_path, site, people=people)
    assert "people.yml" in told
    assert "very high" in told
    twice = "personas: [{name: A, levels: {age: low}}, {name: A, levels: {age: high}}]\n"
    assert "described twice" in message(tmp_path, site, people=twice)


def test_an_icon_that_does_not_ship_is_refused(tmp_path):
    people = "personas: [{name: A, levels: {age: low}, icon: unicorn}]\n"
    assert "gem" in message(tmp_path, SITE + "personas: people.yml\n", people=people)


def test_one_level_may_stand_alone(tmp_path):
    action = (
        "actions: [{id: a, kind: ads, title: t, when: {age: high}, channel: c, message: m, offer: o, timing: t, "
        "kpi: {measure: m, target: t}, effort: low, effect: small, because: b}]\n"
    )
    written(tmp_path, SITE + "playbook: plays.yml\n", plays=action)
    assert load_configuration(tmp_path).playbook.actions[0].when == {"age": ("high",)}


def test_without_files_needs_none(tmp_path):
    site = Site(data=TableSettings(path="t.csv"), columns={"Age": Column(role="age")})
    configuration = without_files(site, tmp_path / "t.csv")
    assert configuration.files == (configuration.files[0],)  # the general playbook alone
    assert not configuration.personas.personas


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200) | st.binary(max_size=200))
def test_any_file_gives_a_configuration_or_one_clear_error(tmp_path_factory, content):
    folder = tmp_path_factory.mktemp("any")
    (folder / "site.yml").write_bytes(content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content)
    try:
        load_configuration(folder)
    except AtlasError as error:
        assert str(error)  # noqa: PT017 (either outcome is right; what matters is that nothing else is raised)


@pytest.mark.parametrize("content", [b"# " + b"x" * 10_000_000, b"\xef\xbb\xbfa: " + b"1" * 10_000_000])
def test_a_file_too_large_for_a_configuration_is_not_read_whole(tmp_path, content):
    (tmp_path / "site.yml").write_bytes(content)
    with pytest.raises(ConfigurationError, match=r"site\.yml: the file is larger than 10 MB, so"):
        load_configuration(tmp_path / "site.yml")


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no such device")
def test_a_device_without_an_end_is_no_configuration():
    with pytest.raises(ConfigurationError, match="this is a device, and settings are read from a file"):
        load_configuration(Path("/dev/zero"))


def test_merge_keys_are_part_of_a_configuration(tmp_path):
    merged = written(tmp_path, SITE + "site: {<<: {title: Merged, locale: de}, title: Own}\n")
    assert load_configuration(merged).site.site.title == "Own"
    assert load_configuration(merged).site.site.locale == "de"
