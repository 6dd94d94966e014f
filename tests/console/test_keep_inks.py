"""Every part of a page can be read, light and dark: a real browser draws them and the contrast is counted.

The parts are drawn with the style sheets that people get, and stand where pages put them: on a card,
in a heading, in a bar. Whoever uses another of Tabler's tinted parts adds it here.
"""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.walls.house import REPOSITORY, SOURCE

SHEETS = (
    REPOSITORY / "node_modules/@tabler/core/dist/css/tabler.min.css",
    SOURCE / "web/static/web/web.css",
)
COUNT = (Path(__file__).parent / "contrast.js").read_text(encoding="utf-8")
LEAST, SMALLEST = 4.5, 11.0

TINTS = (
    "primary", "secondary", "success", "warning", "danger", "green", "red", "orange", "yellow",
    "teal", "azure",
)  # fmt: skip
PARTS = (
    *(f"badge bg-{tint}-lt" for tint in TINTS),
    *(f"alert alert-{kind}" for kind in ("info", "success", "warning", "danger")),
    *(f"btn{kind}" for kind in ("", " btn-primary", " btn-success", " btn-danger", " btn-link")),
    "btn btn-outline-danger", "chip", "chip-count", "nav-link", "text-secondary", "form-hint",
    "state-good", "state-warn", "state-bad", "state-none", "level level-0", "level level-1",
    "level level-2", "not-shown", "who-posts", "notice-facts", "page-lead", "avatar", "is-clear",
    "clear-notice", "countdown", "badge bg-red text-red-fg bell-count",
)  # fmt: skip
IN_HEADINGS = ("badge bg-success-lt", "badge bg-secondary-lt")


def _page(theme: str) -> str:
    styles = "".join(f"<style>{sheet.read_text(encoding='utf-8')}</style>" for sheet in SHEETS)
    parts = "".join(f'<p><span class="{one}" data-part="{one}">字 Aa</span></p>' for one in PARTS)
    titles = "".join(
        f'<h1 class="page-title">标题 <span class="fs-5"><span class="{one}" data-part="h1 {one}">'
        "字</span></span></h1>"
        for one in IN_HEADINGS
    )
    chosen = '<a class="chip" aria-current="page" data-part="chip, chosen">字</a>'
    entry = '<a class="nav-link" data-part="menu {}">字</a>'
    menu = (
        f'<aside class="navbar navbar-vertical side"><li class="nav-item">{entry.format("entry")}</li>'
        f'<li class="nav-item active">{entry.format("entry, here")}</li>'
        '<li class="nav-head" data-part="menu heading">字</li></aside>'
    )
    alerts = "".join(
        f'<div class="alert alert-{kind}"><div class="alert-title" data-part="title of alert-{kind}">'
        "字</div></div>"
        for kind in ("info", "success", "warning", "danger")
    )
    card = f'<section class="card"><div class="card-body">{parts}{chosen}{alerts}</div></section>'
    body = f'<div class="page">{menu}<div class="page-wrapper">{titles}{card}</div></div>'
    return f'<!doctype html><html data-bs-theme="{theme}"><head>{styles}</head><body>{body}</body>'


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_part_can_be_read(chromium: Browser, theme: str) -> None:
    """At least 4.5 to 1 between letters and ground, and no letter below 11 pixels."""
    page = chromium.new_page(reduced_motion="reduce")
    page.set_content(_page(theme))
    counted = page.evaluate(COUNT)
    page.close()
    assert len(counted) == len(PARTS) + len(IN_HEADINGS) + 8
    faint = {name: round(ratio, 2) for name, ratio, _size in counted if ratio < LEAST}
    small = {name: size for name, _ratio, size in counted if size < SMALLEST}
    assert (faint, small) == ({}, {})


def test_the_count_finds_a_faint_part(chromium: Browser) -> None:
    """Grey on grey is told, so the test above cannot pass for want of looking."""
    page = chromium.new_page()
    page.set_content('<p style="color:#999;background:#ccc;font-size:9px" data-part="faint">字</p>')
    ((name, ratio, size),) = page.evaluate(COUNT)
    page.close()
    assert (name, size) == ("faint", 9)
    assert 1.7 < ratio < 1.8
