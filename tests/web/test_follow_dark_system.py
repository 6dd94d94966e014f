"""Without a script and without a choice, a page is as light or dark as the system."""

from tests.walls.house import SOURCE
from tutela.web import static_files
from tutela.web.dark_by_system import with_system

AUTO = '[data-bs-theme="auto"]'


def test_dark_rules_come_a_second_time_for_the_system() -> None:
    """By those of their selectors that ask for dark, under their own conditions, and on screens only."""
    sheet = (
        "@charset 'utf-8'; .a { b: c } .d, [data-bs-theme=dark] .e, [data-bs-theme='dark'] { f: g }"
        '@media print { [data-bs-theme="dark"] .h { i: url("j,k") } .l { m: n } }'
    )
    added = with_system(sheet).removeprefix(sheet)
    assert "".join(added.split()) == "".join(
        f"@media screen and (prefers-color-scheme: dark){{{AUTO} .e, {AUTO} {{ f: g }}"
        f'@media print{{{AUTO} .h {{ i: url("j,k") }}}}}}'.split()
    )


def test_what_holds_when_it_is_not_dark_is_not_copied() -> None:
    """Nor a comment, nor the steps of a movement."""
    sheet = (
        "/* [data-bs-theme=dark] { a: b } */ :root:not([data-bs-theme=dark], .c) .d { e: f }"
        "@keyframes g { from { h: i } }"
    )
    assert with_system(sheet) == sheet


def test_every_sheet_with_dark_rules_is_served_with_them() -> None:
    """Of every room, and Tabler's."""
    sheets = [str(p).rpartition("/static/")[2] for p in SOURCE.rglob("static/**/*.css")]
    assert len(sheets) > 4
    for name in ("tabler/css/tabler.min.css", *sheets):
        file = static_files.found(name)
        assert file, name
        text = file.whole.decode()
        dark = text.replace('"', "").count("[data-bs-theme=dark] ")
        assert (AUTO in text) == bool(dark), name
