"""Writes large images for the benchmarks, field by field, so that nothing large is kept in the repository."""

import os
import random
import shutil
import struct

COMMON = 0x54564319
MAGIC = {
    "inventory": 0x58313116, "pstree": 0x50273030, "core": 0x55053847, "ids": 0x54432030, "fs": 0x51403912,
    "mm": 0x57492820, "pagemap": 0x56084025, "fdinfo": 0x56213732, "files": 0x56303138, "ghost-file": 0x52583605,
}


def varint(value):
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def number(field, value):
    return varint(field << 3) + varint(value)


def data(field, value):
    return varint(field << 3 | 2) + varint(len(value)) + value


class Image:
    """An image that is written entry by entry."""

    def __init__(self, path, kind):
        self.file = open(path, "wb", buffering=1 << 20)
        if kind != "inventory":
            self.file.write(struct.pack("<I", COMMON))
        self.file.write(struct.pack("<I", MAGIC[kind]))

    def add(self, message):
        self.file.write(struct.pack("<I", len(message)) + message)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.file.close()


def one(folder, name, kind, message):
    with Image(os.path.join(folder, name), kind) as image:
        image.add(message)


def pagemap(path, count):
    """`count` runs of present pages, in the fields that CRIU 3.17 knows too. Returns how many pages they are."""
    total = 0
    with Image(path, "pagemap") as image:
        image.add(number(1, 1))
        address = 0x7F00_0000_0000
        for index in range(count):
            pages = 1 + index % 7
            image.add(number(1, address) + number(2, pages) + number(4, 4))
            address += (pages + 1) << 12
            total += pages
    return total


def ghost(path, size):
    """A deleted file of one run of zeros, which takes no room on disk."""
    with Image(path, "ghost-file") as image:
        image.add(number(1, 0) + number(2, 0) + number(3, 0o100600))
        image.file.truncate(image.file.tell() + size)


def owner():
    return b"".join(number(field, 0) for field in range(1, 6))


def regular_file(index, name, position=0):
    body = number(1, index) + number(2, 0) + number(3, position) + data(5, owner()) + data(6, name.encode())
    return number(1, 1) + number(2, index) + data(3, body)


def task(comm):
    return b"".join(number(field, value) for field, value in ((1, 1), (2, 0), (3, 0), (4, 0), (5, 0))) + data(6, comm)


def checkpoint(folder, descriptors=3, runs=100, areas=100):
    """A checkpoint of one process with so many descriptors, page runs and memory areas."""
    os.makedirs(folder, exist_ok=True)
    one(folder, "inventory.img", "inventory", number(1, 2) + number(2, 1) + number(4, 1))
    one(folder, "pstree.img", "pstree", b"".join(number(field, value) for field, value in ((1, 1), (2, 0), (3, 1), (4, 1), (5, 1))))
    one(folder, "core-1.img", "core", number(1, 1) + data(3, task(b"bench")))
    one(folder, "ids-1.img", "ids", b"".join(number(field, 1) for field in range(1, 5)))
    one(folder, "fs-1.img", "fs", number(1, 1) + number(2, 1))
    with Image(os.path.join(folder, "fdinfo-1.img"), "fdinfo") as table, Image(os.path.join(folder, "files.img"), "files") as files:
        for index in range(1, descriptors + 1):
            table.add(number(1, index) + number(2, 0) + number(3, 1) + number(4, index))
            files.add(regular_file(index, f"/srv/data/file-{index}"))
    memory(folder, areas)
    pages = pagemap(os.path.join(folder, "pagemap-1.img"), runs)
    with open(os.path.join(folder, "pages-1.img"), "wb") as image:
        # All zeros, which take no room on disk.
        image.truncate(pages << 12)


def registers():
    """The registers of a thread on x86-64, each with a number of its own."""
    general = b"".join(number(field, 0x1000 + field) for field in range(1, 28))
    return number(1, 0) + data(2, general) + data(3, b"".join(number(field, 0) for field in range(1, 9)))


def heap(folder, mebibytes, areas):
    """A checkpoint of one process with registers and so much memory, none of it zero, in so many areas."""
    checkpoint(folder, runs=1, areas=1)
    thread = number(1, 1) + data(2, registers()) + data(3, task(b"bench")) + data(5, number(1, 0) + number(2, 0))
    one(folder, "core-1.img", "core", thread)
    size = (mebibytes << 20) // areas
    starts = [0x7F00_0000_0000 + index * (size + 4096) for index in range(areas)]
    parts = [b"".join(number(field, 0) for field in range(1, 12)) + number(12, 1)]
    with Image(os.path.join(folder, "pagemap-1.img"), "pagemap") as image:
        image.add(number(1, 1))
        for start in starts:
            area = ((1, start), (2, start + size), (3, 0), (4, 0), (5, 3), (6, 34), (7, 513), (8, 1))
            parts.append(data(14, b"".join(number(field, value) for field, value in area)))
            image.add(number(1, start) + number(2, size >> 12) + number(4, 4))
    one(folder, "mm-1.img", "mm", b"".join(parts))
    block = random.Random(1).randbytes((1 << 20) - 8)
    with open(os.path.join(folder, "pages-1.img"), "wb") as image:
        for index in range(mebibytes):
            image.write(struct.pack("<Q", index) + block)


