"""The only importer of `cryptography`, `hashlib`, `hmac` and `os.urandom`.

Nothing here accepts a nonce: nonces are generated where they are used.
"""
