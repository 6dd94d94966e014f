"""Rows that the code itself defines."""

from typing import Final

from tutela.access.models import Branch, Department, Post
from tutela.access.posts import POSTS

DEPARTMENTS: Final[tuple[tuple[str, str, str], ...]] = (
    ("information_security", "信息安全部", "Information security"),
    ("it", "IT部", "IT"),
    ("technology", "技术部", "Technology"),
    ("hr", "人力资源部", "HR"),
    ("legal_compliance", "法律合规部", "Legal and compliance"),
    ("customer_service", "客户服务部", "Customer service"),
    ("claims", "理赔部", "Claims"),
    ("underwriting", "核保部", "Underwriting"),
    ("sales", "销售部", "Sales"),
    ("marketing", "市场部", "Marketing"),
    ("branches", "机构管理部", "Branch management"),
    ("audit", "审计部", "Audit"),
)


def add_departments() -> None:
    """All of them on a first run; later none, for a company may have renamed some and removed others."""
    if Department.objects.exists():
        return
    for code, name_zh, name_en in DEPARTMENTS:
        names = {"name_zh": name_zh, "name_en": name_en}
        Department.objects.create(code=code, **names)


def update_posts() -> None:
    for spec in POSTS.values():
        names = {"name_zh": spec.name_zh, "name_en": spec.name_en, "kind": spec.kind}
        Post.objects.update_or_create(code=spec.code, defaults=names)


HEAD_OFFICE: Final = "HEAD"
"""The code of the seeded head office, until the company's own branches come in."""


def add_head_office() -> None:
    """One branch, so that customers have a place from the first day."""
    if not Branch.objects.exists():
        Branch.objects.create(code=HEAD_OFFICE, name_zh="总公司", name_en="Head office")
