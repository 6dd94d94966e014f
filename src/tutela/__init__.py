"""Tutela (客户信息保护平台): an insurer's customer information, protected and proved.

`docs/rooms.md` is the map of the rooms below this package.
"""
