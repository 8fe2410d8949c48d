import CheckpointModel
import EvidenceText

/// A BPF map with what it held.
struct BPFMapReport: Sendable {
    let map: BPFMap
    let content: Known<BPFMapContent>
}

/// A pipe with the checkpoint that it is of.
struct PipeReport: Sendable {
    let pipe: Pipe
    let checkpoint: Checkpoint

    func uses(_ files: [FileReference]) -> [FileUse] { files.flatMap { checkpoint.uses(of: $0) } }
}

/// What files hold: memory, pipes, deleted files.
extension Forms {
    /// The memory behind a memfd.
    static let memfd = Form<MemoryFile>.object(
        "memfd", "The memory behind a memfd.",
        [
            .must("inode_id", .count.aside, "By which number the images refer to it.") { $0.inodeID },
            .known("name", .text, "The name given to memfd_create; /dev/zero for shared anonymous memory.") {
                $0.inode.map(\.name)
            },
            .known("size", .count, "The size in bytes.") { $0.inode.map(\.size) },
            .known("seals", .strings, "What is forbidden.") { $0.inode.map(\.sealNames) },
            .known("uid", .integer, "The owner.") { $0.inode.map(\.userID) },
            .known("gid", .integer, "The owning group.") { $0.inode.map(\.groupID) },
            .known("shared_memory", .integer.aside, "The number of the shared memory that has the content.") {
                $0.inode.map(\.sharedMemoryID)
            },
            .optional("huge_page_size", .count, "The size of its huge pages; 0 for the default of the system.") {
                $0.inode.value?.hugePageSize
            },
        ])

    /// A BPF map.
    static let bpfMap = Form<BPFMapReport>.object(
        "bpf_map", "A BPF map.",
        [
            .must("id", .integer, "The kernel's id of the map.") { $0.map.id },
            .must("type", .string, "The type; else its number.") { $0.map.typeName ?? String($0.map.type) },
            .must("name", .text, "The name.") { $0.map.name },
            .must("key_size", .integer, "The size of a key in bytes.") { $0.map.keySize },
            .must("value_size", .integer, "The size of a value in bytes.") { $0.map.valueSize },
            .must("capacity", .integer, "How many entries it can hold.") { $0.map.capacity },
            .must("flags", .strings, "The flags of the map.") { $0.map.flagNames },
            .must("locked_bytes", .count, "The memory charged for it.") { $0.map.lockedBytes },
            .must("frozen", .flag, "Whether programs may no longer change it.") { $0.map.isFrozen },
            .must("interface_index", .integer, "The device that it was offloaded to; 0 if none.") {
                $0.map.interfaceIndex
            },
            .optional("extra", .hexadecimal, "A parameter of the type.") { $0.map.extra },
            .known("entry_count", .integer, "How many entries it has.") { $0.content.map(\.count) },
            .known("keys", .content, "The keys, back to back.") { $0.content.map(\.keys) },
            .known("values", .content, "The values, in the order of the keys.") { $0.content.map(\.values) },
        ])

    /// A pipe.
    static let pipe = Form<PipeReport>.object(
        "pipe", "A pipe, with what nobody had read.",
        [
            .must("id", .integer.aside, "Its inode number.") { $0.pipe.id },
            .must("named", .flag, "Whether it has a name in a file system (FIFO).") { $0.pipe.isNamed },
            .optional("path", .text, "That name.") { $0.pipe.path },
            .known("capacity", .integer, "How many bytes it can hold.") { $0.pipe.capacity },
            .must("readers", .list(use).aside, "Who has the end that is read; nobody in the dump if empty.") {
                $0.uses($0.pipe.readers)
            },
            .must("writers", .list(use).aside, "Who has the end that is written.") { $0.uses($0.pipe.writers) },
            .known("unread", .content, "What nobody had read.") { $0.pipe.unread },
            .optional("origin", .origin, "Where the data was read.") { $0.pipe.origin },
        ])

    /// A deleted file that is stored with its content.
    static let ghost = Form<GhostFile>.object(
        "deleted_file", "A deleted file that was still open, stored with its content.",
        [
            .must("number", .integer.aside, "The number of its image.") { $0.number },
            .known("path", .text, "The last known path.") { $0.path },
            .must("mode", .octal, "Type and permission bits, as st_mode.") { $0.mode },
            .must("uid", .integer, "The owner.") { $0.userID },
            .must("gid", .integer, "The owning group.") { $0.groupID },
            .optional("device", .string, "The device of the file system that held it.") { $0.device?.description },
            .optional("inode", .count, "The inode number.") { $0.inode },
            .optional("node", .string, "The device that a device node stands for.") { $0.node?.description },
            .known("accessed_at", duration, "When it was last read.") { $0.accessedAt },
            .known("modified_at", duration, "When its content was last changed.") { $0.modifiedAt },
            .optional("link_target", .text, "The target of a symbolic link.") { $0.linkTarget },
            .must("chunked", .flag, "Whether it is stored in chunks, with holes.") { $0.isChunked },
            .must("files", .list(.integer).aside, "The ids of the open files that are this one.") { $0.files },
            .known("content", .content, "The content.") { $0.content },
            .must("origin", .origin, "Where it was read.") { $0.origin },
        ]
    ).matched(by: "path")
}
