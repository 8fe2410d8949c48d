"""Runs inside gdb: prints what gdb makes of the core that is loaded, as one line of JSON.

READ names memory as ADDRESS:LENGTH, REGISTERS names registers; both separated by commas, both optional.
"""

import json
import os
import re

import gdb


# Of wide registers gdb prints many forms, of floating point numbers the value and then the bits.
FORMS = (
    r"raw (0x[0-9a-f]+)", r"u?int128 = (0x[0-9a-f]+)", r"q = \{u = \{(0x[0-9a-f]+)", r"\bu = (0x[0-9a-f]+)",
    r"^\S+\s+(0x[0-9a-f]+)", r": +(0x[0-9a-f]+)",
)


def words(name):
    return [word for word in os.environ.get(name, "").split(",") if word]


def register(name):
    """The bits of a register of the selected frame in hexadecimal; None if gdb does not know them."""
    try:
        text = gdb.execute(f"info registers {name}", to_string=True)
    except gdb.error:
        return None
    for form in FORMS:
        if found := re.search(form, text):
            return f"{int(found[1], 16):x}"
    return None


def stack_pointer(frame):
    try:
        return f"{int(frame.read_register('sp')) & (1 << 64) - 1:x}"
    except (ValueError, gdb.error):
        return None


def frames():
    frame = gdb.newest_frame()
    while frame is not None:
        symbol = frame.find_sal()
        yield {
            "pc": f"{frame.pc():x}", "name": frame.name(), "line": symbol.line if symbol.symtab else None,
            "sp": stack_pointer(frame), "signal": frame.type() == gdb.SIGTRAMP_FRAME,
            "inlined": frame.type() == gdb.INLINE_FRAME,
        }
        try:
            frame = frame.older()
        except gdb.error:
            return


def memory(place):
    address, length = (int(part, 0) for part in place.split(":"))
    try:
        return bytes(gdb.selected_inferior().read_memory(address, length)).hex()
    except gdb.error:
        return None


def threads():
    # gdb numbers threads in the order of the core, and lists them the other way round.
    for thread in sorted(gdb.selected_inferior().threads(), key=lambda thread: thread.num):
        thread.switch()
        yield {
            "tid": thread.ptid[1], "frames": list(frames()),
            "registers": {name: register(name) for name in words("REGISTERS")},
        }


print("FACTS " + json.dumps({"threads": list(threads()), "memory": {place: memory(place) for place in words("READ")}}))
