"""The wall on screens from 1024 to 1920 pixels: a real browser draws it, and no tile's text leaves its tile."""

from dataclasses import replace

import pytest
from playwright.sync_api import Browser

from tests.console.stage import browser, text
from tests.console.test_print_pages import drawn
from tests.journeys.conftest import chromium
from tutela.base import clock
from tutela.scorecard import views
from tutela.scorecard.board import board
from tutela.scorecard.rules import Status

__all__ = ["chromium"]
SIZES = [
    (1024, 768), (1100, 720), (1280, 720), (1300, 720), (1300, 800), (1300, 900), (1366, 768), (1440, 900),
    (1600, 1200), (1920, 900), (1920, 1080),
]  # fmt: skip
LANGUAGES = ["en", "zh-hans"]
FIGURES = (99.99, 365.0, 1234.0, None)
SMALLEST = 11
OUT = """() => {
    const out = [];
    const wide = document.documentElement;
    if (wide.scrollWidth > innerWidth || wide.scrollHeight > innerHeight) out.push("the page");
    for (const tile of document.querySelectorAll(".wall-tile")) {
        const box = tile.getBoundingClientRect();
        const name = tile.querySelector(".wall-name").textContent;
        let above = box.top;
        for (const part of tile.children) {
            const letters = document.createRange();
            letters.selectNodeContents(part);
            const own = part.getBoundingClientRect();
            const it = letters.getBoundingClientRect();
            const what = name + ": " + part.className;
            if (it.right > box.right || own.bottom > box.bottom + 1 || own.top < above - 1) out.push(what);
            if (part.scrollWidth > part.clientWidth + 1) out.push(what + " wide");
            const style = getComputedStyle(part);
            const line = parseFloat(style.fontSize);
            const cut = style.overflowY === "hidden" && part.scrollHeight > part.clientHeight + line / 4;
            if (cut) out.push(what + " is cut");
            if (line < SMALLEST) out.push(what + " small");
            above = own.bottom + Math.min(0, parseFloat(style.marginBottom));
        }
    }
    return out;
}""".replace("SMALLEST", str(SMALLEST))


@pytest.fixture(scope="module")
def walls(people):
    """The wall as the server says it by language and number of lines, before a browser begins: every
    state, figures as long as they come."""
    lines = [
        replace(
            one, status=list(Status)[n % 4],
            reading=replace(one.reading, value=FIGURES[n % 4], unit=one.goal.unit),
        )
        for n, one in enumerate(board(clock.now()))
    ]  # fmt: skip
    told = {}
    client = browser(people["auditor"].staff)
    with pytest.MonkeyPatch.context() as patch:
        for more in (0, 2, 6):
            shown = lines + [replace(one, status=Status.NOT_MET) for one in lines[3 : 3 + more]]
            patch.setattr(views, "board", lambda _at, shown=shown: shown)
            for language in LANGUAGES:
                client.cookies["django_language"] = language
                told[language, more] = text(client.get("/scorecard/wall/"))
    return told


@pytest.mark.browser
@pytest.mark.parametrize("more", [0, 2, 6])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_tile_holds_its_text(walls, chromium: Browser, language, more):
    """Nothing is cut, nothing lies on another part, nothing needs scrolling, and it can be read."""
    page = drawn(chromium, walls[language, more])
    out = {}
    for wide, high in SIZES:
        page.set_viewport_size({"width": wide, "height": high})
        out[wide, high] = page.evaluate(OUT)
    page.close()
    assert {size: parts for size, parts in out.items() if parts} == {}
