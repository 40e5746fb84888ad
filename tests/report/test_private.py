"""Files about single customers never land where they would be published, nor on what is needed."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.errors import ConfigurationError
from report.build.publish import MARK
from report.command.lists import assigned, harmless, list_csv
from report.command.private import private_place, write_asked
from report.command.progress import progress
from report.system.effects import Disk


@pytest.mark.parametrize("out", ["_site/list.csv", "_site/data/list.csv", "public/list.csv", "public/deep/list.csv"])
def test_a_site_takes_no_customers(tmp_path, monkeypatch, out):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "public").mkdir()
    (tmp_path / "public" / MARK).write_text("")
    with pytest.raises(ConfigurationError, match="is a site, which gets published"):
        private_place(tmp_path / out)


def test_nor_through_a_link(tmp_path):
    (tmp_path / "_site").mkdir()
    (tmp_path / "lists").symlink_to(tmp_path / "_site")
    with pytest.raises(ConfigurationError, match="is a site"):
        private_place(tmp_path / "lists" / "list.csv")


def test_what_is_needed_stays_and_a_folder_is_no_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    kept = tmp_path / "customers.csv"
    kept.write_text("id\n1\n")
    (tmp_path / "same.csv").symlink_to(kept)
    for out in (kept, tmp_path / "same.csv", tmp_path / "x" / ".." / "customers.csv"):
        with pytest.raises(ConfigurationError, match="still needed and would be overwritten"):
            private_place(out, [kept])
    with pytest.raises(ConfigurationError, match="this is a folder"):
        private_place(tmp_path)
    assert private_place(tmp_path / "new" / "list.csv", [kept]) == tmp_path / "new" / "list.csv"


def test_where_nothing_can_be_written_it_is_said_in_one_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigurationError, match="cannot be written") as told:
        write_asked(tmp_path / "file" / "list.csv", "x", Disk(progress(quiet=True)))
    assert told.value.exit_code == 2


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("+44 20 7946 0018", "+44 20 7946 0018"),
        ("+49 (0)30/123-45", "+49 (0)30/123-45"),
        ("-12.50", "-12.50"),
        ("=1+1", "'=1+1"),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("-2+3", "'-2+3"),
        ("@handle", "'@handle"),
        ("+A1", "'+A1"),
        ("\t1", "'\t1"),
        ("jane@b.org", "jane@b.org"),
    ],
)
def test_telephone_numbers_stay_and_formulas_are_disarmed(text, written):
    assert harmless(text) == written


def test_a_tool_that_is_no_spreadsheet_may_have_it_raw():
    rows = pd.DataFrame({"=Name": ["=1+1", None], "Phone": ["+44 20", "@x"]})
    assert list_csv(rows, raw=True) == "=Name,Phone\r\n=1+1,+44 20\r\n,@x\r\n"
    assert list_csv(rows, raw=False) == "'=Name,Phone\r\n'=1+1,+44 20\r\n,'@x\r\n"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "there is no such file; build the site first"),
        ("", "does not have the form that a build writes"),
        ("id,segment\r\n1,1\r\n", "does not have the form that a build writes"),
        ("id,segment,slug\r\n1,1\r\n", "does not have the form that a build writes"),
        ("id,segment,slug\r\n\xff\xfe", "does not have the form that a build writes"),
    ],
)
def test_assignments_are_read_as_written_or_refused(tmp_path, content, words):
    file = tmp_path / "assignments.csv"
    if content is not None:
        file.write_bytes(content.encode("latin-1"))
    with pytest.raises(Exception, match=words):
        assigned(file)


def test_assignments_without_a_customer_are_none(tmp_path):
    file = tmp_path / "assignments.csv"
    file.write_text("id,segment,slug\n", encoding="utf-8")
    assert assigned(file).slugs == ()
