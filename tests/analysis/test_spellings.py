import pytest

from analysis.cells.spellings import plain, spellings


@pytest.mark.parametrize(
    ("cells", "categories"),
    [
        (["1.0", "2.0", ""], {"1.0": "1", "2.0": "2", "": "(missing)"}),
        (["1.0", "2", "n/a", "-3.00"], {"1.0": "1", "2": "2", "n/a": "(missing)", "-3.00": "-3"}),
        (["1", "1.0"], {"1": "1", "1.0": "1"}),
        (["1.0", "1.5", "2.0"], {"1.0": "1.0", "1.5": "1.5", "2.0": "2.0"}),
        (["1.0", "gold"], {"1.0": "1.0", "gold": "gold"}),
        (["01.0", "001"], {"01.0": "01", "001": "001"}),
    ],
)
def test_whole_numbers_with_gaps_are_written_without_a_decimal(cells, categories):
    assert spellings(dict.fromkeys(cells, 3)) == categories


@pytest.mark.parametrize(("cell", "word"), [("3.0", "3"), ("3", "3"), ("3.5", "3.5"), ("Gold ", "gold")])
def test_a_rule_may_name_a_whole_number_either_way(cell, word):
    assert plain(cell) == word
