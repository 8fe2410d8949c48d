import Foundation

/// The files of a directory in one input: a marker, the length of the name, the name, then bytes up to the next marker.
///
/// Markers, not sizes, part the files: a mutation in one of them leaves the others as they are.
struct PackedFolder {
    /// The files, by name. Names have no slash, so that nothing is written elsewhere.
    private(set) var files: [(name: String, bytes: [UInt8])] = []

    private static let marker: [UInt8] = [0xF5, 0xA7, 0xF9, 0xC3]

    init(_ input: [UInt8]) {
        let starts = PackedFolder.markers(in: input)
        for (index, start) in starts.enumerated() {
            let end = index + 1 < starts.count ? starts[index + 1] : input.count
            let head = start + PackedFolder.marker.count
            guard head < end, head + 1 + Int(input[head]) <= end else { continue }
            let content = head + 1 + Int(input[head])
            let name = String(decoding: input[(head + 1)..<content], as: UTF8.self)
            guard !name.contains("/"), !name.contains("\0"), !["", ".", ".."].contains(name) else { continue }
            files.append((name, Array(input[content..<end])))
        }
    }

    private static func markers(in input: [UInt8]) -> [Int] {
        var places: [Int] = []
        var place = 0
        while place + marker.count <= input.count {
            let isMarker = marker.indices.allSatisfy { input[place + $0] == marker[$0] }
            if isMarker { places.append(place) }
            place += isMarker ? marker.count : 1
        }
        return places
    }

    /// Writes the files to a directory. A name that the file system does not take is left out.
    func write(to folder: URL) {
        for (name, bytes) in files { try? Data(bytes).write(to: folder.appending(path: name)) }
    }
}
