public import EvidenceText

extension Mount {
    /// Whether only a part of the file system is mounted.
    public var isPartial: Bool { root != "/" }

    /// The options of the file system one by one, split at commas; the layers of an overlay can have commas of their own,
    /// which a backslash stands before.
    public var superOptionWords: [ByteText] {
        if superOptions.isEmpty { return [] }
        return split(superOptions, at: UInt8(ascii: ",")).map { ByteText($0) }
    }

    /// Options that CRIU added, which /proc/PID/mountinfo did not show: it marks instances of devpts so.
    public var optionsOfCRIU: [ByteText] {
        guard fileSystem.value == "devpts", superOptionWords.last == "newinstance" else { return [] }
        return ["newinstance"]
    }

    /// Whether it is a mount of CRIU's own, left from its work: a yard of namespaces or of cgroups.
    public var isTraceOfCRIU: Bool {
        let name = mountPoint.bytes.split(separator: UInt8(ascii: "/")).last.map { ByteText(Array($0)) } ?? ""
        let marks: [ByteText] = [
            ".criu.mntns.", ".criu.cgyard.", ".criu.cgmounts.", ".criu.move_mount_set_group.", "cr-tmpfs.",
        ]
        return marks.contains { name.bytes.starts(with: $0.bytes) }
    }

    /// The layers of an overlay; nil for other file systems.
    public var overlay: OverlayLayers? {
        guard fileSystem.value == "overlay" || fileSystemNumber == 17 else { return nil }
        func value(_ name: ByteText) -> ByteText? {
            let prefix = name.bytes + [UInt8(ascii: "=")]
            return superOptionWords.first { $0.bytes.starts(with: prefix) }
                .map { ByteText(Array($0.bytes.dropFirst(prefix.count))) }
        }
        let lower = value("lowerdir").map { split($0, at: UInt8(ascii: ":")).filter { !$0.isEmpty } } ?? []
        return OverlayLayers(lower: lower.map { ByteText($0) }, upper: value("upperdir"), work: value("workdir"))
    }
}

/// The directories that an overlay is made of, as the options of the mount name them.
public struct OverlayLayers: Sendable, Equatable {
    /// The layers that are only read, the topmost first.
    public let lower: [ByteText]
    /// The layer that is written; nil if there is none.
    public let upper: ByteText?
    /// Where files are prepared; nil if there is none.
    public let work: ByteText?
}

/// Splits text at a byte, but not where a backslash stands before it.
private func split(_ text: ByteText, at separator: UInt8) -> [[UInt8]] {
    var parts: [[UInt8]] = [[]]
    var isEscaped = false
    for byte in text.bytes {
        if byte == separator && !isEscaped {
            parts.append([])
        } else {
            parts[parts.count - 1].append(byte)
        }
        isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
    }
    return parts
}
