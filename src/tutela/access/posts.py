"""The posts of an insurer that Tutela knows, and the functions each may use.

Three administrators, as the level-protection scheme asks: the system administrator runs machines
and sees neither data nor log; the security administrator keeps people and rights; the auditor reads
the trail. No post holds two of these, and none of them sees a customer's data.
"""

from dataclasses import dataclass
from typing import Literal

from .permissions import Permission


@dataclass(frozen=True, slots=True, kw_only=True)
class PostSpec:
    """One post. `administrator` names which of the three it is, if any."""

    code: str
    name_en: str
    name_zh: str
    permissions: frozenset[Permission]
    kind: Literal["staff", "machine"] = "staff"
    administrator: Literal["", "system", "security", "audit"] = ""


# Whoever is a person has work of their own in the programme; machines only read it.
_WORK = frozenset({Permission.GOVERNANCE_DUTY_CLOSE, Permission.GOVERNANCE_TASK_WORK})
_PROGRAMME = frozenset(
    {
        Permission.GOVERNANCE_PROGRAMME_SET,
        Permission.GOVERNANCE_TARGET_DRAFT,
        Permission.GOVERNANCE_TARGET_SIGN,
    }
)
_KNOWN = frozenset({Permission.SCORECARD_READ, Permission.GOVERNANCE_PROGRAMME_READ})
_READ = _KNOWN | {Permission.VAULT_CATALOGUE_READ}
_LOOK = _READ | {Permission.VAULT_CUSTOMER_FIND, Permission.VAULT_CUSTOMER_VIEW}
_REVEAL = _LOOK | {Permission.VAULT_FIELD_REVEAL, Permission.VAULT_HISTORY_VIEW}
_IMPORT = frozenset(
    {Permission.VAULT_IMPORT_READ, Permission.VAULT_IMPORT_RUN, Permission.VAULT_MAPPING_SAVE}
)
_RECORD = frozenset({Permission.VAULT_RECORD_CREATE, Permission.VAULT_RECORD_CHANGE})

_ASSESS = frozenset({Permission.GOVERNANCE_ASSESSMENT_READ, Permission.GOVERNANCE_ASSESSMENT_RATE})
_RISKS = frozenset({Permission.GOVERNANCE_RISK_READ, Permission.GOVERNANCE_RISK_MANAGE})
_ASSESSMENT = _ASSESS | {
    Permission.GOVERNANCE_ASSESSMENT_OPEN,
    Permission.GOVERNANCE_ASSESSMENT_CLOSE,
}

_PAPERS = frozenset({Permission.GOVERNANCE_COMMITTEE_READ, Permission.GOVERNANCE_DOCUMENT_READ})
_PAPERS_APPROVE = _PAPERS | {Permission.GOVERNANCE_DOCUMENT_APPROVE}
_PAPERS_KEEP = _PAPERS_APPROVE | {
    Permission.GOVERNANCE_COMMITTEE_MANAGE,
    Permission.GOVERNANCE_DOCUMENT_DRAFT,
    Permission.GOVERNANCE_DOCUMENT_PUBLISH,
}

_PROVE = frozenset({Permission.SCORECARD_EVIDENCE_ADD})
_PACK = frozenset({Permission.SCORECARD_PACK_WRITE})


def _post(
    code: str,
    name_en: str,
    name_zh: str,
    permissions: frozenset[Permission],
    *,
    kind: Literal["staff", "machine"] = "staff",
    administrator: Literal["", "system", "security", "audit"] = "",
) -> PostSpec:
    return PostSpec(
        code=code,
        name_en=name_en,
        name_zh=name_zh,
        permissions=permissions | (_WORK if kind == "staff" else frozenset()),
        kind=kind,
        administrator=administrator,
    )


