import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.configuration.yaml_text import NoYamlError, read_yaml

ROOT = Path(__file__).parents[2]
PIECES = ["a", ": ", "- ", "\n", "  ", "[", "]", "{", "}", ", ", "\t", "'", '"', "#", "&x ", "*x", "1", "~", "|", ">"]
PIECES += ["!!int ", "<<", "=", "? ", "%", "---\n", "2026-13-45", "\x07", "é"]


def refusal(text: str) -> str:
    with pytest.raises(NoYamlError) as caught:
        read_yaml(text)
    return str(caught.value)


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_any_text_is_read_or_refused_in_one_sentence(text):
    try:
        read_yaml(text)
    except NoYamlError as error:
        said = str(error)
    else:
        return
    assert re.fullmatch(r"line \d+(, column \d+)?: .*\.", said)


@pytest.mark.parametrize("folder", ["analysis", "report", "scripts"])
def test_the_sources_hold_no_second_reader(folder):
    reader = re.compile(r"yaml\.(?:load|safe_load|full_load|unsafe_load)|\bCS?a?f?e?Loader|ruamel")
    found = {
        file.relative_to(ROOT).as_posix()
        for file in (ROOT / folder).rglob("*.py")
        if reader.search(file.read_text(encoding="utf-8"))
    }
    assert found == set()


READS = """
import sys
sys.modules.update(dict.fromkeys(sys.argv[1:]))  # a name that stands for None cannot be imported
import yaml
from analysis.configuration.yaml_text import NoYamlError, read_yaml
print(yaml.__with_libyaml__)
for text in ("a: |#\\n  b", "a:\\tb", "a: 1\\t", "a: [x, y]", "a: |\\n  x\\n"):
    try:
        print(read_yaml(text))
    except NoYamlError as error:
        print(error)
"""


def test_what_a_text_means_does_not_depend_on_libyaml():
    def told(*missing: str) -> list[str]:
        command = [sys.executable, "-c", READS, *missing]
        done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)  # noqa: S603 (our own)
        return done.stdout.splitlines()

    without = told("yaml._yaml")
    assert without[0] == "False"
    assert len(without) == 6
    assert without[4] == "{'a': ['x', 'y']}"
    assert told()[1:] == without[1:]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "a: |#\n  b",
            "line 1, column 5: expected chomping or indentation indicators, but found '#'; correct",
        ),
        ("a:\tb", r"line 1, column 3: found character '\t' that cannot start any token; correct the YAML there"),
        ("a: [1", "line 1, column 6: expected ',' or ']'"),
        ("a: 1\n---\nb: 2", "line 2, column 1: expected a single document in the stream, but found another document;"),
        ("a: 1\nb: \x07", "line 2: the character U+0007 is not allowed in YAML; remove it."),
        ("a: 1\nb: \x00", "line 2: the character U+0000 is not allowed in YAML; remove it."),
        ("a: !!int x", "line 1, column 4: this looks like a whole number but is not one"),
        ("a: 2026-13-45", "line 1, column 4: this looks like a date but is not one"),
        ("a: " + "9" * 5000, "line 1, column 4: this looks like a whole number but is not one"),
        ("[a]: b", "line 1, column 1: found unhashable key"),
        ("a: *b", "line 1, column 4: found undefined alias 'b'"),
        ("<<: 1", "expected a mapping or list of mappings for merging"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(text, says):
    assert says in refusal(text)


def test_a_long_name_is_not_repeated_whole():
    assert len(refusal(f"a: *{'b' * 900}")) < 260


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
@pytest.mark.parametrize("levels", [101, 3_000, 200_000])
def test_a_text_nested_too_deep_is_refused(opening, levels):
    assert refusal(opening * levels) == (
        "line 1: over 100 levels of lists or keys inside each other; no setting has so many."
    )


def test_a_mapping_nested_too_deep_by_indents_is_refused_at_its_line():
    text = "".join(f"{' ' * level}k:\n" for level in range(3_000))
    assert refusal(text).startswith("line 100: over 100 levels") or refusal(text).startswith("line 101: over 100")


def test_ninety_nine_levels_are_read():
    found = read_yaml("[" * 99 + "1" + "]" * 99)
    for _ in range(99):
        (found,) = found
    assert found == 1


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("base: &b {x: 1, y: 2}\nmine: {<<: *b, y: 3}", {"base": {"x": 1, "y": 2}, "mine": {"x": 1, "y": 3}}),
        (
            "a: &a {x: 1}\nb: &b {x: 2, z: 5}\nc: {<<: [*a, *b]}",
            {"a": {"x": 1}, "b": {"x": 2, "z": 5}, "c": {"x": 1, "z": 5}},
        ),
        ("v: {a: &a {x: 1}, b: &b {<<: *a, x: 2}}\n<<: *b", {"v": {"a": {"x": 1}, "b": {"x": 2}}, "x": 2}),
        ("a: <<", {"a": "<<"}),
        ("a: =\n=: b", {"a": "=", "=": "b"}),
    ],
)
def test_merge_keys_give_what_yaml_says(text, content):
    assert read_yaml(text) == content


@pytest.mark.parametrize("text", ["a: 1\nb: 2\na: 3", "x: {k: 1,\n  'k': 2}", "a: &a {x: 1}\nb: {<<: *a,\n <<: *a}"])
def test_a_key_written_twice_is_refused(text):
    assert re.fullmatch(r"line [23]: the key “(a|k|<<)” is written twice; keep one of them\.", refusal(text))


def test_a_key_written_twice_may_be_let_through():
    assert read_yaml("a: 1\na: 3", twice=True) == {"a": 3}


LAUGHS = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 10)
)
MERGES = "a0: &a0 {x: 1, y: 2}\n" + "".join(f"a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}]}}\n" for n in range(1, 31))


@pytest.mark.parametrize("text", [LAUGHS, MERGES])
def test_aliases_that_stand_for_billions_of_values_are_refused(text):
    assert "this stands for over 1,000,000 values; write them out." in refusal(text)


@pytest.mark.parametrize("link", ["[*a{0}]", "{{<<: *a{0}}}", "{{k: *a{0}}}"])
def test_levels_are_counted_through_aliases(link):
    text = "a0: &a0 {x: 1}\n" + "".join(f"a{n}: &a{n} {link.format(n - 1)}\n" for n in range(1, 3_000))
    assert "over 100 levels" in refusal(text)


@pytest.mark.parametrize("text", ["&a [*a]", "a: &a {b: [*a]}", "a: &a {<<: *a}", "&a [1, &b [*a], *b]"])
def test_an_alias_of_what_contains_it_is_refused(text):
    assert refusal(text) == "line 1: this contains an alias (*) of itself; write the values out."


def test_the_same_alias_may_be_used_often():
    assert read_yaml("a: &a {x: 1}\nb: [*a, *a, *a]")["b"] == [{"x": 1}] * 3
