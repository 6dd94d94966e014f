"""A pack that contradicts itself is refused, whoever signed it, with a sentence that says where."""

import io
import struct
import subprocess
import sys
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from django.utils import translation

import tutela_verify
from tests.scorecard.forged_pack import ROWS, Forgery, paper
from tutela.programme.words import CONDITIONS
from tutela.scorecard.summary import figure_text


@pytest.fixture
def verify(tmp_path, capsys, monkeypatch):
    """Write a forgery (or take a path) and check it: the exit code and what was printed."""
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")

    def checked(pack):
        path = pack if isinstance(pack, Path) else pack.write(tmp_path / "pack.zip")
        code = tutela_verify.main(["pack", str(path)])
        return code, capsys.readouterr().out

    return checked


def test_an_honest_pack_by_hand_is_equal(verify):
    """So that each refusal below is of the one thing that it changes."""
    code, said = verify(Forgery())
    assert (code, "DIFFERENT" in said) == (0, False), said


@pytest.mark.parametrize("number", ["Infinity", "NaN", "1e999", "-Infinity"])
def test_what_is_no_number_equals_nothing(verify, number):
    """JSON readers take these for numbers; as a figure or as a row's value they are none."""
    forged = Forgery()
    forged.rows[0]["facts"] = {
        "unit": "hours", "begins": "2026-03-01", "ends": "2026-03-02", "value": number,
    }  # fmt: skip
    forged.rows[0]["outside"] = 1
    code, said = verify(forged)
    assert code == 1
    assert "tls-share: its rows cannot be read (ValueError)" in said


@pytest.mark.parametrize("number", [b"Infinity", b"NaN", b"1e999"])
def test_a_figure_that_is_no_number_is_refused(verify, tmp_path, number):
    """Whatever the rows give."""
    forged = Forgery()
    forged.files["manifest.json"] = b'{"format": "tutela-pack-1", "figures": [%s]}' % number
    code, said = verify(forged)
    assert code == 1
    assert "the pack is invalid (ValueError)" in said


def test_rows_outside_the_days_are_named(verify):
    """By the line that holds them."""
    forged = Forgery()
    forged.rows[1]["at"] = "2026-04-02T08:00:00+08:00"
    assert "row 3 is later than the days of the pack" in verify(forged)[1]
    forged = Forgery()
    forged.rows[0] |= {
        "outside": 1,
        "facts": {"unit": "percent", "begins": "2026-02-01", "ends": "2026-03-01", "value": "90"},
    }
    code, said = verify(forged)
    assert code == 1
    assert "row 2 covers days outside the pack" in said


def test_an_id_that_stands_twice_is_named(verify, monkeypatch):
    """Also where a file is read in shares."""
    forged = Forgery()
    forged.rows[2]["id"] = "r1"
    assert "the id of row 4 occurs twice" in verify(forged)[1]
    monkeypatch.setattr(tutela_verify, "IDS_AT_ONCE", 1)
    assert "the id of row 4 occurs twice" in verify(forged)[1]
    assert verify(Forgery())[0] == 0


@pytest.mark.parametrize(("part", "whole", "said"), [
    (-1, 10, "row 2 has a negative number"),
    (11, 10, "row 2 has a numerator larger than its denominator"),
])  # fmt: skip
def test_numbers_that_cannot_be_are_named(verify, part, whole, said):
    """A minus in one row can hide a failure in another."""
    forged = Forgery()
    forged.rows[0] |= {"numerator": part, "denominator": whole}
    assert f"tls-share: {said}" in verify(forged)[1]


def test_a_state_that_its_own_numbers_contradict_is_named(verify):
    """Better or worse than they are, and old proof called good."""
    for status in ("met", "at_risk", "no_data"):
        forged = Forgery()
        forged.figure["status"] = status
        code, said = verify(forged)
        assert code == 1
        assert "tls-share: stated as" in said
    forged = Forgery()
    forged.figure |= {"goal": 80, "goal_for_period": 80, "cadence": 7, "status": "met"}
    assert "stated as goal met, but is at risk" in verify(forged)[1]


def test_a_newest_row_that_is_none_of_the_rows_is_refused(verify):
    """The age of the proof decides the state."""
    forged = Forgery()
    forged.figure["newest"] = "2026-03-31T00:00:00+00:00"
    assert "DIFFERENT  figure     tls-share" in verify(forged)[1]


def test_a_summary_that_differs_is_named(verify):
    """The page that people read, and the Word file beside it."""
    better = [["1"] * 6, ["TLS share", "≥ 95 %", "99 %", "goal met", "3", "0"]]
    forged = Forgery()
    forged.table = lambda _language: better
    code, said = verify(forged)
    assert code == 1
    assert "summary.html: tls-share (zh-hans), tls-share (en)" in said
    forged = Forgery()
    forged.files["summary.docx"] = paper([better, better])
    assert "summary.docx: its tables differ from those of the page" in verify(forged)[1]


