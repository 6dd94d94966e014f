"""Files as evidence of anything of any room: sealed, dated, withdrawn, opened by the rule of what they prove.

Tables (schema public, named when they belonged to the programme): governance_attachment,
governance_attachment_part, governance_attachment_withdrawal. Verbs: attach, open_attachment, withdraw.
Pages: one file handed out, one withdrawn. A room says in its `register.py` what of it holds proof
(`registry.HOLDERS`): who may open the files, and who withdraws them where. It asks the gate and its own rules,
then hands the grant to the verbs here.

Words owned here
    attachment  a file as proof; `evidence_date` is the day it speaks of
    holder      what a file proves, as (kind, id): a task, a duty's period, a rating, a report
    withdrawn   attached by mistake: it stays, opens, and proves nothing
    expired     from its expiry day on it proves nothing any more
"""
