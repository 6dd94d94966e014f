"""People and what they may do: departments, branches, posts, the permission matrix and the gate.

Answers: measure M2, rights by post, only authorised staff, each act traceable to a person.
Tables (schema public): access_department, access_branch, access_post, access_staff, access_assignment,
access_api_key, access_matrix_version, access_quota_use, access_epoch, access_attempt (unlogged),
access_signed_in, access_reset, access_temporary_access.
Verbs: create_staff, change_staff, disable_staff, enable_staff, unlock_staff, assign_post, set_password,
remove_second_factor, propose_reset, confirm_reset, reject_reset, end_session, end_sessions,
create_api_key, revoke_api_key, import_branches, import_staff, publish_matrix, search_leaves; of temporary
access request, approve, refuse, give back, end, and of break-glass start and review.
Pages: staff, accounts, resets, keys, the matrix.

Words owned here
    post        a responsibility in the company (岗位); rights hang on posts, never on persons
    purpose     why data is looked at; one of a fixed list
    matrix      post x data class x purpose -> level, scope, channels, quota; no cell means none
    write       a level that shows nothing: create and change these classes of customers in scope
    overlay     what took away from a cell: disabled account, own record, work item, quota ...
    gate        the one place that answers "may they?"; it alone makes a Grant
    grant       the proof that the gate said yes; clear values are only given against one
    temporary access  clear values beyond the matrix for a while: requested and approved, or break-glass
    snapshot    matrix, branches and people compiled for decisions, swapped whole
"""
