import EvidenceText
import SystemPackage

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Sees that output adds nothing to the evidence, and replaces nothing in it.
///
/// - Parameters:
///   - output: The file that is to be written; nil for standard output, which may be a file too.
///   - evidence: Directories and files of the evidence.
/// - Throws: ``CommandFailure`` if the output lies in one of the directories, or is one of the files.
func refuseOutput(_ output: String?, inside evidence: [FilePath]) throws {
    guard let place = output.map({ resolvedPlace(argumentPath($0)) }) ?? standardOutputFile(),
        isInside(place, evidence)
    else { return }
    throw changesEvidence(output)
}

/// Sees that output replaces no file of the evidence.
///
/// - Throws: ``CommandFailure`` if it is one that is there.
func refuseReplacing(_ output: String?, of evidence: [FilePath]) throws {
    guard let output, !isDirectory(output), let place = resolvedPath(argumentPath(output)), isInside(place, evidence)
    else { return }
    throw changesEvidence(output)
}

private func isInside(_ place: [UInt8], _ evidence: [FilePath]) -> Bool {
    evidence.compactMap(resolvedPath).contains { path in
        place == path || place.starts(with: path == [0x2F] ? path : path + [0x2F])
    }
}

private func changesEvidence(_ output: String?) -> CommandFailure {
    let name = output.map { ByteText($0).forTerminal } ?? "standard output"
    return CommandFailure(message: "\(name) lies in the evidence, which is not to be changed")
}

/// Where a file is, or would be made, without links.
private func resolvedPlace(_ path: FilePath) -> [UInt8]? {
    if let resolved = resolvedPath(path) { return resolved }
    guard let name = path.lastComponent else { return nil }
    let folder = path.removingLastComponent()
    guard let folder = resolvedPath(folder.isEmpty ? "." : folder) else { return nil }
    return folder + [0x2F] + name.withPlatformString { bytes(of: $0) }
}

/// The path without links, if there is something.
private func resolvedPath(_ path: FilePath) -> [UInt8]? {
    guard let resolved = path.withPlatformString({ realpath($0, nil) }) else { return nil }
    defer { free(resolved) }
    return bytes(of: resolved)
}

/// The regular file that standard output goes to; nil if it goes elsewhere.
private func standardOutputFile() -> [UInt8]? {
    var status = stat()
    guard fstat(STDOUT_FILENO, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return resolvedPath(FilePath("/proc/self/fd/\(STDOUT_FILENO)"))
}

private func bytes(of text: UnsafePointer<CChar>) -> [UInt8] {
    Array(UnsafeRawBufferPointer(start: text, count: strlen(text)))
}
