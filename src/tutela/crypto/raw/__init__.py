"""The only importer of `cryptography`, `hashlib`, `hmac` and `os.urandom`.

Nothing here takes a nonce: nonces are made where they are used.
"""
