#!/usr/bin/env bash
# zstandard 0.25.0: every streaming reader (`stream_reader`, `open`, `copy_stream`, `read_to_iter`,
# `decompressobj`, `stream_writer`) takes a frame that was cut for a whole one: the bytes so far, then the end, no
# error, and the checksum that the frame carries is not asked for. Only the one-call `decompress` refuses. And of
# two frames in a row (parts put together, an appended file) `read_to_iter`, `decompressobj` and `decompress` give
# the first and are silent on the rest, while the others read on. backports.zstd 1.8.0 and pyarrow 26.0.1 raise on
# the cut and read both frames.
# Guess before: an error on a cut stream, as gzip, bz2, lz4 and lzma give, and all frames, as gzip reads them.
# For: backups and partner exchanges. Use backports.zstd (compression.zstd of Python 3.14) or the tool itself, and
# believe a stream only when length and hash of the manifest agree.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
  'zstandard==0.25.0' 'backports.zstd==1.8.0' >/dev/null 2>&1
"$folder/venv/bin/python" - <<'PYTHON'
import io
import sys
from importlib.metadata import version

import zstandard
from backports import zstd


def copied(data):
    target = io.BytesIO()
    zstandard.ZstdDecompressor().copy_stream(io.BytesIO(data), target)
    return target.getvalue()


def written(data):
    target = io.BytesIO()
    with zstandard.ZstdDecompressor().stream_writer(target, closefd=False) as writer:
        writer.write(data)
    return target.getvalue()


READERS = {
    "stream_reader": lambda data: zstandard.ZstdDecompressor().stream_reader(io.BytesIO(data)).read(),
    "open": lambda data: zstandard.open(io.BytesIO(data), "rb").read(),
    "copy_stream": copied,
    "read_to_iter": lambda data: b"".join(zstandard.ZstdDecompressor().read_to_iter(io.BytesIO(data))),
    "decompressobj": lambda data: zstandard.ZstdDecompressor().decompressobj().decompress(data),
    "stream_writer": written,
    "decompress": lambda data: zstandard.ZstdDecompressor().decompress(data),
    "backports.zstd": lambda data: zstd.ZstdFile(io.BytesIO(data)).read(),
}
rows = b"".join(b"K%d,%d\n" % (number, number * 7919 % 1_000_003) for number in range(100_000))
frame = zstandard.ZstdCompressor(write_checksum=True).compress(rows)


def outcome(reader, data, whole):
    try:
        given = reader(data)
    except (zstandard.ZstdError, zstd.ZstdError, EOFError, OSError):
        return "error"
    return "all" if given == whole else "part, no error" if whole.startswith(given) else "wrong"


seen = {}
for name, reader in READERS.items():
    seen[name] = (outcome(reader, frame[: len(frame) // 2], rows), outcome(reader, frame * 2, rows * 2))
    print(f"zstandard {version('zstandard')}: {name}: cut frame: {seen[name][0]}; two frames: {seen[name][1]}")
SILENT = "part, no error"
expected = {
    "stream_reader": (SILENT, "all"),
    "open": (SILENT, "all"),
    "copy_stream": (SILENT, "all"),
    "read_to_iter": (SILENT, SILENT),
    "decompressobj": (SILENT, SILENT),
    "stream_writer": (SILENT, "all"),
    "decompress": ("error", SILENT),
    "backports.zstd": ("error", "all"),
}
sys.exit(0 if seen == expected else "changed")
PYTHON
