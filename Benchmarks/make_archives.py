"""Writes large archives for the benchmarks: what Podman exported of a small container, with one large process more."""

import io
import os
import random
import struct
import subprocess
import tarfile

PAGE = 4096
WORDS = [b"alpha", b"beta", b"gamma", b'{"key":', b"value", b"0x7fff", b"GET /index.html", b"user-agent", b"\n"]


def page(source, kind):
    """A page as memory has them: random, pointers that are alike, or text."""
    if kind == "random":
        return source.randbytes(PAGE)
    if kind == "pointers":
        return b"".join(struct.pack("<Q", 0x7F00_0000_0000 + source.randrange(1 << 24) * 16) for _ in range(PAGE // 8))
    text = b" ".join(source.choice(WORDS) for _ in range(1200))
    return text[:PAGE].ljust(PAGE, b"\0")


class Pages(io.RawIOBase):
    """Pages of a mixture that compresses to less than half, drawn from a pool that is larger than any compressor's view."""

    def __init__(self, size):
        self.left = size
        self.source = random.Random(1)
        self.pool = [page(self.source, self.source.choice(["random", "pointers", "pointers", "text", "text"])) for _ in range(8192)]

    def read(self, size=-1):
        count = min(size, self.left) // PAGE
        self.left -= count * PAGE
        return b"".join(self.source.choices(self.pool, k=count))


def archive(path, fixture, size):
    """The archive `fixture` with a page image of so many bytes behind those that it has."""
    with tarfile.open(fixture) as old, tarfile.open(path, "w", format=tarfile.USTAR_FORMAT) as new:
        for member in old:
            if member.name == "checkpoint/pstree.img":
                large = tarfile.TarInfo("checkpoint/pages-5.img")
                large.size = size
                new.addfile(large, Pages(size))
            new.addfile(member, old.extractfile(member) if member.isfile() else None)


def packed(path):
    """The archive as engines pack it; returns the paths."""
    commands = {".zst": ["zstd", "-q", "-f", "-3", "-T0", path, "-o", path + ".zst"], ".gz": ["gzip", "-k", "-f", "-1", path]}
    for suffix, command in commands.items():
        if not os.path.exists(path + suffix):
            subprocess.run(command, check=True)
    return [path + suffix for suffix in commands]


def many(path, fixture, count):
    """The archive `fixture` with so many tiny members more."""
    header = tarfile.TarInfo("volumes/member")
    with tarfile.open(fixture) as old, tarfile.open(path, "w", format=tarfile.USTAR_FORMAT) as new:
        for member in old:
            new.addfile(member, old.extractfile(member) if member.isfile() else None)
        for index in range(count):
            header.name = f"volumes/{index}"
            new.addfile(header)
