"""All functional permissions of the product, in the present tense: what a post may do at all.

Which customers' data is shown while doing it is the matrix's question, not this list's.
"""

from enum import StrEnum


class Permission(StrEnum):
    ACCESS_API_KEY_MANAGE = "access.api_key.manage"
    ACCESS_BRANCH_MANAGE = "access.branch.manage"
    ACCESS_MATRIX_APPROVE = "access.matrix.approve"
    ACCESS_MATRIX_PROPOSE = "access.matrix.propose"
    ACCESS_MATRIX_READ = "access.matrix.read"
    ACCESS_STAFF_MANAGE = "access.staff.manage"
    ACCESS_STAFF_READ = "access.staff.read"
    GOVERNANCE_ASSESSMENT_CLOSE = "governance.assessment.close"
    GOVERNANCE_ASSESSMENT_OPEN = "governance.assessment.open"
    GOVERNANCE_ASSESSMENT_RATE = "governance.assessment.rate"
    GOVERNANCE_ASSESSMENT_READ = "governance.assessment.read"
    GOVERNANCE_RISK_ACCEPT = "governance.risk.accept"
    GOVERNANCE_RISK_MANAGE = "governance.risk.manage"
    GOVERNANCE_RISK_READ = "governance.risk.read"
    GOVERNANCE_COMMITTEE_MANAGE = "governance.committee.manage"
    GOVERNANCE_COMMITTEE_READ = "governance.committee.read"
    GOVERNANCE_DOCUMENT_APPROVE = "governance.document.approve"
    GOVERNANCE_DOCUMENT_DRAFT = "governance.document.draft"
    GOVERNANCE_DOCUMENT_PUBLISH = "governance.document.publish"
    GOVERNANCE_DOCUMENT_READ = "governance.document.read"
    GOVERNANCE_DUTY_CLOSE = "governance.duty.close"
    GOVERNANCE_DUTY_MAKE = "governance.duty.make"
    GOVERNANCE_PROGRAMME_READ = "governance.programme.read"
    GOVERNANCE_PROGRAMME_SET = "governance.programme.set"
    GOVERNANCE_TARGET_DRAFT = "governance.target.draft"
    GOVERNANCE_TARGET_SIGN = "governance.target.sign"
    GOVERNANCE_TASK_WORK = "governance.task.work"
    NOTICES_CHANNEL_MANAGE = "notices.channel.manage"
    SCORECARD_EVIDENCE_ADD = "scorecard.evidence.add"
    SCORECARD_MEASURE_DEFINE = "scorecard.measure.define"
    SCORECARD_PACK_WRITE = "scorecard.pack.write"
    SCORECARD_READ = "scorecard.read"
    SYSTEM_HEALTH_READ = "system.health.read"
    TRAIL_LEAVES_SEARCH = "trail.leaves.search"
    VAULT_CATALOGUE_READ = "vault.catalogue.read"
    VAULT_CONTENT_ANCHOR = "vault.content.anchor"
    VAULT_CONTENT_VERIFY = "vault.content.verify"
    VAULT_CUSTOMER_DESTROY = "vault.customer.destroy"
    VAULT_CUSTOMER_FIND = "vault.customer.find"
    VAULT_CUSTOMER_MOVE = "vault.customer.move"
    VAULT_CUSTOMER_VIEW = "vault.customer.view"
    VAULT_FIELD_REVEAL = "vault.field.reveal"
    VAULT_HELD_ROW_DECIDE = "vault.held_row.decide"
    VAULT_HISTORY_VIEW = "vault.history.view"
    VAULT_IMPORT_READ = "vault.import.read"
    VAULT_IMPORT_RUN = "vault.import.run"
    VAULT_IMPORT_UNDO = "vault.import.undo"
    VAULT_MAPPING_SAVE = "vault.mapping.save"
    VAULT_RECORD_CHANGE = "vault.record.change"
    VAULT_RECORD_CREATE = "vault.record.create"
    VAULT_REJECTS_OPEN = "vault.rejects.open"
    VAULT_SOURCE_REGISTER = "vault.source.register"
    VAULT_WORK_ITEM_ASSIGN = "vault.work_item.assign"


# What opens clear values that no rule of the matrix names: the faulty cells of rejected rows.
CLEAR_PERMISSIONS: frozenset[Permission] = frozenset({Permission.VAULT_REJECTS_OPEN})

# What the product itself may do without a person: set itself up. No data, no log.
SYSTEM_PERMISSIONS: frozenset[Permission] = frozenset(
    {
        Permission.ACCESS_API_KEY_MANAGE,
        Permission.ACCESS_BRANCH_MANAGE,
        Permission.ACCESS_MATRIX_PROPOSE,
        Permission.ACCESS_STAFF_MANAGE,
        Permission.GOVERNANCE_DUTY_MAKE,
        Permission.GOVERNANCE_PROGRAMME_SET,
        Permission.GOVERNANCE_TASK_WORK,
        Permission.SYSTEM_HEALTH_READ,
        Permission.VAULT_CONTENT_ANCHOR,
        Permission.VAULT_CONTENT_VERIFY,
    }
)