@pytest.mark.parametrize("trick", [
    b'<p style="color:#fff">x</p>', b"<script>1</script>", b"<style>td{display:none}</style>",
])  # fmt: skip
def test_a_page_that_could_repaint_its_text_is_refused(verify, trick):
    """Only the tags and attributes that the product writes."""
    forged = Forgery()
    page = forged.page
    forged.page = lambda *facts: page(*facts).replace(b"</body>", trick + b"</body>")
    code, said = verify(forged)
    assert code == 1
    assert "DIFFERENT  summary    summary.html" in said


def _entries(path):
    with zipfile.ZipFile(path) as opened:
        return opened.start_dir


@pytest.mark.parametrize("place", ["before", "between", "behind", "comment"])
def test_bytes_that_belong_to_no_entry_are_refused(verify, tmp_path, place):
    """Some readers of zip would see an entry there that others do not."""
    path = Forgery().write(tmp_path / "hidden.zip")
    whole, start = path.read_bytes(), _entries(path)
    hidden = io.BytesIO()
    with zipfile.ZipFile(hidden, "w") as opened:
        opened.writestr("evidence/other.csv", "x")
    more = hidden.getvalue()[:50]
    if place == "before":
        whole = more + whole
    elif place == "behind":
        whole += more
    elif place == "comment":
        whole = whole[:-2] + struct.pack("<H", len(more)) + more
    else:
        end = whole[:-6] + struct.pack("<L", start + len(more)) + whole[-2:]
        whole = end[:start] + more + end[start:]
    path.write_bytes(whole)
    code, said = verify(path)
    assert code == 1
    assert "belong to no entry" in said or "not a complete zip" in said


def test_names_that_only_look_different_are_refused(verify):
    """One office's computer keeps one of the two."""
    forged = Forgery()
    forged.files["Summary.html"] = b"praise"
    assert "the pack contains a name twice" in verify(forged)[1]


def test_rows_of_no_figure_are_named(verify):
    """A file of rows that nothing is worked out from."""
    forged = Forgery()
    forged.files["evidence/other.csv"] = b"id\n"
    assert "evidence/other.csv belongs to no figure" in verify(forged)[1]


def test_an_empty_key_is_wrong_use(tmp_path, capsys):
    """A script whose variable is empty must not pass for one that checks the key."""
    path = Forgery().write(tmp_path / "pack.zip")
    with pytest.raises(SystemExit) as ended:
        tutela_verify.main(["pack", str(path), "--key", ""])
    assert ended.value.code == 2


def test_control_characters_are_printed_escaped(verify):
    """A pack cannot clear the terminal or turn the text around."""
    forged = Forgery()
    forged.figure["target"] = "\x1b[2Jtls\u202eshare"
    said = verify(forged)[1]
    assert "\\x1b[2Jtls\\u202eshare" in said
    assert "\x1b" not in said


def test_a_line_without_an_end_takes_no_memory(verify, tmp_path):
    """64 MB in one line are refused where the limit is passed."""
    forged = Forgery()
    forged.raw_rows = b"id,at,numerator,denominator,outside,facts\n" + b"x" * (64 << 20)
    path = forged.write(tmp_path / "line.zip")
    del forged
    tracemalloc.start()
    code, said = verify(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert code == 1
    assert "line 2 of the rows is too long or incomplete" in said
    assert peak < 8 << 20


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "utf-8"])
def test_every_failure_is_a_sentence_on_any_terminal(tmp_path, encoding):
    """Chinese on a terminal that has no Chinese letters."""
    path = Forgery().write(tmp_path / "pack.zip")
    for given in (str(path), str(tmp_path / "nowhere"), str(tmp_path)):
        done = subprocess.run(
            [sys.executable, "-I", tutela_verify.__file__, "pack", given],
            env={"LC_ALL": "zh_CN.UTF-8", "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"},
            capture_output=True, check=False,
        )  # fmt: skip
        assert done.returncode in (0, 1)
        assert done.stderr == b""


def test_the_summary_is_read_with_the_product_s_words():
    """Numbers, units and states as the product writes them, in both languages."""
    for language in ("zh-hans", "en"):
        with translation.override(language):
            for unit in ("percent", "days", "hours", "count"):
                for value in (0, 1, 2, 99.999, 1234.5):
                    written = tutela_verify._written(value, unit, language)
                    assert written == figure_text(value, unit)
            for state, word in CONDITIONS.items():
                assert tutela_verify.STATES[language][state] == str(word)


def test_rows_make_the_same_figure_in_any_order(verify):
    """The order of lines says nothing."""
    forged = Forgery()
    forged.rows = [dict(row) for row in reversed(ROWS)]
    assert verify(forged)[0] == 0
