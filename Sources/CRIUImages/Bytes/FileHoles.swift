public import SystemPackage

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

/// The holes of a regular file, as its file system tells them: ranges that take no room and read as zeros.
///
/// - Parameter path: The file.
/// - Returns: By ascending offset; none if the file system knows of none.
/// - Throws: `Errno` if the file cannot be opened.
/// - Complexity: Two system calls for each hole.
public func fileHoles(_ path: FilePath) throws(Errno) -> [Range<Int>] {
    let descriptor = try openEvidence(path)
    defer { try? descriptor.close() }
    guard let size = try regularFileSize(descriptor) else { return [] }
    var holes: [Range<Int>] = []
    var end = 0
    while end < size {
        let start = lseek(descriptor.rawValue, end, seekHole)
        guard start >= end, start < size else { break }
        // Behind the last data there is none: the hole reaches to the end.
        let next = lseek(descriptor.rawValue, start, seekData)
        end = next > start && next < size ? next : size
        holes.append(start..<end)
    }
    return holes
}

/// What `lseek` is to look for; the names do not come through from C everywhere.
private let seekData: Int32 = 3
private let seekHole: Int32 = 4
