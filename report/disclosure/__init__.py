"""Disclosure control: from the contract to the copy of it that may be published.

In: the contract.
Out: the copy of it that may be published.
May import: the rooms up to `markup`, in the order of `pyproject.toml`.

`privacy.mode: open` publishes the contract as it is. In `privacy.mode: public` no published count of customers lies
between 1 and `min_cell` − 1, and neither does what remains when published counts are taken from published totals. A
figure is published as it is, to a stated precision, or withheld, which is null; no other figure takes its place:

| part | what is done |
|---|---|
| single customers, row numbers | left out |
| whatever counts a column in which few lack a value | withheld: histogram, comparisons, map |
| histograms of a few whole numbers | withheld where mean and spread tell what bars put together hide |
| histograms, age bands | neighbours merged; both tables of a column share their edges, the outermost bars are open |
| segment map | each segment's squares merged to rectangles of at least `min_cell` (Mondrian, LeFevre et al. 2006) |
| categories | rare ones put together; cells by segment withheld with complements (Gusfield 1988) |
| means of two values | a table of two answers by segment: withheld with complements, with all that speaks of them |
| means of three values with a rare one | withheld, with all that speaks of them |
| names and rules of segments | stay: they say more or fewer, never how many; rules by a column of one value go |
| actions that go by a withheld figure | left out |
| shares that nearly all or none of a segment have | withheld with complements, unless the column is harmless |
| a column of which a segment has one value only | withheld of it, and of another where it is the only one |
| percentiles of silhouettes | as many as leave `min_cell` customers between two |
| shares of customers who bought once | withheld with complements where few did, or did not, and means over few |
| a border's, a column's counts | withheld where small |
| a rule's counts | withheld; its precision and recall are told as a tenth that they reach at least |
| borders of a segment | small counts withheld, and more while the rest of the segment would be small |
| intervals of size and share | to whole customers; withheld where they reach below `min_cell` |
| intervals of medians | withheld of small segments where they reach beyond the quartiles |
| correlations of two columns of two values | withheld where one of the four counts that follow is small |
| the solution taken | shares and flows left out where sizes less shares tell how few were not fitted |
| solutions with other numbers of segments | small shares and flows withheld with complements, persistence to tenths |
| segments by scores | small ones withheld with complements, crossings as categories; customers of a score left out |
| customers between two builds | small flows withheld with complements, new and lost customers as row and column |
| customers in both builds | withheld where they, the new or the lost are few; moved ones and kin to tenths or null |
| drift of a column | of rounded counts over bars without few, to .05 below; withheld where its histogram is |
| categories never seen | named where they are published, else one notice of those put together, if not few |
| earlier builds | as they were published; of those of an open site rounded counts alone |
| customers set aside, refunds | small counts withheld |
| classes of frequency | neighbours put together; counts withheld where few customers are in none |
| tail quantiles | withheld where fewer than `min_cell` customers lie beyond them |
| a describing column that many left empty | withheld where the number behind a segment's mean is too small |
| customers with gaps, and behind each figure | withheld in all segments where a count, or what it leaves, is small |

After these rules `agreed` works out shares from rounded counts, and `gate` goes through every value by its kind: counts
are rounded at random to multiples of five, and a kind without a rule is withheld (docs/privacy.md).

A tenth is published only of at least ten times `min_cell` customers, so that the number that it leaves open is as
large as `min_cell`. The numbers of rows read, used and set aside are rounded and never withheld: rows set aside stand
behind no published figure. Each table is protected by itself, against all totals, and against the others on the same
column; what follows from many columns at once is left uncertain by the rounding.
"""

from __future__ import annotations

from analysis.contract import Contract, Data, Exploration
from analysis.rounding.random_rounding import BASE, Rounding
from report.disclosure.agreed import agreed
from report.disclosure.answers import untold_answers, untold_columns, without_figures
from report.disclosure.cells import small
from report.disclosure.changes import changes, gone, past
from report.disclosure.columns import column, rejections, unprotected
from report.disclosure.evidence import clearness
from report.disclosure.exploration import exploration
from report.disclosure.gaps import gaps, imputed, refuse_few_known
from report.disclosure.gate import gate
from report.disclosure.lifetime import lifetime, prospects
from report.disclosure.notes import notes
from report.disclosure.rounding import answers_rounded
from report.disclosure.scoring import scoring, transactions
from report.disclosure.segments import shares, stripped
from report.disclosure.selection import selection
from report.errors import CheckError


def published(contract: Contract, salt: str = "") -> Contract:
    """The contract that pages, charts, downloads and the notebook may see; `salt` keeps the draws of rounding secret.

    Raises CheckError where a segment is itself too small to be published.
    """
    if contract.privacy.mode == "open" or contract.privacy.rounding_base is not None:
        return contract
    rounding = rounding_of(contract, salt)
    return gate(agreed(answers_rounded(protected(contract), rounding), contract, rounding), rounding)


def protected(contract: Contract) -> Contract:
    """A copy without small counts and what they follow from; its counts are still exact."""
    _refuse_small(contract)
    refuse_few_known(contract)
    hidden, few = unprotected(contract), untold_columns(contract)
    untold = untold_answers(contract, few)
    kept = [one for one in contract.data.features if one.name not in hidden]
    features = tuple(column(without_figures(one) if one.name in few else one, contract) for one in kept)
    expected = prospects(contract)
    segments = [
        stripped(segment, contract, hidden, untold).model_copy(update={"lifetime": expected[segment.id]})
        for segment in contract.segments
    ]
    explored = exploration(contract, features, untold, few)
    return contract.model_copy(
        update={
            "privacy": contract.privacy.model_copy(update={"rounding_base": BASE}),
            "data": _data(contract, hidden, explored).model_copy(update={"features": features}),
            "selection": selection(contract),
            "segments": clearness(
                shares(gaps(segments, contract), features, contract.privacy.min_cell), contract.privacy.min_cell
            ),
            "exploration": explored,
            "lifetime": lifetime(contract),
            "scoring": scoring(contract),
            "past": past(contract),
            "gone": gone(contract),
            "changes": changes(contract, features, explored),
        }
    )


def rounding_of(contract: Contract, salt: str = "") -> Rounding:
    """How counts of a publication of this contract are rounded."""
    privacy, table = contract.privacy, contract.provenance.data_sha256
    return Rounding.of(public=privacy.mode == "public", least=privacy.min_cell, table=table, salt=salt)


def _refuse_small(contract: Contract) -> None:
    least = contract.privacy.min_cell
    for segment in contract.segments:
        if segment.size < least:
            raise CheckError(
                f"Segment {segment.id} has {segment.size} customers, fewer than privacy.min_cell ({least}), so it may "
                f"not be published; {'take fewer segments, or ' if len(contract.proper) > 2 else ''}lower "
                "privacy.min_cell, or set privacy.mode: open where the table itself is public."
            )


def _data(contract: Contract, hidden: frozenset[str], explored: Exploration) -> Data:
    apart = contract.data.set_apart
    few = apart is not None and small(apart, contract.privacy.min_cell)
    return contract.data.model_copy(
        update={
            "rejections": rejections(contract),
            "transactions": transactions(contract),
            "set_apart": None if few else apart,
            "imputed": imputed(contract),
            "notes": notes(contract, hidden, explored),
        }
    )
