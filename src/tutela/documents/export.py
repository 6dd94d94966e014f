"""A version as a Word file: title, approvals, and the text in one language."""

from io import BytesIO

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from docx.document import Document as Word

from tutela.base.language import reads_chinese
from tutela.base.marked_text import Block, blocks
from tutela.base.paper import add_notice, add_table, fit, new_paper

from .models import Approval, Version

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_CHINESE, _CHINESE_HEADS = "宋体", "黑体"


def export_docx(version: Version, language: str) -> bytes:
    """The version in `language` ("zh" or "en") as the bytes of a DOCX file."""
    document = version.document
    parts = blocks(fit(version.text_zh if language == "zh" else version.text_en))
    title = fit(document.name_zh if language == "zh" else document.name_en)
    if parts and parts[0].level == 1:
        title = parts.pop(0).text
    with override("zh-hans" if language == "zh" else "en"):
        state = standing(version)
        mark = _("%(code)s, version %(number)s") % {
            "code": document.code,
            "number": version.number,
        }
        file = new_paper(
            title=title,
            company=settings.TUTELA_COMPANY,
            mark=" · ".join(text for text in (mark, state) if text),
            east=_CHINESE,
            east_heads=_CHINESE_HEADS,
        )
        file.add_heading(title, 0)
        add_table(file, (), facts(version))
        if state:
            add_notice(file, _not_in_force(version))
        for part in parts:
            _add(file, part)
        file.add_heading(_("Version history"), 1)
        heads = (
            _("Version"),
            _("In force since"),
            _("Drafted by"),
            _("Approved by"),
            _("Change summary"),
        )
        add_table(file, heads, history(version))
    out = BytesIO()
    file.save(out)
    return out.getvalue()


def standing(version: Version) -> str:
    """The note on each page of a version that is not in force; empty for one in force."""
    if version.state == Version.State.SUPERSEDED:
        return _("Superseded")
    return "" if version.published_at else _("not in force")


def _not_in_force(version: Version) -> str:
    """The same as a sentence, with the version that superseded it."""
    after = version.document.versions.filter(
        number__gt=version.number, published_at__isnull=False
    ).order_by("number")
    if not version.published_at or (next_one := after.first()) is None:
        return _("This version is not in force.")
    return _("This version is no longer in force: version %(number)s superseded it on %(day)s.") % {
        "number": next_one.number,
        "day": timezone.localdate(next_one.published_at),
    }


def facts(version: Version) -> list[tuple[str, str]]:
    """Number, names and days, as in the head of a printed policy."""
    pairs = [
        (_("Document code"), version.document.code),
        (_("Version"), str(version.number)),
        (_("Drafted by"), version.drafted_by.name),
        (_("Approved by"), _approvers(version)),
    ]
    if version.published_at:
        pairs.append((_("In force since"), str(timezone.localdate(version.published_at))))
    pairs.append((_("Review by"), str(version.review_on)))
    return pairs


def history(version: Version) -> list[tuple[str, ...]]:
    """The versions up to this one, the oldest first, with who drafted and approved and what was new."""
    rows = version.document.versions.filter(number__lte=version.number).order_by("number")
    versions = rows.defer("file", "text_zh", "text_en").select_related("drafted_by")
    return [
        (
            str(row.number),
            str(timezone.localdate(row.published_at)) if row.published_at else "–",
            row.drafted_by.name,
            _approvers(row),
            row.change or "–",
        )
        for row in versions.prefetch_related("approvals__staff")
    ]


def _approvers(version: Version) -> str:
    names = [
        approval.staff.name
        for approval in version.approvals.all()
        if approval.round == version.round and approval.verdict == Approval.Verdict.APPROVED
    ]
    mark = "、" if reads_chinese() else ", "
    return mark.join(names) or "–"


def _add(file: Word, part: Block) -> None:
    if part.kind == "heading":
        file.add_heading(part.text, max(1, part.level - 1))
    elif part.kind == "list":
        for line in part.lines:
            file.add_paragraph(line, style="List Bullet")
    elif part.kind == "table":
        add_table(file, part.head, [_padded(row, len(part.head)) for row in part.body])
    else:
        file.add_paragraph(part.text)


def _padded(row: tuple[str, ...], wide: int) -> tuple[str, ...]:
    """A row with as many cells as the head."""
    return (*row, *("",) * wide)[:wide]
