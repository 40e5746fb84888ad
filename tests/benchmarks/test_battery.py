"""How many starts R gets beside the battery."""

from analysis.clustering.battery.search import Effort
from tests.benchmarks.battery import suggestions


def test_r_gets_as_many_starts_as_a_table_has_suggestions():
    # Four rows put in, eight merges, five swaps of four rows each, and two looks at other tables.
    assert suggestions(Effort(tried=4, swaps=(1, 4), neighbours=20, beyond=1)) == 34
    assert suggestions(Effort(tried=2, swaps=(0, 1), neighbours=0, beyond=0)) == 8