def memory(folder, areas, pid=1):
    """Areas that follow each other from the address at which the page runs begin."""
    size = 64 << 12
    start = 0x7F00_0000_0000
    body = b"".join(number(field, 0) for field in range(1, 12)) + number(12, 1)
    parts = [body]
    for index in range(areas):
        first = start + index * size
        area = ((1, first), (2, first + size), (3, 0), (4, 0), (5, 3), (6, 34), (7, 513), (8, 1))
        parts.append(data(14, b"".join(number(field, value) for field, value in area)))
    one(folder, f"mm-{pid}.img", "mm", b"".join(parts))


def searchable(folder, megabytes=1600):
    """A checkpoint of one process with so many MiB of memory in runs of 8 MiB: random bytes, words, zeros and pointers, and
    in every tenth run a needle."""
    os.makedirs(folder, exist_ok=True)
    one(folder, "inventory.img", "inventory", number(1, 2) + number(2, 1) + number(4, 1))
    one(folder, "pstree.img", "pstree", b"".join(number(field, value) for field, value in ((1, 1), (2, 0), (3, 1), (4, 1), (5, 1))))
    one(folder, "core-1.img", "core", number(1, 1) + data(3, task(b"bench")))
    one(folder, "ids-1.img", "ids", b"".join(number(field, 1) for field in range(1, 5)))
    one(folder, "fs-1.img", "fs", number(1, 1) + number(2, 1))
    one(folder, "files.img", "files", regular_file(1, "/bench"))
    one(folder, "fdinfo-1.img", "fdinfo", number(1, 0) + number(2, 0) + number(3, 1) + number(4, 1))
    size = 8 << 20
    kinds = memory_kinds(size)
    start, body = 0x7F00_0000_0000, b"".join(number(field, 0) for field in range(1, 12)) + number(12, 1)
    with Image(os.path.join(folder, "pagemap-1.img"), "pagemap") as pagemap, open(os.path.join(folder, "pages-1.img"), "wb") as pages:
        pagemap.add(number(1, 1))
        for index in range(megabytes // 8):
            # Every other area begins where the one before it ends.
            first = start + index * size + index // 2 * size
            area = ((1, first), (2, first + size), (3, 0), (4, 0), (5, 3), (6, 34), (7, 513), (8, 1))
            body += data(14, b"".join(number(field, value) for field, value in area))
            pagemap.add(number(1, first) + number(2, size >> 12) + number(4, 4))
            content = kinds[index % len(kinds)]
            needle = b"needle-%04d@host.example" % index
            pages.write(content[:1_000_000] + needle + content[1_000_000 + len(needle):] if index % 10 == 3 else content)
    one(folder, "mm-1.img", "mm", body)


def changed_copy(folder, source, share):
    """A copy of the checkpoint `source`, with one byte changed in so many of every 100 of its pages."""
    os.makedirs(folder, exist_ok=True)
    for name in os.listdir(source):
        shutil.copyfile(os.path.join(source, name), os.path.join(folder, name))
    with open(os.path.join(folder, "pages-1.img"), "r+b") as pages:
        pages.seek(0, os.SEEK_END)
        for index in range(pages.tell() >> 12):
            # Spread over each hundred, so that as few changed pages as can be lie next to each other.
            if index * 37 % 100 < share:
                pages.seek((index << 12) + index % 4096)
                byte = pages.read(1)[0]
                pages.seek(-1, os.SEEK_CUR)
                pages.write(bytes([byte ^ 1]))


def memory_kinds(size):
    """What memory holds: the same at each run."""
    source = random.Random(7)
    words = [b"session", b"user", b"password", b"token", b"alpha", b"beta", b"http://example.com/", b"GET /index.html", bytes(4), b"0x7f3a"]
    text = b" ".join(source.choice(words) for _ in range(size // 7))
    pointers = b"".join((0x7F00_0000_0000 + source.randrange(1 << 32) * 8).to_bytes(8, "little") for _ in range(size // 8))
    return [source.randbytes(size), (text * 2)[:size], bytes(size), pointers]
