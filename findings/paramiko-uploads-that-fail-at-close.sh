#!/usr/bin/env bash
# paramiko 5.1.0: what the SFTP server answers to the closing of a file is thrown away. A server that cannot keep
# the file (quota, delayed writes) says so there; `put` and `with sftp.open(...)` end as if all were well. Refused
# writes are lost too where writes are pipelined, as in `put`: without `confirm` an upload of which the server
# kept two thirds succeeds; with it the size tells ("size mismatch"), which a failed close does not change.
# asyncssh 2.24.1 raises the server's own message in each case.
# Guess before: both raise what the server said.
# For: SFTP targets of backups and partner exchanges. Use asyncssh (fsspec's SFTP is paramiko), fsync before the
# close, and read back.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'paramiko==5.1.0' 'asyncssh==2.24.1' >/dev/null 2>&1
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import asyncio
import pathlib
import sys

import asyncssh
import paramiko

pathlib.Path("target").mkdir()
pathlib.Path("large").write_bytes(b"x" * 300_000)
pathlib.Path("small").write_bytes(b"x" * 1_000)
KEPT = 200_000
host, person = (asyncssh.generate_private_key("ssh-ed25519") for _ in range(2))
person.write_private_key("person")
pathlib.Path("authorized").write_bytes(person.export_public_key())


class FullDisk(asyncssh.SFTPServer):
    """Keeps 200,000 bytes of a file, and tells at the close of some that it is not kept."""

    def __init__(self, channel):
        super().__init__(channel, chroot="target")

    def write(self, file_obj, offset, data):
        if offset + len(data) > KEPT:
            raise asyncssh.SFTPFailure("disk full")
        return super().write(file_obj, offset, data)

    def close(self, file_obj):
        super().close(file_obj)
        if b"late" in file_obj.name:
            raise asyncssh.SFTPFailure("not kept")


def outcome(act):
    try:
        act()
    except OSError as error:
        return str(error).split("!")[0]
    return "success"


def write(sftp):
    with sftp.open("late-written", "wb") as target:
        target.write(b"x" * 1_000)


def by_paramiko(port):
    transport = paramiko.Transport(("127.0.0.1", port))
    transport.connect(username="u", pkey=paramiko.Ed25519Key.from_private_key_file("person"))
    sftp = paramiko.SFTPClient.from_transport(transport)
    seen = [
        outcome(lambda: sftp.put("small", "late-put")),
        outcome(lambda: write(sftp)),
        outcome(lambda: sftp.put("large", "large-put", confirm=False)),
        outcome(lambda: sftp.put("large", "large-confirmed")),
    ]
    transport.close()
    return seen


async def by_asyncssh(port):
    seen = []
    async with asyncssh.connect("127.0.0.1", port, username="u", client_keys=[person], known_hosts=None) as link:
        async with link.start_sftp_client() as sftp:
            for source, target in (("small", "late-again"), ("large", "large-again")):
                try:
                    await sftp.put(source, target)
                    seen.append("success")
                except asyncssh.SFTPError as error:
                    seen.append(error.reason)
    return seen


async def main():
    server = await asyncssh.listen(
        "127.0.0.1", 0, server_host_keys=[host], authorized_client_keys="authorized", sftp_factory=FullDisk
    )
    port = server.get_port()
    return await asyncio.to_thread(by_paramiko, port), await by_asyncssh(port)


first, second = asyncio.run(main())
size = pathlib.Path("target/large-put").stat().st_size
print(f"paramiko {paramiko.__version__}: put refused at close: {first[0]}; open and write refused at close: {first[1]}")
print(f"paramiko {paramiko.__version__}: put on a full disk, no confirm: {first[2]}, {size} of 300000 bytes there")
print(f"paramiko {paramiko.__version__}: put on a full disk: {first[3]}")
print(f"asyncssh {asyncssh.__version__}: put refused at close: {second[0]}; on a full disk: {second[1]}")
expected = (["success", "success", "success", "size mismatch in put"], ["not kept", "disk full"])
sys.exit(0 if (first, second) == expected and size <= KEPT else "changed")
PYTHON
