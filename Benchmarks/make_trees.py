"""Writes checkpoints of many processes with many descriptors, for the benchmarks."""

import os

from make_images import Image, data, memory, number, one, pagemap, regular_file, registers, task


def tree(folder, processes, descriptors, moved=0):
    """A checkpoint of a process with `processes - 1` children, each with so many descriptors of files of its own.

    The first `moved` descriptors of every process are at another offset of their files.
    """
    os.makedirs(folder, exist_ok=True)
    one(folder, "inventory.img", "inventory", number(1, 2) + number(2, 1) + number(4, 1))
    with Image(os.path.join(folder, "pstree.img"), "pstree") as image:
        for pid in range(1, processes + 1):
            image.add(b"".join(number(*field) for field in ((1, pid), (2, min(pid - 1, 1)), (3, 1), (4, 1), (5, pid))))
    files = Image(os.path.join(folder, "files.img"), "files")
    for pid in range(1, processes + 1):
        process(folder, pid, descriptors, moved, files)
    files.file.close()


def process(folder, pid, descriptors, moved, files):
    thread = number(1, 1) + data(2, registers()) + data(3, task(b"bench-%d" % pid)) + data(5, number(1, 0) + number(2, 0))
    one(folder, f"core-{pid}.img", "core", thread)
    one(folder, f"ids-{pid}.img", "ids", b"".join(number(field, pid) for field in range(1, 5)))
    one(folder, f"fs-{pid}.img", "fs", number(1, 1) + number(2, 1))
    with Image(os.path.join(folder, f"fdinfo-{pid}.img"), "fdinfo") as table:
        for index in range(descriptors):
            file = pid * descriptors + index
            table.add(number(1, file) + number(2, 0) + number(3, 1) + number(4, index))
            files.add(regular_file(file, f"/srv/data/{pid}/file-{index}", 4096 if index < moved else 0))
    memory(folder, 20, pid)
    pagemap(os.path.join(folder, f"pagemap-{pid}.img"), 0)
    with open(os.path.join(folder, "pages-1.img"), "wb"):
        pass
