"""The terms of the field in plain words."""

from __future__ import annotations

from dataclasses import dataclass

from report.views.story import Page, Story


@dataclass(frozen=True)
class Term:
    """A term, its anchor and what it means."""

    anchor: str
    term: str
    meaning: str


TERMS = (
    Term("border-customer", "Border customer", "Somebody nearly as close to the centre of another segment as to that of their own. Actions meant for either will do."),
    Term("bootstrap", "Bootstrap", "Drawing customers at random, with repetition, from the table itself to see how much a result depends on who happened to be in it."),
    Term("calinski-harabasz", "Calinski–Harabasz index", "Spread between segments against spread within them; higher is better. It tends to favour round, equal groups."),
    Term("centroid", "Centroid", "The centre of a segment: the mean of each column over its customers."),
    Term("correlation", "Correlation", "How far two columns move together, from −1 (one falls as the other rises) over 0 (no straight-line relation) to 1."),
    Term("davies-bouldin", "Davies–Bouldin index", "How much each segment overlaps with the one most like it; lower is better."),
    Term("inertia", "Inertia", "The sum of squared distances from customers to their centre. It always falls with more segments; the question is where it stops falling fast."),
    Term("jaccard-stability", "Jaccard stability", "Customers that a segment and its nearest match in a redrawn table have in common, as a share of all in either, averaged over many redraws. Below 0.60 unstable, to 0.75 doubtful, to 0.85 stable, above highly stable (Hennig 2007)."),
    Term("k-means", "K-Means", "A method that cuts customers into a given number of groups, so that everybody is as near as possible to the centre of their own group. It always returns groups, also where there are none."),
    Term("kpi", "KPI", "The one figure by which an action will be judged, with its target, agreed before it starts."),
    Term("median", "Median", "The value in the middle: half are below, half above. Unlike the mean it is not moved by a few extreme customers."),
    Term("persona", "Persona", "A customer the team has in mind, with a name and a story. A segment is matched with the persona whose described levels it meets best; the fit says how many of them."),
    Term("precision-recall", "Precision and recall", "Of the customers a rule picks, the share that is right (precision); of those it should pick, the share it finds (recall)."),
    Term("quartile", "Quartiles", "The values below which a quarter, a half and three quarters of the customers lie. The middle half lies between the first and the third."),
    Term("segment", "Segment", "A group of customers alike in the columns used, and unlike the others in them."),
    Term("silhouette", "Silhouette", "For a customer, how much nearer their own group is than the next, from −1 (wrong group) to 1 (far from all others); averaged over customers (Rousseeuw 1987)."),
    Term("standardised", "Standardised", "Shifted and scaled so that the mean is 0 and the spread (standard deviation) is 1, which makes columns of different units comparable."),
    Term("value", "Value, estimated", "What a customer is worth. Where revenue is not known it is estimated from other columns, as the method page states."),
    Term("verdict", "Verdict", "What the data support. Natural: separated groups. Reproducible: the same groups come back, without gaps between them. Constructive: a useful cut, not a finding. None: nothing dependable."),
)  # fmt: skip


def glossary(_: Story) -> Page:
    """The glossary."""
    values: dict[str, object] = {
        "heading": "Glossary",
        "lead": "The terms used on this site, in plain words.",
        "terms": sorted(TERMS, key=lambda term: term.term.casefold()),
    }
    return Page(
        "glossary",
        "glossary",
        "Glossary",
        "The terms used on this site, in plain words.",
        values,
        "Glossary",
        contents=False,
    )
