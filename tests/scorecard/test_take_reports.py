"""Reports in files: all of a file or none of it, from the watched folder too."""

from datetime import date

import pytest

from tutela.access import seed
from tutela.base.readings import Ask
from tutela.scorecard import files, outside, tasks
from tutela.scorecard.errors import FileWrong, PeriodTwice, TargetUnknown

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


def test_a_file_in_another_encoding_is_refused(people, tmp_path):
    """One sentence, no trace back."""
    file = tmp_path / "reports.csv"
    file.write_bytes("培训".encode("gb18030"))
    with pytest.raises(FileWrong):
        files.add_all(people["machine"].actor, file)


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
