"""How names of the schema are spelled in C and Swift."""

import re

SWIFT_KEYWORDS = {
    "class", "default", "extension", "func", "in", "init", "internal", "is", "let", "operator", "private",
    "protocol", "public", "repeat", "return", "self", "static", "struct", "switch", "var", "where", "as", "case",
}


def c_symbol(name):
    """The prefix of protoc-c's functions and descriptors: words in lower case, split at capitals."""
    return re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", name).lower()


def type_name(name):
    """vma_entry -> VmaEntry, as protoc-c spells struct names."""
    return "".join(part[:1].upper() + part[1:] for part in name.split("_"))


def member_name(name):
    """mm_start_code -> mmStartCode, without the escape that a keyword needs."""
    if name.isupper() or re.fullmatch(r"[A-Z0-9_]+", name):
        name = name.lower()
    head, *tail = [part for part in name.split("_") if part]
    joined = head[:1].lower() + head[1:] + "".join(part[:1].upper() + part[1:] for part in tail)
    return "_" + joined if joined[0].isdigit() else joined


def escaped(name):
    """A member's name where it is declared."""
    return f"`{name}`" if name in SWIFT_KEYWORDS else name
