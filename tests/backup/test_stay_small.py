"""Memory does not grow with the size of a set: each stage holds a few megabytes."""

import os
import subprocess
import sys
import textwrap

SEALS = """
    import os, resource, sys
    os.environ["DJANGO_SETTINGS_MODULE"] = "tutela.settings"
    import django
    django.setup()
    from pathlib import Path
    import zstandard
    from tutela.backup.archive import Archive
    from tutela.backup.parts import PartWriter
    from tutela.backup.pipeline import LEVEL
    from tutela.crypto import age
    folder, megabytes = Path(sys.argv[1]), int(sys.argv[2])
    source = folder / "source"
    with source.open("wb") as file:
        for _ in range(megabytes):
            file.write(os.urandom(1 << 19).hex().encode())
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    parts = PartWriter(folder, 16 << 20)
    keys = [age.new_identity()[1] for _ in range(2)]
    packer = zstandard.ZstdCompressor(level=LEVEL, threads=2)
    with age.seal_stream(keys, parts) as sealing, packer.stream_writer(sealing, closefd=False) as packed:
        archive = Archive(packed, bytes(32), lambda plain: None)
        archive.add_file("source", source)
        archive.close()
    parts.close()
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def test_a_set_four_times_as_large_takes_no_more_memory(tmp_path):
    """In kilobytes, beside what the process took before."""
    grown = []
    for megabytes in (32, 128):
        folder = tmp_path / str(megabytes)
        folder.mkdir()
        done = subprocess.run(
            [sys.executable, "-c", textwrap.dedent(SEALS), str(folder), str(megabytes)],
            capture_output=True, text=True, check=True, env=os.environ,
        )  # fmt: skip
        grown.append(int(done.stdout))
    assert grown[1] < 100_000
    assert grown[1] - grown[0] < 20_000
