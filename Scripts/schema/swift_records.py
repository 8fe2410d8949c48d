"""Writes a Swift struct for each message, and an open set of named values for each enum."""

import os
import shutil

from load import Comments
from names import escaped, member_name, type_name
from swift_tables import HEADER

SCALARS = {
    3: "Int64", 4: "UInt64", 5: "Int32", 6: "UInt64", 8: "Bool", 13: "UInt32", 17: "Int32", 18: "Int64",
}


def write(schema, folder):
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    for file in schema.files:
        stem = "".join(type_name(part) for part in file.name.removesuffix(".proto").split("-"))
        with open(os.path.join(folder, stem + "Records.swift"), "w") as out:
            out.write(HEADER + imports(file) + "\n" + records(file))


def imports(file):
    fields = [field for message in file.message_type for field in message.field]
    has_text = any(field.type == field.TYPE_STRING for field in fields)
    lines = ["internal import CCRIUSchema"] if fields else []
    return "\n".join(lines + (["public import EvidenceText"] if has_text else [])) + "\n"


def records(file):
    comments = Comments(file)
    parts = [enum(value, type_name(value.name), comments, (5, place)) for place, value in enumerate(file.enum_type)]
    for place, message in enumerate(file.message_type):
        for inner, value in enumerate(message.enum_type):
            name = type_name(message.name) + type_name(value.name)
            parts.append(enum(value, name, comments, (4, place, 4, inner)))
        parts.append(record(message, comments, place))
    return "\n".join(parts)


def enum(value, name, comments, path):
    lines = [f"/// {comments.at(*path) or f'The values of `{value.name}`.'}",
             f"public struct {name}: RawRepresentable, Hashable, Sendable {{",
             "    /// The number in the image; values that no name is known for are kept.",
             "    public let rawValue: Int32", "",
             "    /// Wraps a number, known or not.",
             "    public init(rawValue: Int32) { self.rawValue = rawValue }", ""]
    for place, item in enumerate(value.value):
        lines.append(f"    /// {comments.at(*path, 2, place) or f'`{item.name}`, {item.number}.'}")
        lines.append(f"    public static let {escaped(member_name(item.name))} = Self(rawValue: {item.number})")
    lines += ["", "    /// The name in the image format, or nil for a value that is not in the schema.",
              "    public var name: String? {", "        switch rawValue {"]
    lines += [f'        case {item.number}: "{item.name}"' for item in value.value]
    return "\n".join(lines + ["        default: nil", "        }", "    }", "}", ""])


def swift_type(field):
    kind = field.type
    if kind == field.TYPE_MESSAGE:
        return type_name(field.type_name.lstrip("."))
    if kind == field.TYPE_ENUM:
        return "".join(type_name(part) for part in field.type_name.lstrip(".").split("."))
    if kind == field.TYPE_STRING:
        return "ByteText"
    return "[UInt8]" if kind == field.TYPE_BYTES else SCALARS[kind]


def value_of(field, expression):
    """The Swift value of one C value."""
    kind = field.type
    if kind == field.TYPE_MESSAGE:
        return f"{swift_type(field)}({expression}!)"
    if kind == field.TYPE_ENUM:
        return f"{swift_type(field)}(rawValue: Int32(bitPattern: {expression}.rawValue))"
    if kind == field.TYPE_STRING:
        return f"ByteText({expression})"
    if kind == field.TYPE_BYTES:
        return f"[UInt8]({expression})"
    return f"{expression} != 0" if kind == field.TYPE_BOOL else expression


def member_lines(field, text):
    name, kind = escaped(member_name(field.name)), swift_type(field)
    if field.label == field.LABEL_REPEATED:
        return [text, f"    public let {name}: [{kind}]"]
    if field.label == field.LABEL_REQUIRED:
        return [text, f"    public let {name}: {kind}"]
    if field.type != field.TYPE_MESSAGE:
        return [text, f"    public let {name}: {kind}?"]
    hidden = f"boxed{member_name(field.name)[:1].upper()}{member_name(field.name)[1:]}"
    return [text, f"    public var {name}: {kind}? {{ {hidden}?.value }}", f"    private let {hidden}: Box<{kind}>?"]


def assignment(field):
    name, c_name = member_name(field.name), escaped(field.name)
    if field.label == field.LABEL_REPEATED:
        element = value_of(field, "$0")
        source = f"messages(c.pointee.{c_name}, c.pointee.n_{field.name})"
        if field.type in SCALARS and field.type != field.TYPE_BOOL:
            return f"        self.{name} = Array({source})"
        return f"        self.{name} = {source}.map {{ {element} }}"
    if field.label == field.LABEL_REQUIRED:
        return f"        self.{name} = {value_of(field, f'c.pointee.{c_name}')}"
    if field.type != field.TYPE_MESSAGE:
        return f"        self.{name} = c.pointee.has_{field.name} != 0 ? {value_of(field, f'c.pointee.{c_name}')} : nil"
    hidden = f"boxed{name[:1].upper()}{name[1:]}"
    return f"        self.{hidden} = c.pointee.{c_name}.map {{ Box({swift_type(field)}($0)) }}"


def record(message, comments, place):
    name = type_name(message.name)
    lines = [f"/// {comments.at(4, place) or f'The message `{message.name}`.'}",
             f"public struct {name}: ImageRecord {{",
             "    /// The message that this record is read from.",
             f"    public static let messageType = MessageType.{member_name(message.name)}", ""]
    for index, field in enumerate(message.field):
        text = comments.at(4, place, 2, index) or f"Field {field.number}, `{field.name}`."
        lines += member_lines(field, f"    /// {text}")
    lines += ["", "    /// Copies the record out of a decoded message of its type.",
              "    public init(parsing message: borrowing MessageView) {",
              f"        self.init(message.pointer(to: CCRIUSchema.{name}.self))", "    }", "",
              f"    internal init(_ c: UnsafePointer<CCRIUSchema.{name}>) {{"]
    lines += [assignment(field) for field in message.field]
    lines += ["    }", "", f"    internal init(_ c: UnsafeMutablePointer<CCRIUSchema.{name}>) {{",
              "        self.init(UnsafePointer(c))", "    }", "}", ""]
    return "\n".join(lines)
