import pytest

from report.charts import bundle
from report.charts.bundle import GLOBAL, vega_bundle


@pytest.fixture
def counted(monkeypatch):
    calls = []

    def make() -> str:
        calls.append(1)
        return "(()=>{ bundle })();\n"

    monkeypatch.setattr(bundle, "_made", make)
    return calls


def test_it_is_made_once_and_then_read(tmp_path, counted):
    assert vega_bundle(tmp_path) == vega_bundle(tmp_path)
    assert len(counted) == 1
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("damage", [b"", b"\xff\xfe", b"// 0000\nalert(1)", None])
def test_a_damaged_copy_is_made_anew(tmp_path, counted, damage):
    vega_bundle(tmp_path)
    kept = next(tmp_path.iterdir())
    kept.write_bytes(damage if damage is not None else kept.read_bytes()[:-3])
    assert vega_bundle(tmp_path) == "(()=>{ bundle })();\n"
    assert len(counted) == 2


def test_a_folder_that_cannot_be_written_does_no_harm(tmp_path, counted):
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    assert vega_bundle(blocked) == "(()=>{ bundle })();\n"
    assert vega_bundle(blocked) == "(()=>{ bundle })();\n"
    assert len(counted) == 2


def test_the_real_one_is_wrapped_and_adds_a_single_name(tmp_path):
    code = vega_bundle(tmp_path)
    assert code.startswith("(()=>{")
    assert code.endswith("})();\n")
    assert code.count(f"window.{GLOBAL}") == 1
    assert "window.vegaEmbed" not in code


def test_making_it_says_nothing(capfd):
    assert GLOBAL in bundle._made()
    assert capfd.readouterr() == ("", "")
