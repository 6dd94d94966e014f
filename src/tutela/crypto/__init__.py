"""Pure cryptography of Tutela: envelopes, key hierarchy, blind index, Merkle arithmetic.

No Django, no clock, no files. Only `raw/` imports the crypto library.
Answers: stored sensitive values are encrypted (measure M3) and bound to their cell.

Words owned here
    envelope   one encrypted value or bundle, 36 bytes longer than the plaintext
    cell       the position of an envelope: installation, customer, collection, field, record
    bundle     the cold fields of one data class of one record, encrypted together
    whole      how a record is sealed: all its cells under one key of its customer, each bound to its class
    manifest   a MAC over all envelopes of a record, against rollback and deletion
    tag        a blind-index entry: a keyed hash of a normalised value
    note       text with signature lines (C2SP); a checkpoint is a note of a tree's size and root, a cosignature a
               witness's dated line below it, a vkey the text form of a public key with its name
    suite      01 AES-256-GCM with SHA-256, 02 SM4-GCM with SM3
"""
