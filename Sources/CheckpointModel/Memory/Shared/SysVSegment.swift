internal import CRIUImages
internal import EvidenceText

/// A System V segment as its image has it.
struct SysVSegment: Sendable {
    let key: UInt32
    let size: UInt64
    /// The content where it stands in the image itself, as older versions of CRIU wrote it; nil if it is in pages.
    let content: Content?
    let origin: Origin

    /// The name as /proc/PID/maps has it.
    var mapName: ByteText {
        let digits = String(key, radix: 16)
        return ByteText("/SYSV" + String(repeating: "0", count: 8 - digits.count) + digits + " (deleted)")
    }
}

extension SysVSegment {
    /// The segments by their ids.
    static func load(_ library: ImageLibrary) -> [UInt64: SysVSegment] {
        var segments: [UInt64: SysVSegment] = [:]
        for name in library.source.imageNames where ImageKind(fileName: name) == .ipcnsShm {
            for entry in library.entries(name, IpcShmEntry.self).entries {
                let record = entry.record
                guard segments[UInt64(record.desc.id)] == nil else { continue }
                segments[UInt64(record.desc.id)] = SysVSegment(
                    key: record.desc.key, size: record.size,
                    content: record.inPagemaps == true ? nil : entry.content, origin: entry.origin)
            }
        }
        return segments
    }
}
