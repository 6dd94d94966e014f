"""The guard of typed text: what it says, and what it lets through."""

import logging

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from tests.walls.house import SOURCE
from tutela.base.free_text import CustomerValueInText, check_free_text, noun_of
from tutela.base.free_text_fields import GuardedFile, GuardedText
from tutela.detect.free_text import SEARCHES


def test_a_refusal_says_field_kind_and_place_and_never_the_value():
    """In its sentence, its parameters and its text for logs."""
    with pytest.raises(CustomerValueInText) as caught:
        check_free_text(title="Call back", text="First line\nnumber 13800138000, please")
    fault = caught.value
    assert fault.params == {"field": "text", "kind": "mobile", "line": 2, "character": 8}
    for said in (fault.text(), str(fault), repr(fault)):
        assert "138" not in said
    with translation.override("en"):
        assert fault.text().startswith("Line 2, character 8: this looks like a mobile number.")


def test_it_speaks_chinese():
    """The kind's name, too."""
    with translation.override("zh-hans"), pytest.raises(CustomerValueInText) as caught:
        check_free_text(text="li.na@example.com")
    with translation.override("zh-hans"):
        assert caught.value.text().startswith("第 1 行第 1 个字符起疑似电子邮箱地址。")


@pytest.mark.parametrize("kind", SEARCHES)
def test_every_kind_has_a_name_in_both_languages(kind: str):
    """So that no refusal breaks, or speaks English to a Chinese reader."""
    with translation.override("en"):
        english = noun_of(kind)
    with translation.override("zh-hans"):
        assert noun_of(kind) != english
    assert english == SEARCHES[kind].noun


def test_the_companys_own_contacts_may_be_typed(monkeypatch: pytest.MonkeyPatch):
    """Its mail domains and its telephones, as the operator lists them; nobody else's."""
    monkeypatch.setattr(settings, "TUTELA_OWN_CONTACTS", ["@insurer.cn", "010-62345678"])
    check_free_text(text="write to dpo@Insurer.cn or call (010) 6234 5678")
    for other in ("dpo@not-insurer.cn.example.org", "010-62345679", "li.na@other.cn"):
        with pytest.raises(CustomerValueInText):
            check_free_text(text=f"dpo@insurer.cn {other}")


def test_a_field_tells_it_as_its_own_fault_and_logs_nothing(caplog: pytest.LogCaptureFixture):
    """What was typed is shown to whoever typed it, and is kept nowhere."""
    caplog.set_level(logging.DEBUG)
    refused = "base.customer_value_in_text"
    for field, typed in ((GuardedText(), "13800138000"), (GuardedFile(), _file("13800138000.csv"))):
        with pytest.raises(ValidationError) as caught:
            field.clean(typed)
        assert [fault.code for fault in caught.value.error_list] == [refused]
    assert "138" not in caplog.text


def test_a_file_s_name_is_told_to_be_its_name():
    """Line and character would be looked for in the file."""
    with translation.override("en"), pytest.raises(ValidationError) as caught:
        GuardedFile().clean(_file("13800138000.csv"))
    assert caught.value.messages == [
        "The file's name contains what looks like a mobile number. Rename the file."
    ]


def _file(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"x")


def test_the_texts_that_we_ship_pass_the_guard():
    """Policies, charters, seeds, regulations and translations: nobody adopts a text that is refused."""
    kinds, detect = ("*.md", "*.yaml", "*.html"), SOURCE / "detect"
    texts = [path for kind in kinds for path in SOURCE.rglob(kind) if detect not in path.parents]
    assert len(texts) > 50
    for path in texts:
        check_free_text(**{path.stem: path.read_text(encoding="utf-8")})
