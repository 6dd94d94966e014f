"""The local authority and its server certificates, for HTTPS without anybody's help. PEM in, PEM out."""

from tutela.crypto.raw.x509 import authority, facts, server

__all__ = ["authority", "facts", "server"]
