#!/usr/bin/env python3
"""Makes the inputs that fuzzing begins with, out of the fixtures.

Usage: seeds.py FIXTURES TARGET DIRECTORY
"""

import base64
import hashlib
import io
import json
import pathlib
import struct
import subprocess
import sys
import tarfile

MARKER = bytes.fromhex("f5a7f9c3")
LARGEST = 64 << 10
PAGES = 8 << 10


def folders(fixtures):
    """The directories of images."""
    return sorted({path.parent for name in ("inventory.img", "ids-*.img") for path in fixtures.rglob(name)})


def images(fixtures):
    for folder in folders(fixtures):
        for path in sorted(folder.glob("*.img")):
            if path.stat().st_size <= LARGEST:
                yield path.name, path.read_bytes()


def image_seeds(fixtures):
    for name, data in images(fixtures):
        if not name.startswith(("pages-", "tmpfs-")):
            yield data


def json_seeds(fixtures):
    for path in sorted(fixtures.rglob("golden/**/*.json")):
        if path.stat().st_size <= LARGEST:
            yield path.read_bytes()


def members(folder):
    """The files of a directory, as far as they are small; of pages, the first ones."""
    for path in sorted(folder.iterdir()):
        if path.is_symlink() or not path.is_file():
            continue
        data = path.read_bytes()
        if path.name.startswith("pages-"):
            data = data[:PAGES]
        if len(data) <= LARGEST // 4:
            yield path.name, data


def folder_seeds(fixtures):
    for folder in folders(fixtures):
        # A dump that failed has neither of these.
        for left_out in ((), ("inventory.img", "pstree.img")):
            packed = b"".join(
                MARKER + bytes([len(name.encode())]) + name.encode() + data
                for name, data in members(folder) if name not in left_out)
            if len(packed) <= 8 * LARGEST:
                yield packed


def archive_seeds(fixtures):
    for path in sorted((fixtures / "archives").rglob("*")):
        if path.is_file() and path.stat().st_size <= LARGEST:
            yield path.read_bytes()
    for folder in folders(fixtures):
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as archive:
            for name, data in members(folder):
                entry = tarfile.TarInfo("checkpoint/" + name)
                entry.size = len(data)
                archive.addfile(entry, io.BytesIO(data))
        data = out.getvalue()
        if len(data) > 4 * LARGEST:
            continue
        yield data
        for tool in ("gzip", "zstd", "xz", "bzip2"):
            yield subprocess.run([tool, "-c"], input=data, stdout=subprocess.PIPE, check=True).stdout


def memory_seeds(_):
    def record(what, page, count, *rest):
        return struct.pack("<BHB", what, page, count) + bytes(rest).ljust(4, b"\0")

    area, run, old, pages, parent = 0, 1, 2, 3, 0x80
    yield record(area, 16, 8) + record(run, 16, 4, 0, 4) + record(pages, 0, 4, 0, 0, 7)
    yield (record(area, 16, 8) + record(area, 32, 8) + record(run, 16, 4, 0, 1) + record(run, 32, 2, 0, 4)
           + record(pages, 0, 2, 0, 0, 7) + record(parent | run, 16, 8, 0, 4) + record(parent | pages, 0, 8, 0, 0, 9))
    yield (record(area, 1, 200) + record(old, 1, 3, 0, 1) + record(old, 4, 2, 0, 0) + record(pages, 0, 2, 0, 0, 3)
           + record(parent | old, 1, 2, 0, 0) + record(parent | pages, 0, 2, 0, 5, 3))
    yield record(area, 1, 255, 0x80) + record(run, 1, 255, 0x80, 4)


def netlink_seeds(fixtures):
    for name, data in images(fixtures):
        if name.startswith(("ifaddr-", "route-", "route6-", "rule-")):
            yield data[4:]
        elif name.startswith(("netns-ct-", "netns-exp-")):
            yield data


def filter_seeds(fixtures):
    for path in sorted(fixtures.rglob("seccomp.json")):
        for entry in json.loads(path.read_text())["entries"]:
            for program in entry.get("seccomp_filters", []):
                yield base64.b64decode(program["filter"])


def manifest_seeds(fixtures):
    def digest(data):
        return hashlib.sha256(data).hexdigest()

    for folder in folders(fixtures)[:4]:
        listed = [
            {"name": name, "type": "file", "size": len(data), "sha256": digest(data)}
            for name, data in list(members(folder))[:8]]
        others = [{"name": "parent", "type": "symbolic-link", "target": "../1"}, {"name": {"text": "?", "hex": "ff"}, "type": "other"}]
        archive = {
            "name": "a.tar", "kind": "archive", "size": 1, "sha256": digest(b"a"), "compression": "gzip", "members": listed}
        yield json.dumps({
            "format": "cryoscope-manifest", "version": 1, "digest": digest(b""), "made_at": "2026-01-01T00:00:00Z",
            "case": "1", "examiner": "e", "path": "p",
            "sources": [{"name": "", "kind": "directory", "members": listed + others}, archive]}).encode()


SEEDS = {
    "image": image_seeds, "json": json_seeds, "folder": folder_seeds, "archive": archive_seeds,
    "memory": memory_seeds, "netlink": netlink_seeds, "filter": filter_seeds, "manifest": manifest_seeds,
}


def main():
    fixtures, target, folder = pathlib.Path(sys.argv[1]), sys.argv[2], pathlib.Path(sys.argv[3])
    folder.mkdir(parents=True, exist_ok=True)
    for data in SEEDS[target](fixtures):
        (folder / hashlib.sha1(data).hexdigest()).write_bytes(data)
    print(f"{target}: {len(list(folder.iterdir()))} seeds")


if __name__ == "__main__":
    main()
