import CheckpointModel
import EvidenceText

/// A part of a stretch that is small enough to be encoded at once.
private struct StretchPart {
    let addresses: Range<UInt64>
    let origin: MemoryStretch.Origin
    let bytes: [UInt8]?
    let isHole: Bool
}

extension Forms {
    /// A range of memory.
    static let memoryRange = Form<MemoryRange>.object(
        "memory_range", "A range of a process's memory.",
        [
            .must("pid", .integer, "The process id.") { $0.pid },
            .must("start", .hexadecimal, "The first address.") { $0.addresses.lowerBound },
            .must("end", .hexadecimal, "The address behind the last.") { $0.addresses.upperBound },
            .each("stretches", stretchPart, "The range, by where its bytes come from; long stretches in parts.") {
                range, body in
                range.space.forEachStretch(in: range.addresses) { $0.forEachPart(body) }
            },
        ])

    private static let stretchPart = Form<StretchPart>.object(
        "stretch", "Consecutive bytes that come from one place, or that are absent for one reason.",
        [
            .must("start", .hexadecimal, "The first address.") { $0.addresses.lowerBound },
            .must("end", .hexadecimal, "The address behind the last.") { $0.addresses.upperBound },
            .optional("origin", stretchOrigin, "Where the bytes come from; left out if they are absent.") {
                $0.bytes == nil ? nil : $0.origin
            },
            .optional("hole", .flag, "True if they are in a hole of the image: \(holeText).") {
                $0.isHole ? true : nil
            },
            .known("base64", .base64, "The bytes.") { part in
                if let bytes = part.bytes { return .value(bytes) }
                guard case .absent(let reason) = part.origin else {
                    return .missing(Absence(.damaged, "the bytes cannot be read"))
                }
                return .missing(reason.absence(at: part.addresses.lowerBound))
            },
        ])

    /// Where bytes come from.
    static let stretchOrigin = Form<MemoryStretch.Origin>.object(
        "memory_origin", "Where bytes of memory come from.",
        [
            .must("kind", .enumerated(["image", "shared-memory", "deleted-file", "file", "absent"]), "What has them.") {
                $0.kind
            },
            .optional("image", .text, "The image file.") { $0.image.map { ByteText($0) } },
            .optional("snapshot", .integer, "0 for this dump, 1 for its parent, and so on.") { $0.snapshot },
            .optional("offset", .hexadecimal, "The offset in the image, or in the content of the file.") { $0.offset },
            .optional("object", .integer, "The number of the shared memory.") { $0.objectID },
            .optional("name", .text, "The name of the shared memory, or of the file.") { $0.name },
            .optional("verified", .flag, "Whether the file is known to be the one that was mapped.") { $0.isVerified },
        ])
}

extension Form where Value == [UInt8] {
    /// Bytes in base64.
    fileprivate static var base64: Form {
        Form(.string("Bytes in base64."), { json, value in json.base64(value) }, fact: nil)
    }
}

extension MemoryStretch {
    private static let partSize = 48 << 10

    fileprivate func forEachPart(_ body: (StretchPart) -> Void) {
        guard let bytes else {
            return body(StretchPart(addresses: addresses, origin: origin, bytes: nil, isHole: false))
        }
        bytes.forEachPart(of: MemoryStretch.partSize) { offset, part in
            let start = addresses.lowerBound + offset
            body(
                StretchPart(
                    addresses: start..<(start + UInt64(part.count)), origin: origin.advanced(by: offset),
                    bytes: Array(part), isHole: isHole))
        }
    }
}

extension MemoryStretch.Origin {
    fileprivate var kind: String {
        switch self {
        case .image: "image"
        case .object: "shared-memory"
        case .deletedFile: "deleted-file"
        case .file: "file"
        case .absent: "absent"
        }
    }

    /// The image, if one has the bytes.
    var image: String? {
        switch self {
        case .image(_, let image, _), .object(_, _, _, let image, _), .deletedFile(_, let image, _): image
        case .file, .absent: nil
        }
    }

    /// The offset in the image, or in the content of the file.
    var offset: UInt64? {
        switch self {
        case .image(_, _, let offset), .object(_, _, _, _, let offset), .deletedFile(_, _, let offset),
            .file(_, let offset, _):
            offset
        case .absent: nil
        }
    }

    /// In which snapshot an image is: 0 for this dump.
    var snapshot: Int? {
        switch self {
        case .image(let snapshot, _, _), .object(_, _, let snapshot, _, _): snapshot
        case .deletedFile, .file, .absent: nil
        }
    }

    fileprivate var objectID: UInt64? {
        guard case .object(let id, _, _, _, _) = self else { return nil }
        return id
    }

    fileprivate var name: ByteText? {
        switch self {
        case .object(_, let name, _, _, _), .deletedFile(let name, _, _), .file(let name, _, _): name
        case .image, .absent: nil
        }
    }

    /// Whether the file that has the bytes is known to be the one that was mapped; nil if no file has them.
    var isVerified: Bool? {
        guard case .file(_, _, let isVerified) = self else { return nil }
        return isVerified
    }

    fileprivate func advanced(by count: UInt64) -> MemoryStretch.Origin {
        switch self {
        case .image(let snapshot, let name, let offset):
            .image(snapshot: snapshot, name: name, offset: offset &+ count)
        case .object(let id, let name, let snapshot, let image, let offset):
            .object(id: id, name, snapshot: snapshot, image: image, offset: offset &+ count)
        case .deletedFile(let name, let image, let offset): .deletedFile(name, image: image, offset: offset &+ count)
        case .file(let name, let offset, let isVerified): .file(name, offset: offset &+ count, isVerified: isVerified)
        case .absent: self
        }
    }
}
