"""The posts of an insurer that Tutela knows. What each may do, the permissions of the rooms say.

Three administrators, as the level-protection scheme asks: the system administrator runs machines
and sees neither data nor log; the security administrator keeps people and rights; the auditor reads
the trail. No post holds two of these, and none of them sees a customer's data.
"""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class PostSpec:
    """One post. `administrator` names which of the three it is, if any."""

    code: str
    name_en: str
    name_zh: str
    kind: Literal["staff", "machine"] = "staff"
    administrator: Literal["", "system", "security", "audit"] = ""


_ALL = (
    PostSpec(code="service_agent", name_en="Service agent", name_zh="客服专员"),
    PostSpec(code="claims_adjuster", name_en="Claims adjuster", name_zh="理赔专员"),
    PostSpec(code="underwriter", name_en="Underwriter", name_zh="核保专员"),
    PostSpec(code="sales_agent", name_en="Sales agent", name_zh="销售代理人"),
    PostSpec(code="branch_manager", name_en="Branch manager", name_zh="机构负责人"),
    PostSpec(code="marketing_analyst", name_en="Marketing analyst", name_zh="市场分析员"),
    # Whose record is right: rows that an import may not write, and who feeds the vault.
    PostSpec(code="data_steward", name_en="Data steward", name_zh="数据管理员"),
    PostSpec(code="hr_trainer", name_en="HR trainer", name_zh="培训专员"),
    PostSpec(code="compliance_officer", name_en="Compliance officer", name_zh="合规专员"),
    PostSpec(
        code="security_admin",
        name_en="Security administrator",
        name_zh="安全管理员",
        administrator="security",
    ),
    PostSpec(
        code="system_admin",
        name_en="System administrator",
        name_zh="系统管理员",
        administrator="system",
    ),
    PostSpec(code="auditor", name_en="Auditor", name_zh="审计员", administrator="audit"),
    # The installation's own hands: imports, and the shell on the host. It may read the trail, which
    # holds no customer value, because the host's operator must see that imports were recorded.
    PostSpec(code="machine", name_en="Machine account", name_zh="机器账号", kind="machine"),
    # Another system of the insurer that must have clear values by the API, for example the claims
    # core. Apart from `machine`, so that no host account ever holds a clear cell.
    PostSpec(
        code="partner_service",
        name_en="Partner system account",
        name_zh="对接系统账号",
        kind="machine",
    ),
)

POSTS: dict[str, PostSpec] = {post.code: post for post in _ALL}
DATALESS: frozenset[str] = frozenset(
    {post.code for post in _ALL if post.administrator} | {"hr_trainer"}
)
EVERY: frozenset[str] = frozenset(POSTS)
STAFF: frozenset[str] = frozenset(post.code for post in _ALL if post.kind == "staff")
"""The posts of people; the others are of machines."""