_ALL = (
    _post("service_agent", "Service agent", "客服专员", _REVEAL | _RECORD),
    _post("claims_adjuster", "Claims adjuster", "理赔专员", _REVEAL | _RECORD),
    _post("underwriter", "Underwriter", "核保专员", _REVEAL | _RECORD),
    _post("sales_agent", "Sales agent", "销售代理人", _LOOK | {Permission.VAULT_RECORD_CREATE}),
    _post(
        "branch_manager",
        "Branch manager",
        "机构负责人",
        _REVEAL
        | _IMPORT
        | _PAPERS_APPROVE
        | {
            Permission.ACCESS_STAFF_READ,
            Permission.GOVERNANCE_ASSESSMENT_READ,
            Permission.GOVERNANCE_RISK_ACCEPT,
            Permission.GOVERNANCE_RISK_READ,
            Permission.VAULT_CUSTOMER_DESTROY,
            Permission.VAULT_CUSTOMER_MOVE,
            Permission.VAULT_IMPORT_UNDO,
            Permission.VAULT_WORK_ITEM_ASSIGN,
        },
    ),
    _post(
        "marketing_analyst",
        "Marketing analyst",
        "市场分析员",
        _READ | {Permission.VAULT_CUSTOMER_VIEW},
    ),
    # Whose record is right: rows that an import may not write, and who feeds the vault.
    _post(
        "data_steward",
        "Data steward",
        "数据管理员",
        _LOOK
        | {
            Permission.VAULT_CUSTOMER_MOVE,
            Permission.VAULT_HELD_ROW_DECIDE,
            Permission.VAULT_HISTORY_VIEW,
            Permission.VAULT_IMPORT_READ,
            Permission.VAULT_IMPORT_UNDO,
            Permission.VAULT_REJECTS_OPEN,
            Permission.VAULT_SOURCE_REGISTER,
        },
    ),
    _post(
        "hr_trainer",
        "HR trainer",
        "培训专员",
        _KNOWN | _ASSESS | _PAPERS | _PROVE,
    ),
    _post(
        "compliance_officer",
        "Compliance officer",
        "合规专员",
        _LOOK
        | _PROVE
        | _PACK
        | _PAPERS_KEEP
        | _ASSESSMENT
        | _RISKS
        | {
            Permission.ACCESS_MATRIX_APPROVE,
            Permission.ACCESS_MATRIX_READ,
            Permission.ACCESS_STAFF_READ,
            Permission.GOVERNANCE_TARGET_DRAFT,
            Permission.GOVERNANCE_TARGET_SIGN,
            Permission.GOVERNANCE_RISK_ACCEPT,
            Permission.SCORECARD_MEASURE_DEFINE,
            Permission.VAULT_CUSTOMER_DESTROY,
            Permission.VAULT_FIELD_REVEAL,
            Permission.VAULT_HISTORY_VIEW,
        },
    ),
    _post(
        "security_admin",
        "Security administrator",
        "安全管理员",
        _READ
        | _PROVE
        | _PACK
        | _PAPERS_KEEP
        | _ASSESSMENT
        | _RISKS
        | {
            Permission.ACCESS_API_KEY_MANAGE,
            Permission.ACCESS_BRANCH_MANAGE,
            Permission.ACCESS_MATRIX_PROPOSE,
            Permission.ACCESS_MATRIX_READ,
            Permission.ACCESS_STAFF_MANAGE,
            Permission.ACCESS_STAFF_READ,
            Permission.SCORECARD_MEASURE_DEFINE,
            Permission.VAULT_CONTENT_VERIFY,
            Permission.VAULT_SOURCE_REGISTER,
            *_PROGRAMME,
        },
        administrator="security",
    ),
    _post(
        "system_admin",
        "System administrator",
        "系统管理员",
        _READ
        | _PROVE
        | _ASSESS
        | _RISKS
        | _PAPERS_APPROVE
        | {
            Permission.NOTICES_CHANNEL_MANAGE,
            Permission.SYSTEM_HEALTH_READ,
            Permission.VAULT_CONTENT_VERIFY,
        },
        administrator="system",
    ),
    _post(
        "auditor",
        "Auditor",
        "审计员",
        _READ
        | _PACK
        | _PAPERS
        | {
            Permission.ACCESS_MATRIX_READ,
            Permission.ACCESS_STAFF_READ,
            Permission.GOVERNANCE_ASSESSMENT_CLOSE,
            Permission.GOVERNANCE_ASSESSMENT_READ,
            Permission.GOVERNANCE_RISK_READ,
            Permission.TRAIL_LEAVES_SEARCH,
            Permission.VAULT_CONTENT_VERIFY,
        },
        administrator="audit",
    ),
    # The installation's own hands: imports, and the shell on the host. It may read the trail, which
    # holds no customer value, because the host's operator must see that imports were recorded.
    _post(
        "machine",
        "Machine account",
        "机器账号",
        _LOOK
        | _PROVE
        | _PACK
        | _IMPORT
        | _RECORD
        | {
            Permission.SYSTEM_HEALTH_READ,
            Permission.TRAIL_LEAVES_SEARCH,
            Permission.VAULT_CONTENT_ANCHOR,
            Permission.VAULT_CONTENT_VERIFY,
            Permission.VAULT_HISTORY_VIEW,
        },
        kind="machine",
    ),
    # Another system of the insurer that must have clear values by the API, for example the claims
    # core. Apart from `machine`, so that no host account ever holds a clear cell.
    _post(
        "partner_service",
        "Partner system account",
        "对接系统账号",
        _REVEAL | _RECORD,
        kind="machine",
    ),
)

POSTS: dict[str, PostSpec] = {post.code: post for post in _ALL}
DATALESS: frozenset[str] = frozenset(
    {post.code for post in _ALL if post.administrator} | {"hr_trainer"}
)
