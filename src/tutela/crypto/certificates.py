"""A local certificate authority and its server certificates, in PEM."""

from tutela.crypto.raw.x509 import authority, facts, server

__all__ = ["authority", "facts", "server"]
