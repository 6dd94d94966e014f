"""Pure cryptography of Tutela: envelopes, key hierarchy, blind index, Merkle arithmetic.

No Django, no clock, no files. `raw/` is the only place that meets the crypto library.
Answers: stored sensitive values are encrypted (measure M3) and bound to their cell.

Words owned here
    envelope   one sealed value or bundle, 36 bytes longer than what it holds
    cell       where an envelope belongs: installation, customer, collection, field, record
    bundle     the cold fields of one data class of one record, sealed together
    manifest   a MAC over all envelopes of a record, against roll-back and deletion
    tag        a blind-index entry: a keyed hash of a normalised value
    suite      01 AES-256-GCM with SHA-256, 02 SM4-GCM with SM3
"""
