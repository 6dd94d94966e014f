"""The vault: customers, their records in sealed cells, and the work that makes looks lawful.

Answers measures M2 and M3: sensitive values are stored encrypted, found by blind index, shown
masked by class, and revealed only to a post with a purpose, after a durable trace.

Tables   vault.customer, record, record_history, tag, work_item, encryption_count,
         import_batch, import_chunk, mapping, source, held_row, move, anchor, anchoring,
         verification, destruction (schema `vault`, plain SQL in `sql/`)
Pages    customers (search, list, one customer, history), import, held rows, moves, sources, catalogue
Verbs    find, list, view, reveal, history, create, change, import, accept or refuse a held row,
         propose and approve a move or a source, count encryption, verify and anchor the vault,
         propose, approve and reject a destruction
Words    catalogue, field, collection, customer, record, version, work item, mask, reveal, anchor,
         source feed (an import by the machine registered for the source), held row, steward
"""
