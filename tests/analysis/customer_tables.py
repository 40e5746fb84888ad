"""Small tables of customers like public ones: telecoms, a bank, a brand survey, campaigns, donors; synthetic people."""

from __future__ import annotations

import numpy as np
import pandas as pd


def telecoms(n: int = 600, seed: int = 1) -> pd.DataFrame:
    """Contracts of a telephone company: newcomers on monthly contracts leave, long-standing ones stay."""
    draw = np.random.default_rng(seed)
    group = draw.choice(3, n, p=[0.4, 0.3, 0.3])
    tenure = np.clip(np.array([8, 55, 40])[group] + draw.normal(0, 6, n), 0, 72).round()
    charge = (np.array([72, 95, 22])[group] + draw.normal(0, 7, n)).clip(18, 120).round(2)
    monthly = draw.random(n) < np.array([0.95, 0.3, 0.2])[group]
    churn = draw.random(n) < np.array([0.49, 0.14, 0.05])[group]
    return pd.DataFrame(
        {
            "customerID": [f"{i:04d}-T" for i in range(n)],
            "gender": draw.choice(["Female", "Male"], n),
            "SeniorCitizen": draw.integers(0, 2, n),
            "tenure": tenure,
            "TechSupport": np.where(draw.random(n) < np.array([0.15, 0.6, 0.4])[group], "Yes", "No"),
            "Contract": np.where(monthly, "Month-to-month", np.where(draw.random(n) < 0.5, "One year", "Two year")),
            "MonthlyCharges": charge,
            "TotalCharges": (charge * np.maximum(tenure, 1)).round(2),
            "Churn": np.where(churn, "Yes", "No"),
        }
    )


def bank(n: int = 600, seed: int = 2) -> pd.DataFrame:
    """Customers of a bank with the products they own; older ones leave, and those with a balance and one product."""
    draw = np.random.default_rng(seed)
    group = draw.choice(3, n, p=[0.4, 0.35, 0.25])
    return pd.DataFrame(
        {
            "CustomerId": 15_600_000 + np.arange(n),
            "CreditScore": draw.normal(650, 90, n).round().clip(350, 850),
            "Geography": draw.choice(["France", "Germany", "Spain"], n),
            "Age": (np.array([33, 36, 54])[group] + draw.normal(0, 4, n)).round(),
            "Tenure": draw.integers(0, 11, n),
            "Balance": (np.array([0, 118_000, 90_000])[group] + draw.normal(0, 9000, n)).clip(0).round(2),
            "NumOfProducts": np.where(draw.random(n) < np.array([0.8, 0.2, 0.15])[group], 2, 1)
            + (draw.random(n) < 0.05),
            "HasCrCard": draw.integers(0, 2, n),
            "IsActiveMember": (draw.random(n) < np.array([0.6, 0.55, 0.4])[group]).astype(int),
            "EstimatedSalary": draw.uniform(20_000, 190_000, n).round(2),
            "Exited": (draw.random(n) < np.array([0.08, 0.2, 0.46])[group]).astype(int),
        }
    )


def brand(n: int = 700, seed: int = 3) -> pd.DataFrame:
    """A survey on a chain of restaurants: eleven answers of yes and no, and how much they like it, −5 to +5."""
    draw = np.random.default_rng(seed)
    group = draw.choice(4, n, p=[0.3, 0.25, 0.25, 0.2])
    yes = {
        "yummy": [0.9, 0.8, 0.15, 0.1],
        "convenient": [0.97, 0.95, 0.9, 0.6],
        "spicy": [0.1, 0.1, 0.08, 0.1],
        "fattening": [0.6, 0.95, 0.92, 0.97],
        "greasy": [0.2, 0.6, 0.5, 0.85],
        "fast": [0.95, 0.9, 0.9, 0.8],
        "cheap": [0.95, 0.1, 0.9, 0.1],
        "tasty": [0.97, 0.93, 0.25, 0.1],
        "expensive": [0.05, 0.9, 0.05, 0.9],
        "healthy": [0.45, 0.15, 0.1, 0.05],
        "disgusting": [0.03, 0.08, 0.2, 0.7],
    }
    answers = {name: np.where(draw.random(n) < np.array(shares)[group], "Yes", "No") for name, shares in yes.items()}
    like = np.clip(np.round(np.array([4, 2, 0, -5])[group] + draw.normal(0, 1.2, n)), -5, 5).astype(int)
    ends = {5: "I love it!+5", -5: "I hate it!-5"}
    often = ["Never", "Once a year", "Every three months", "Once a month", "Once a week", "More than once a week"]
    visits = np.clip(np.round(np.array([3.2, 2.9, 1.9, 0.7])[group] + draw.normal(0, 0.8, n)), 0, 5).astype(int)
    return pd.DataFrame(
        {
            **answers,
            "Like": [ends.get(each, f"{each:+d}" if each else "0") for each in like.tolist()],
            "Age": (np.array([40, 38, 48, 50])[group] + draw.normal(0, 10, n)).round().clip(18, 75),
            "VisitFrequency": [often[each] for each in visits],
            "Gender": draw.choice(["Female", "Male"], n),
        }
    )


