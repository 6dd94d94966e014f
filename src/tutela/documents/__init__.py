"""Policies and the company's own documents: drafted, approved by two, published, read and understood.

Answers measure M1 (policy) and feeds `isms-built` (evidence.py).
Tables: Document, Version, Approval, Opening, Attestation.
Verbs: adopt_template, add_document, draft_version, discard, submit, approve, send_back, publish, open_file,
attest, remind_readers.
Words: a template is one of the twelve policies supplied with Tutela; a document is one adopted and edited
by the company, or a Word or PDF file of its own; a published version is in force.
"""
