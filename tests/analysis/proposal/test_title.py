"""Titles proposed from the names of files."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.proposal.title import title_of


@pytest.mark.parametrize(
    ("file", "title"),
    [
        ("WA_Fn-UseC_-Telco-Customer-Churn.csv", "Telco customer churn"),
        ("WA_Fn-UseC_-Marketing-Customer-Value-Analysis.csv", "Marketing customer value analysis"),
        ("marketing_campaign.csv", "Marketing campaign"),
        ("CC GENERAL.csv", "CC general"),
        ("german_credit_data.csv", "German credit"),
        ("Wholesale customers data.csv", "Wholesale customers"),
        ("E Commerce Dataset.xlsx", "E-commerce"),
        ("HR_comma_sep.csv", "HR: customer segments"),
        ("BankChurners.csv", "Bank churners"),
        ("customers_2024-01-31 (2).csv", "Customers"),
        ("customers_20240131_120000.csv", "Customers"),
        ("Kunden Umsatz 2023.csv", "Kunden Umsatz 2023"),
        ("data.csv", "Customer segments"),
        ("Sheet1.csv", "Customer segments"),
        (".csv", "Customer segments"),
        ("adult.csv", "Adult"),
        ("CDNOW_master.txt", "CDNOW"),
        ("CUSTOMERS 2.csv", "Customers 2"),
    ],
)
def test_a_title_is_words(file: str, title: str):
    assert title_of(Path(file)) == title


@given(st.text(st.characters(codec="utf-8", exclude_characters="/\0"), min_size=1, max_size=120))
def test_a_title_is_one_that_init_takes(name: str):
    title = title_of(Path(name))
    assert 0 < len(title) <= 80
    assert not set(title) & set("<>{}`")