def likert(n: int = 500, seed: int = 4) -> pd.DataFrame:
    """Answers from 1 to 5 about a brand: those who love it, those who find it dear, those who dislike it."""
    draw = np.random.default_rng(seed)
    group = draw.choice(3, n, p=[0.4, 0.35, 0.25])
    centres = {
        "I like this brand": [4.6, 3.6, 1.6],
        "The quality is high": [4.5, 4.2, 2.0],
        "It is too expensive for me": [1.8, 4.5, 3.6],
        "I would recommend it to friends": [4.5, 3.0, 1.5],
        "I will buy it again": [4.6, 2.9, 1.5],
        "Satisfaction with service": [4.3, 3.4, 2.0],
    }
    rounded = {
        name: np.clip(np.round(np.array(each)[group] + draw.normal(0, 0.6, n)), 1, 5).astype(int)
        for name, each in centres.items()
    }
    return pd.DataFrame({"respondent_id": np.arange(n) + 1, **rounded, "age": draw.integers(18, 75, n)})


def campaigns(n: int = 600, seed: int = 5) -> pd.DataFrame:
    """Customers of a food shop: what they spend on, where they buy, and whether they answered a campaign."""
    draw = np.random.default_rng(seed)
    group = draw.choice(3, n, p=[0.3, 0.35, 0.35])

    def amount(*means: float) -> np.ndarray:
        return (np.array(means)[group] * draw.gamma(6, 1 / 6, n)).round()

    def count(*means: float) -> np.ndarray:
        return draw.poisson(np.array(means)[group])

    return pd.DataFrame(
        {
            "ID": 1000 + np.arange(n) * 3,
            "Year_Birth": 2014 - (np.array([48, 50, 38])[group] + draw.normal(0, 7, n)).round().astype(int),
            "Income": amount(76_000, 55_000, 33_000),
            "Kidhome": count(0.05, 0.4, 0.9).clip(0, 2),
            "Recency": draw.integers(0, 100, n),
            "MntWines": amount(600, 350, 40),
            "MntMeatProducts": amount(430, 120, 20),
            "NumDealsPurchases": count(1.0, 4.0, 2.0),
            "NumWebPurchases": count(5.0, 7.5, 2.0),
            "NumCatalogPurchases": count(6.0, 2.5, 0.4),
            "NumStorePurchases": count(8.5, 7.0, 3.0),
            "NumWebVisitsMonth": count(2.5, 6.0, 7.0),
            "Complain": (draw.random(n) < 0.02).astype(int),
            "Response": (draw.random(n) < np.array([0.3, 0.12, 0.08])[group]).astype(int),
        }
    )


def donors(n: int = 500, seed: int = 6) -> pd.DataFrame:
    """Donors of a charity: regular ones, occasional ones, and those who gave once and long ago."""
    draw = np.random.default_rng(seed)
    group = draw.choice(3, n, p=[0.25, 0.35, 0.4])
    gifts = np.where(group == 2, 1, 1 + draw.poisson(np.array([14, 4, 0])[group]))
    each = np.array([30, 55, 22])[group] * draw.gamma(8, 1 / 8, n)
    return pd.DataFrame(
        {
            "donor_id": [f"D{i:04d}" for i in range(n)],
            "age": (np.array([61, 52, 44])[group] + draw.normal(0, 8, n)).round(),
            "number_of_gifts": gifts,
            "total_gift_amount": (gifts * each).round(2),
            "months_since_last_gift": np.round(np.array([2, 9, 31])[group] + draw.gamma(2, 1.2, n)),
            "regular_giver": np.where(draw.random(n) < np.array([0.85, 0.1, 0.0])[group], "yes", "no"),
        }
    )


def wholesale(n: int = 440, seed: int = 9) -> pd.DataFrame:
    """What restaurants and shops buy of a wholesaler in a year, by kind of goods."""
    draw = np.random.default_rng(seed)
    group = draw.choice(2, n, p=[0.67, 0.33])

    def amount(*medians: float) -> np.ndarray:
        return np.exp(draw.normal(np.log(np.array(medians)[group]), 0.6)).round()

    return pd.DataFrame(
        {
            "Channel": group + 1,
            "Region": draw.integers(1, 4, n),
            "Fresh": amount(14_000, 5000),
            "Milk": amount(2300, 8600),
            "Grocery": amount(2700, 13_000),
            "Frozen": amount(2500, 1000),
            "Detergents_Paper": amount(350, 5500),
            "Delicassen": amount(850, 1200),
        }
    )


def cards(n: int = 600, seed: int = 10) -> pd.DataFrame:
    """Credit cards: used little, used much and paid in full, or for cash."""
    draw = np.random.default_rng(seed)
    group = draw.choice(3, n, p=[0.45, 0.3, 0.25])

    def amount(*medians: float) -> np.ndarray:
        return (np.array(medians)[group] * draw.lognormal(0, 0.5, n)).round(2)

    def share(*means: float) -> np.ndarray:
        return np.clip(np.array(means)[group] + draw.normal(0, 0.07, n), 0, 1).round(3)

    return pd.DataFrame(
        {
            "CUST_ID": [f"C{10_000 + i}" for i in range(n)],
            "BALANCE": amount(800, 300, 4500),
            "PURCHASES": amount(300, 2900, 250),
            "CASH_ADVANCE": amount(200, 100, 4400),
            "PURCHASES_FREQUENCY": share(0.3, 0.92, 0.25),
            "CREDIT_LIMIT": amount(3300, 5800, 7500).round(-2),
            "PAYMENTS": amount(900, 2500, 3500),
            "PRC_FULL_PAYMENT": share(0.1, 0.4, 0.03),
            "TENURE": np.where(draw.random(n) < 0.85, 12, draw.integers(6, 12, n)),
        }
    )
