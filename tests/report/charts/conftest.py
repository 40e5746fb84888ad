"""Contracts made up for these tests: any number of segments and columns, in either privacy mode, with any words."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from statistics import fmean, pstdev, quantiles

import pytest

from analysis.contract import (
    Candidate,
    Comparison,
    Contract,
    Correlation,
    Data,
    Distribution,
    Evaluation,
    Exploration,
    Feature,
    FeatureProfile,
    GroupSummary,
    HistogramBin,
    Interval,
    MapBin,
    PersonaMatch,
    Privacy,
    Provenance,
    Segment,
    SegmentMap,
    Selection,
    Trait,
)
from analysis.wording.number_format import NumberFormat
from tests.report.histories import with_history
from tests.report.lifetimes import expected, lifetime
from tests.report.scores import scored

NAMES = ("Premium Shoppers", "Potential Loyalists", "Young Enthusiasts", "Impulse Buyers", "Cautious Spenders",
         "Budget Buyers", "Weekend Visitors", "Gift Hunters", "Lapsed Regulars", "Window Gazers")  # fmt: skip
HOSTILE = (
    "</script><script>alert(1)</script>", "{{< env HOME >}}", "`datum.s`'] || alert(1) //", 'a"b\\',
    "\u2028\u2029]]>&amp;",
    "W" * 200, "💎" * 40, "W" * 199 + "x", "=1+1", "line\nline\tline\x07",
)  # fmt: skip
COLUMNS = (
    Feature(name="Annual Income (k$)", slug="annual-income", label="Annual income", role="income", kind="numeric",
            used_for="clustering", format="money", scale=1000),
    Feature(name="Spending Score (1-100)", slug="spending-score", label="Spending score", role="spending",
            kind="numeric", used_for="clustering", unit="of 100", format="integer"),
    Feature(name="Age", slug="age", label="Age", role="age", kind="numeric", used_for="clustering", unit="years",
            compare="difference"),
)  # fmt: skip


class Synthetic:
    """Draws customers round random centres and fills in what the charts and captions look at."""

    def __init__(self, k: int, names: Sequence[str], labels: Sequence[str], *, public: bool, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 (made-up customers)
        self.public = public
        self.names = names
        self.features = [
            column.model_copy(update={"label": label}) for column, label in zip(COLUMNS, labels, strict=False)
        ]
        self.values = [self._customers() for _ in range(k)]
        self.everybody = [[row[f] for rows in self.values for row in rows] for f in range(len(self.features))]

    def _customers(self) -> list[list[float]]:
        centre = [self.random.uniform(25, 90) for _ in self.features]
        size = 12 + self.random.randrange(30)
        return [[max(1.0, round(self.random.gauss(mean, 7))) for mean in centre] for _ in range(size)]

    def contract(self) -> Contract:
        numeric = tuple(self._feature(index) for index in range(len(self.features)))
        total = len(self.everybody[0])
        segments = tuple(self._segment(one, total) for one in range(len(self.values)))
        k = len(segments)
        return Contract(
            provenance=Provenance(source="table.csv", data_sha256="0" * 64, configuration_sha256="1" * 64,
                                  code_version="0", libraries={}, seed=1),
            privacy=Privacy(mode="public" if self.public else "open", min_cell=10),
            data=Data(rows_read=total, rows_used=total, rows_rejected=0, rejections=(), features=numeric,
                      encoding="utf-8", delimiter=","),
            selection=Selection(
                mode="fixed", k=k, algorithm="K-Means", verdict="constructive", reason="", auto_k=k, auto_reason="",
                preferred={"silhouette": k, "calinski_harabasz": 10, "davies_bouldin": k},
                candidates=tuple(self._candidate(n, k) for n in range(2, 11)), resamples=100, silhouette=0.4274,
                stability=0.8,
            ),
            segments=segments, budget=None, exploration=self._exploration(),
        )  # fmt: skip

    @staticmethod
    def _candidate(n: int, k: int) -> Candidate:
        return Candidate(k=n, inertia=600 / n, silhouette=0.4274 - abs(n - k) * 0.015, calinski_harabasz=90 + n * 5,
                         davies_bouldin=0.7 + abs(n - k) * 0.04, smallest_share=1 / n / 2,
                         stability=0.6 + 0.02 * n if n < 8 else None)  # fmt: skip

    def _feature(self, index: int) -> Feature:
        values = self.everybody[index]
        q1, q2, q3 = quantiles(values)
        low, *_, high = quantiles(values, n=20)
        return self.features[index].model_copy(update={
            "mean": fmean(values), "median": q2, "standard_deviation": pstdev(values), "q1": q1, "q3": q3,
            "p05": low, "p95": high,
        })  # fmt: skip

    def _segment(self, one: int, total: int) -> Segment:
        rows = self.values[one]
        profile = tuple(self._profile(f, [row[f] for row in rows]) for f in range(len(self.features)))
        name = self.names[one % len(self.names)]
        persona = PersonaMatch(name=name, icon="gem", emoji="💎", colour=one % 10 + 1, story="", fit=1, distance=0.2,
                               mismatches=())  # fmt: skip
        return Segment(
            id=one + 1, slug=f"segment-{one + 1}", name=name, persona=persona, size=len(rows), share=len(rows) / total,
            value_share=(one + 1) * 2 / (len(self.values) * (len(self.values) + 1)),
            centroid={p.feature: p.mean for p in profile}, profile=profile, categories=(),
            silhouette=0.2 + 0.05 * one, stability=0.95 - 0.08 * one, stability_band="stable", neighbour=None,
            rule=None,
            summary="", traits=(Trait(feature=profile[0].feature, level="high", effect=1.0, phrase="earns more"),),
            recommendations=(), budget=None, evaluation=self._evaluation(one),
        )  # fmt: skip

    def _profile(self, index: int, values: list[float]) -> FeatureProfile:
        overall = self.everybody[index]
        mean, everybody = fmean(values), fmean(overall)
        q1, q2, q3 = quantiles(values)
        effect = (mean - everybody) / pstdev(overall)
        levels = ("very low", "low", "medium", "high", "very high")
        level = levels[sum(effect > bound for bound in (-1.5, -0.5, 0.5, 1.5))]
        return FeatureProfile(feature=self.features[index].name, mean=mean, median=q2, q1=q1, q3=q3, level=level,
                              effect=effect, difference=mean - everybody, ratio=mean / everybody - 1,
                              **self._evidence(effect, mean))  # fmt: skip

    def _evidence(self, effect: float, mean: float) -> dict[str, object]:
        """Against everybody else; of two segments nothing is known, so that charts stand up to that as well."""
        if len(self.values) == 2:
            return {}
        contrast = effect * 1.2
        return {
            "mean_interval": Interval(lower=mean - 2, upper=mean + 3), "contrast": contrast,
            "contrast_interval": Interval(lower=contrast - 0.3, upper=contrast + 0.4), "adjusted_p": 0.01,
            "marker": abs(contrast) >= 0.5,
        }  # fmt: skip

    def _evaluation(self, one: int) -> Evaluation | None:
        if len(self.values) == 2:
            return None
        place = one / len(self.values)
        return Evaluation(attractiveness=1 - place, competitiveness=0.4 + (place * 7 % 3) / 5,
                          parts={"size": 1 - place, "certainty": place}, explanation="")  # fmt: skip

    def _exploration(self) -> Exploration:
        names = [feature.name for feature in self.features]
        pairs = [(a, b) for i, a in enumerate(names) for b in names[i + 1 :]]
        points = None
        if not self.public:
            rows = sorted((*row, one + 1) for one, group in enumerate(self.values) for row in group)
            columns = list(zip(*rows, strict=True))
            points = {
                name: tuple(map(float, column)) for name, column in zip([*names, "segment"], columns, strict=True)
            }
        return Exploration(
            distributions=tuple(self._distribution(f) for f in range(len(names))),
            correlations=tuple(Correlation(a=a, b=b, pearson=-0.3 + 0.25 * i, spearman=-0.3)
                               for i, (a, b) in enumerate(pairs)),
            comparisons=tuple(self._comparison(name, by) for name, by in zip(names, [*names[1:], names[0]], strict=True)
                              if len(names) > 1),
            map=SegmentMap(x=names[0], y=names[1], bins=self._bins()) if len(names) > 1 else None,
            points=points,
        )  # fmt: skip

    def _distribution(self, index: int) -> Distribution:
        low, high = min(self.everybody[index]), max(self.everybody[index]) + 1
        step = (high - low) / 10
        bins = []
        for n in range(10):
            by = {one + 1: sum(low + n * step <= row[index] < low + (n + 1) * step for row in rows)
                  for one, rows in enumerate(self.values)}  # fmt: skip
            by = {} if self.public else {segment: count for segment, count in by.items() if count}
            count = sum(low + n * step <= value < low + (n + 1) * step for value in self.everybody[index])
            bins.append(HistogramBin(lower=low + n * step, upper=low + (n + 1) * step, count=count, by_segment=by))
        return Distribution(feature=self.features[index].name, bins=tuple(bins), skewness=0.1)

    def _comparison(self, name: str, by: str) -> Comparison:
        bands = self.names[:5] if self.names is HOSTILE else ("18–24", "25–34", "35–44", "45–54", "55 and over")
        groups = tuple(GroupSummary(group=band, count=20 + n, mean=50.0 - 5 * n, q1=30.0 - 4 * n, median=52.0 - 5 * n,
                                    q3=70.0 - 4 * n) for n, band in enumerate(bands))  # fmt: skip
        return Comparison(feature=name, by=by, groups=groups)

    def _bins(self) -> tuple[MapBin, ...]:
        counts: dict[tuple[int, int, int], int] = {}
        for one, rows in enumerate(self.values):
            for row in rows:
                key = (int(row[0] // 15), int(row[1] // 15), one + 1)
                counts[key] = counts.get(key, 0) + 1
        return tuple(MapBin(x0=x * 15, x1=x * 15 + 15, y0=y * 15, y1=y * 15 + 15, segment=segment, count=count)
                     for (x, y, segment), count in sorted(counts.items()))  # fmt: skip


Maker = Callable[..., Contract]


@pytest.fixture(scope="session")
def made() -> Maker:
    """Makes a contract with `k` segments and as many columns as `labels`."""

    def make(
        k: int = 6, names: Sequence[str] = NAMES, labels: Sequence[str] = ("Annual income", "Spending score", "Age"),
        *, public: bool = False, seed: int = 7,
    ) -> Contract:  # fmt: skip
        return Synthetic(k, names, labels, public=public, seed=seed).contract()

    return make


@pytest.fixture(scope="session")
def figures() -> NumberFormat:
    return NumberFormat("en_US", "USD")


@pytest.fixture(scope="session")
def contracts(made: Maker) -> dict[str, Contract]:
    """The tables that every chart and caption must stand up to."""
    return {
        "ordinary": made(),
        "two segments": made(k=2),
        "ten segments": made(k=10),
        "one column": made(labels=["Annual income"]),
        "public": made(public=True),
        "hostile": made(names=HOSTILE, labels=HOSTILE[:3]),
    }


@pytest.fixture(scope="session")
def complete(mall_contract: Contract) -> Contract:
    """The shipped table's, with a lifetime, quintile scores and a history: it calls for every kind of chart."""
    return with_history(scored(expected(mall_contract, lifetime())))
