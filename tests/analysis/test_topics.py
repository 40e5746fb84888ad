"""What columns of public tables are about, by their names; a playbook speaks of topics that exist, and all are told."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pandas as pd
import pytest

from analysis.columns.topics import meant, topic_of, topics
from analysis.configuration import Playbook, Site
from analysis.configuration.load import GENERAL_PLAYBOOK, read_settings
from analysis.configuration.topic import Topic
from analysis.preparation.features import features


@pytest.mark.parametrize(
    ("header", "two", "topic"),
    [
        ("Churn", True, "churn"), ("Exited", True, "churn"), ("Churn Score", False, None), ("Churn", False, None),
        ("tenure", False, "tenure"), ("Months_on_book", False, "tenure"), ("Dt_Customer", False, "tenure"),
        ("NumOfProducts", False, "products"), ("Total_Relationship_Count", False, "products"),
        ("Number of Policies", False, "products"), ("NumWebPurchases", False, "online"),
        ("NumStorePurchases", False, "store"), ("NumCatalogPurchases", False, "catalogue"),
        ("NumDealsPurchases", False, "deals"), ("NumWebVisitsMonth", False, "web_visits"),
        ("OnlineSecurity", True, None), ("TechSupport", True, "support"), ("MonthlyCharges", False, "charges"),
        ("Response", True, "response"), ("AcceptedCmp3", True, "response"), ("Complain", True, "complaints"),
        ("IsActiveMember", True, "active"), ("Months_Inactive_12_mon", False, "inactive"),
        ("Satisfaction Score", False, "satisfaction"), ("I would recommend this brand", False, "recommend"),
        ("Like", False, "liking"), ("I trust the brand", False, "liking"), ("disgusting", True, "dislike"),
        ("cheap", True, "value"), ("expensive", True, "expensive"), ("yummy", True, "quality"),
        ("healthy", True, "healthy"), ("convenient", True, "convenience"), ("I will buy it again", False, "intention"),
        ("number_of_gifts", False, "gifts"), ("total_gift_amount", False, "given"),
        ("months_since_last_gift", False, "last_gift"), ("regular_giver", True, "regular_gift"),
        ("CASH_ADVANCE", False, "cash_advance"), ("PURCHASES_FREQUENCY", False, "card_use"),
        ("CASH_ADVANCE_FREQUENCY", False, None), ("MntWines", False, "goods"), ("Detergents_Paper", False, "goods"),
        ("Customer Lifetime Value", False, None), ("Months Since Last Claim", False, None),
        ("Annual Income", False, None), ("Age", False, None), ("Island", True, None), ("frequency", False, None),
        ("recency", False, None), ("monetary", False, None), ("basket", False, None),
        ("MntMeatProducts", False, "goods"), ("Spending on meat products", False, "goods"),
        ("Bank products", False, "products"), ("products", False, "products"), ("meat products", False, "goods"),
        ("I like to try new brands", False, None), ("I love cooking", False, None), ("Like us", False, "liking"),
        ("Trust in government", False, None), ("I hate waiting", False, None), ("I avoid sugar", False, None),
        ("I hate it", False, "dislike"), ("Attitude to risk", False, None), ("Brand attitude", False, "liking"),
    ],
)  # fmt: skip
def test_what_a_column_is_about(header: str, two: bool, topic: str | None):  # noqa: FBT001 (a parameter of the test)
    assert topic_of(header, header, two=two) == topic


@pytest.mark.parametrize(
    ("topic", "header", "categories", "category"),
    [
        ("churn", "Attrition_Flag", ("Existing Customer", "Attrited Customer"), "Attrited Customer"),
        ("churn", "Customer Status", ("Stayed", "Churned", "Joined"), "Churned"),
        ("churn", "Exited", ("0", "1"), "1"),
        ("churn", "Gender", ("yes", "no"), None),
        ("monthly_contract", "Contract", ("Month-to-month", "One year", "Two year"), "Month-to-month"),
        ("online", "Sales Channel", ("Agent", "Branch", "Call Center", "Web"), "Web"),
        ("phone", "Sales Channel", ("Agent", "Branch", "Call Center", "Web"), "Call Center"),
        ("online", "Channel", ("Web", "App"), None),
        ("tenure", "Tenure", ("yes", "no"), None),
    ],
)
def test_the_category_that_is_meant(topic: str, header: str, categories: tuple[str, ...], category: str | None):
    assert meant(topic, header, header, dict.fromkeys(categories, 1), stated=False) == category


def test_the_configuration_says_it_before_the_name():
    columns = {
        "Exited": {"role": "feature", "kind": "boolean", "use": "describe", "topic": "none"},
        "gone": {"role": "category", "topic": "churn"},
        "z": {"role": "feature", "topic": "satisfaction"},
    }
    frame = pd.DataFrame({"Exited": [0.0, 1] * 6, "gone": ["left", "here"] * 6, "z": [float(i) for i in range(12)]})
    table = features(frame, Site.model_validate({"data": {"path": "t.csv"}, "columns": columns}))
    assert table.find("churn") is None
    assert table.category("churn")[1] == "left"
    assert table.find("satisfaction").name == "z"


def test_every_topic_has_words_a_place_in_the_playbook_and_in_the_documentation(project: Path):
    known = set(get_args(Topic))
    assert set(topics()) == known
    actions = read_settings(GENERAL_PLAYBOOK, Playbook).actions
    spoken_of = {key for action in actions for key in (*action.when, *(each.key for each in action.requires))}
    assert known <= spoken_of
    told = (project / "docs" / "configuration.md").read_text(encoding="utf-8")
    assert all(f"`{topic}`" in told for topic in known)
