internal import CRIUImages

/// What a BPF map held.
public struct BPFMapContent: Sendable {
    /// How many entries.
    public let count: UInt32
    /// The keys, back to back.
    public let keys: Content
    /// The values, in the order of the keys.
    public let values: Content
    /// Where it was read.
    public let origin: Origin
}

extension BPFMapContent {
    /// The contents by the ids of the maps.
    static func load(_ library: ImageLibrary) -> [UInt32: BPFMapContent] {
        let entries = library.entries("bpfmap-data.img", BpfmapDataEntry.self).entries
        let contents = entries.compactMap { entry -> (id: UInt32, value: BPFMapContent, origin: Origin)? in
            guard case .bytes(let range, _) = entry.payload else { return nil }
            let middle = range.lowerBound + min(Int(entry.record.keysBytes), range.count)
            let content = BPFMapContent(
                count: entry.record.count, keys: Content(entry.bytes[range.lowerBound..<middle]),
                values: Content(entry.bytes[middle..<range.upperBound]), origin: entry.origin)
            return (entry.record.mapId, content, entry.origin)
        }
        return library.unique(contents, by: "map_id")
    }
}
