internal import CRIUImages
internal import EvidenceText

extension Checkpoint {
    /// The mounts of a mount namespace, each followed by those on it. They are read anew each time: keep them.
    public func mounts(of namespace: Namespace) -> Known<[Mount]> {
        guard namespace.kind == .mnt else {
            return .missing(Absence(.notApplicable, "a \(namespace.kind.title) namespace has no mounts"))
        }
        if let absence = namespace.hostAbsence { return .missing(absence) }
        let devices = mountedDevices
        return MountTableLoader(library, name: namespace.imageName("mountpoints-")).mounts {
            devices[$0, default: 0] > 1
        }
    }

    /// How many mounts have each device. A copy of a mount namespace has each once more, so that they are counted by
    /// namespace, and the most is taken.
    private var mountedDevices: [UInt32: Int] {
        memo.value {
            var most: [UInt32: Int] = [:]
            for name in library.source.imageNames where name.hasPrefix("mountpoints-") {
                let entries = library.records(name, MntEntry.self).value ?? []
                let counts = Dictionary(entries.map { ($0.rootDev, 1) }, uniquingKeysWith: +)
                most.merge(counts, uniquingKeysWith: max)
            }
            return MountedDevices(counts: most)
        }.counts
    }

    /// What a tmpfs holds, in the order of the archive that CRIU made of it; not applicable for other file systems. Names
    /// are paths below the top of the file system, whose own is empty.
    ///
    /// - Complexity: Linear in the size of its archive; it is read anew each time.
    public func tmpfsContent(of mount: Mount) -> Known<[ArchiveMember]> {
        guard mount.fileSystem.value == "tmpfs" || mount.fileSystem.value == "devtmpfs" else {
            return .missing(Absence(.notApplicable, "the file system is no tmpfs"))
        }
        let number = mount.device.major << 20 | mount.device.minor
        let names = ["tmpfs-dev-\(number).tar.gz.img", "tmpfs-\(mount.id).tar.gz.img"]
        guard let name = names.first(where: library.has) else {
            let reason = mount.external == nil ? "" : ": the mount comes from outside"
            return .missing(Absence(.noImage, "\(names[0]) is not there\(reason)"))
        }
        return library.archive(name).map(\.members)
    }

    /// The state of an automounter's mount; not applicable for other file systems.
    public func automounter(of mount: Mount) -> Known<Automounter> {
        guard mount.fileSystem.value == "autofs" else {
            return .missing(Absence(.notApplicable, "the file system is no automounter's"))
        }
        let name = "autofs-\(mount.device.major << 20 | mount.device.minor).img"
        return library.needed(name, AutofsEntry.self).map { Automounter($0, Origin(name, entry: 0)) }
    }

    /// The binary formats for which interpreters are registered, in the order of the images.
    public func binaryFormats() -> [BinaryFormat] {
        library.source.imageNames.filter { $0.hasPrefix("binfmt-misc") && $0.hasSuffix(".img") }.flatMap { name in
            (library.records(name, BinfmtMiscEntry.self).value ?? []).enumerated().map { index, entry in
                BinaryFormat(entry, Origin(name, entry: index))
            }
        }
    }
}

/// The type under which the memo keeps how often devices are mounted.
private struct MountedDevices: Sendable {
    let counts: [UInt32: Int]
}

extension Automounter {
    init(_ entry: AutofsEntry, _ origin: Origin) {
        descriptor = entry.fd == -1 ? nil : entry.fd
        (processGroup, timeoutSeconds) = (entry.pgrp, entry.timeout)
        protocolVersions = (entry.minproto, entry.maxproto)
        (mode, user, group) = (entry.mode, entry.uid, entry.gid)
        self.origin = origin
    }
}

extension BinaryFormat {
    init(_ entry: BinfmtMiscEntry, _ origin: Origin) {
        (name, isEnabled, interpreter) = (entry.name, entry.enabled, entry.interpreter)
        (flags, fileExtension, magic) = (entry.flags, entry.extension, entry.magic)
        (mask, offset) = (entry.mask, entry.offset)
        self.origin = origin
    }
}
