"""The limits of the method: what the segments and their figures do not say."""

from __future__ import annotations

from analysis.language import gettext
from analysis.language.words import in_sentence
from report.views.lifetime import LIMIT
from report.views.story import Story
from report.views.words import column_names


def limits(story: Story) -> list[str]:
    """What the segments and their figures do not say, in a sentence or two each."""
    told = [
        gettext(
            "An algorithm such as K-Means finds segments in any table, even in one without groups. Comparing their "
            "stability with that of tables without groups shows how far to trust them; it does not show whether they "
            "are useful."
        ),
        gettext(
            "Stability in resamples of these customers does not mean that next year’s customers will form the same "
            "segments."
        ),
        gettext(
            "Segments are based on these columns only: {columns}. Other columns could give other segments.",
            columns=column_names([feature.label for feature in story.clustering]),
        ),
        gettext(
            "Differences between segments are descriptions, not causes: that one segment spends more does not say why."
        ),
        gettext(
            "Recommendations apply the judgement in the playbook to the figures. Test them on part of a segment first, "
            "and keep the rest as a control group."
        ),
    ]
    if story.lifetime:
        told.append(gettext(LIMIT))
    elif story.valued and not story.value_known:
        told.append(
            gettext(
                "Value is an estimate, not counted revenue: {label}.",
                label=in_sentence(story.site.value.called),
            )
        )
    if story.contract.data.customers < 1000:
        told.append(
            gettext(
                "{customers} customers are few: in another sample of customers, the shares of small segments would "
                "change by several percentage points.",
                customers=story.formats.number(story.contract.data.customers),
            )
        )
    return told
