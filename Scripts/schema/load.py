"""Reads the .proto files of the project: messages, comments, display hints and image kinds."""

import os
import subprocess
import tempfile

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

HINT_FILES = ("google/protobuf/descriptor.proto", "options.proto", "images.proto")


class Schema:
    """The compiled files, with the project's own options readable on fields and enum values."""

    def __init__(self, folder):
        data = compile_all(folder)
        plain = descriptor_pb2.FileDescriptorSet.FromString(data)
        pool = descriptor_pool.DescriptorPool()
        for file in plain.file:
            pool.Add(file)
        # A set parsed by classes of this pool knows the options that options.proto adds.
        for file in plain.file:
            for extension in pool.FindFileByName(file.name).extensions_by_name.values():
                owner = message_class(pool, extension.containing_type)
                # Newer libraries find extensions in the pool by themselves.
                if hasattr(owner, "RegisterExtension"):
                    owner.RegisterExtension(extension)
        set_class = message_class(pool, pool.FindMessageTypeByName("google.protobuf.FileDescriptorSet"))
        self.display = pool.FindExtensionByName("cryoscope.display")
        self.image = pool.FindExtensionByName("cryoscope.image")
        self.all = set_class.FromString(data)
        self.files = [file for file in self.all.file if file.name not in HINT_FILES]
        self.raw = plain

    def kinds(self):
        """The values of enum image_kind with their options, in order."""
        images = next(file for file in self.all.file if file.name == "images.proto")
        return [(value, value.options.Extensions[self.image]) for value in images.enum_type[0].value]

    def messages(self):
        """Every top-level message with its file, sorted by name."""
        found = [(message.name, message, file) for file in self.files for message in file.message_type]
        return [(message, file) for _, message, file in sorted(found, key=lambda item: item[0])]


def message_class(pool, descriptor):
    """The class of a message, by the way that the installed library has."""
    if hasattr(message_factory, "GetMessageClass"):
        return message_factory.GetMessageClass(descriptor)
    return message_factory.MessageFactory(pool).GetPrototype(descriptor)


def compile_all(folder):
    names = sorted(name for name in os.listdir(folder) if name.endswith(".proto"))
    with tempfile.NamedTemporaryFile() as out:
        command = ["protoc", "-I", folder, "-I", "/usr/include", "--include_imports", "--include_source_info"]
        subprocess.run(command + ["--descriptor_set_out=" + out.name] + names, check=True)
        return out.read()


class Comments:
    """The leading comments of one file, by the path of the declaration in its descriptor."""

    def __init__(self, file):
        self.by_path = {}
        for location in file.source_code_info.location:
            if location.leading_comments:
                text = " ".join(line.strip() for line in location.leading_comments.strip().splitlines())
                self.by_path[tuple(location.path)] = text

    def at(self, *path):
        return self.by_path.get(path)
