import CheckpointModel
import EvidenceText

/// Watches of inotify and fanotify.
extension Forms {
    /// A watch of inotify.
    static let inotifyWatch = Form<InotifyInstance.Watch>.object(
        "inotify_watch", "A watch of inotify.",
        [
            .must("number", .integer, "The number of the watch.") { $0.number },
            .must("mask", .hexadecimal, "The events watched for.") { $0.mask },
            .must("events", .strings, "Their names.") { $0.maskNames },
            .must("device", .string, "The device of the watched file.") { $0.device.description },
            .must("inode", .count, "The inode number of the watched file.") { $0.inode },
            .must("handle", fileHandle, "How the watched file is found.") { $0.handle },
        ]
    ).matched(by: "number")

    /// A fanotify group.
    static let fanotify = Form<FanotifyGroup>.object(
        "fanotify", "A fanotify group.",
        [
            .must("flags", .strings, "The flags that it was made with.") { $0.initFlagNames },
            .must("event_flags", .hexadecimal, "The flags of the files opened for its events.") { $0.eventFlags },
            .must("marks", .list(fanotifyMark), "What it watches.") { $0.marks },
        ])

    private static let fanotifyMark = Form<FanotifyGroup.Mark>.object(
        "fanotify_mark", "A mark of fanotify.",
        [
            .must("events", .strings, "The events watched for.") { $0.maskNames },
            .must("ignored", .strings, "The events ignored.") { $0.ignoredMaskNames },
            .must("flags", .hexadecimal, "The flags of the mark.") { $0.flags },
            .must("device", .string, "The device of the marked file or mount.") { $0.device.description },
            .optional("inode", .count, "The inode number of the marked file.") { $0.subject.file?.inode },
            .optional("handle", fileHandle, "How the marked file is found.") { $0.subject.file?.handle },
            .optional("mount_id", .integer.aside, "The marked mount.") { $0.subject.mount?.id },
            .optional("mount_path", .text, "Where the marked mount is.") { $0.subject.mount?.path },
        ])

    private static let fileHandle = Form<FileHandle>.object(
        "file_handle", "How the kernel finds a file without its path.",
        [
            .must("type", .integer, "The sort of handle.") { $0.type },
            .must("bytes", .bytes, "The handle.") { $0.bytes },
            .known("path", .text, "The path that CRIU found.") { $0.path },
            .optional("mount_id", .integer.aside, "The mount that the path is on.") { $0.mountID },
        ])
}

extension FanotifyGroup.Subject {
    fileprivate var file: (inode: UInt64, handle: FileHandle)? {
        guard case .file(let inode, let handle) = self else { return nil }
        return (inode, handle)
    }

    fileprivate var mount: (id: UInt32, path: ByteText?)? {
        guard case .mount(let id, let path) = self else { return nil }
        return (id, path)
    }
}
