"""Where copies of backups lie: a folder, SFTP, S3-compatible storage, WebDAV, behind the protocol of place.py.

A file is written under a part name in its own folder, made durable, renamed once and measured; a final name never
holds a part, and is never written twice."""

from .errors import TargetFault
from .place import Place, Probe, Why
from .places import open_place

__all__ = ["Place", "Probe", "TargetFault", "Why", "open_place"]
