"""Reports in files: all of a file or none of it, from the watched folder too."""

from datetime import date

import pytest

from tutela.access import seed
from tutela.base.readings import Ask
from tutela.scorecard import files, outside, tasks
from tutela.scorecard.errors import FileWrong, PeriodTwice, TargetUnknown
from tutela.vault.importing.errors import ColumnMissing, EncodingUnknown, RowUnreadable

HEAD = "target,from,to,unit,value,numerator,denominator,source,signer\n"
GOOD = "trainings,2026-03-01,2026-03-02,count,1,,,LMS,Wang\n"


def recorded(target):
    ask = Ask(target=target, begins=date(2026, 1, 1), ends=date(2026, 12, 31))
    return outside.read([ask])[0].evidence


def test_a_file_is_taken_whole_or_not_at_all(people, tmp_path):
    """A wrong last line leaves nothing of the first."""
    file = tmp_path / "reports.csv"
    file.write_text(HEAD + GOOD + "nothing,2026-03-01,2026-03-02,count,1,,,LMS,Wang\n", "utf-8")
    with pytest.raises(TargetUnknown):
        files.add_all(people["machine"].actor, file)
    assert recorded("trainings") == 0


@pytest.mark.parametrize(
    "line",
    [
        "trainings,2026-02-30,2026-03-02,count,1,,,LMS,Wang",
        "trainings,,2026-03-02,count,1,,,LMS,Wang",
        "trainings,2026-03-01,9999-12-31,count,1,,,LMS,Wang",
        "trainings,2026-03-01,2026-03-02,count,one,,,LMS,Wang",
        "trainings,2026-03-01,2026-03-02,percent,,1.5,2,LMS,Wang",
    ],
)
def test_a_line_that_cannot_be_read_is_named(people, tmp_path, line):
    """With its number, not its content."""
    file = tmp_path / "reports.csv"
    file.write_text(HEAD + line + "\n", "utf-8")
    with pytest.raises(FileWrong) as refused:
        files.add_all(people["machine"].actor, file)
    assert refused.value.params["line"] == 2


def test_a_file_of_a_spreadsheet_program_is_taken(people, tmp_path):
    """As it comes: GBK, semicolons, a title above the header; of another encoding it says so."""
    text = f"培训记录\n{HEAD}{GOOD.replace('Wang', '王试').replace('2026', '2025')}".replace(
        ",", ";"
    )
    file = tmp_path / "reports.csv"
    file.write_bytes(text.encode("gbk"))
    assert len(files.add_all(people["machine"].actor, file)) == 1
    file.write_bytes(
        text.replace("培训记录", "教育訓練紀錄").replace("王试", "陳志明").encode("big5")
    )
    with pytest.raises(EncodingUnknown, match="looks=big5"):
        files.add_all(people["machine"].actor, file)


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        (HEAD + GOOD + '"trainings,2026-04-01\n', RowUnreadable),
        (HEAD + GOOD + "trainings,2026-04-01\n", RowUnreadable),
        (HEAD.replace("to", "until") + GOOD, ColumnMissing),
    ],
)
def test_a_row_that_cannot_be_split_stops_the_file(people, tmp_path, text, refused):
    """Nothing of it is recorded."""
    file = tmp_path / "reports.csv"
    file.write_text(text, "utf-8")
    with pytest.raises(refused) as told:
        files.add_all(people["machine"].actor, file)
    assert "2026" not in told.value.text()
    assert recorded("trainings") == 0


def test_the_watched_folder_is_emptied(people, tmp_path):
    """Good files go to done, others to refused; a file twice counts once."""
    seed.seed()
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.csv").write_text(HEAD + GOOD, "utf-8")
    (folder / "b.csv").write_text(HEAD + GOOD, "utf-8")
    (folder / "c.csv").write_bytes(b"\xff\xfe\x00")
    assert tasks.take_reports(folder) == 1
    assert recorded("trainings") == 1
    assert [file.name for file in sorted((folder / "done").iterdir())] == ["a.csv"]
    assert [file.name for file in sorted((folder / "refused").iterdir())] == ["b.csv", "c.csv"]
    with pytest.raises(PeriodTwice):
        files.add_all(people["machine"].actor, folder / "done" / "a.csv")
