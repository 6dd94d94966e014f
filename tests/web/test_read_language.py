"""One answer to the question which of the two languages somebody reads."""

import pytest
from django.test import RequestFactory
from django.utils import translation

from tutela.base.language import is_chinese, name_of, reads_chinese
from tutela.web.templatetags.web import spoken


@pytest.mark.parametrize(
    "code", ["zh", "zh-hans", "zh-CN", "zh-TW", "zh-HK", "zh-hant", "zh_TW.UTF-8"]
)
def test_chinese_of_any_script_reads_chinese(code):
    assert is_chinese(code)


@pytest.mark.parametrize("code", ["en", "en-GB", "de", "", None])
def test_everything_else_does_not(code):
    assert not is_chinese(code)


def test_where_nobody_reads_the_language_of_the_installation_holds():
    with translation.override(None):
        assert reads_chinese()


def test_a_browser_in_taipei_and_one_in_hong_kong_get_simplified_chinese():
    for asked in ("zh-TW,zh;q=0.9,en;q=0.5", "zh-HK", "zh-Hant"):
        assert (
            translation.get_language_from_request(
                RequestFactory().get("/", headers={"accept-language": asked})
            )
            == "zh-hans"
        )


def test_a_thing_goes_by_its_name_in_the_active_language():
    from tutela.access.posts import POSTS

    post = POSTS["auditor"]
    with translation.override("zh-hans"):
        assert name_of(post) == post.name_zh
    with translation.override("en"):
        assert name_of(post) == post.name_en


def test_typed_chinese_is_marked_on_an_english_page():
    """Its run with its own punctuation, escaped; a Chinese page is Chinese already."""
    typed = "Look-ups <b> 客服批量查询，被倒卖 · sold"
    with translation.override("en"):
        marked = spoken(typed)
    assert marked == 'Look-ups &lt;b&gt; <span lang="zh-CN">客服批量查询，被倒卖</span> · sold'
    with translation.override("zh-hans"):
        assert "<span" not in spoken(typed)
