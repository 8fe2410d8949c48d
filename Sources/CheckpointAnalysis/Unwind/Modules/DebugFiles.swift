public import CheckpointModel

internal import EvidenceText
internal import SystemPackage

/// Where files of debug symbols are looked for: in a directory as distributions have it, and in the root file system.
public struct DebugFiles: Sendable {
    private let folder: SystemRoot?
    private let sysroot: SystemRoot?

    /// Looks in directories.
    ///
    /// - Parameters:
    ///   - folder: A directory of debug files: with `.build-id` in it, or a whole `/usr/lib/debug` below it.
    ///   - sysroot: The root file system.
    public init(folder: SystemRoot?, sysroot: SystemRoot?) {
        self.folder = folder
        self.sysroot = sysroot
    }

    /// A program or library itself, by its build id: debug servers and caches have it beside the symbols.
    func program(_ buildID: [UInt8]) -> RootFile? { first(candidates(buildID, suffix: ""), with: buildID) }

    /// The file with the symbols of a program or library, by its build id.
    func symbols(_ buildID: [UInt8]) -> RootFile? { first(candidates(buildID, suffix: ".debug"), with: buildID) }

    /// Opens the file with the symbols of a program or library. The caller closes it.
    ///
    /// - Parameters:
    ///   - buildID: The build id, which the file must have as well.
    ///   - program: The path of the program or library.
    ///   - link: What the program calls the file; nil if it does not tell.
    func openSymbols(_ buildID: [UInt8], of program: ByteText, named link: ByteText?) -> FileDescriptor? {
        let named = link.map { names($0, of: program) } ?? []
        guard !buildID.isEmpty else { return nil }
        for (root, path) in candidates(buildID, suffix: ".debug") + named {
            guard root.file(path, .debugFiles).value?.elf?.buildID == buildID else { continue }
            return root.open(path).value
        }
        return nil
    }

    /// Where a file can be that a program has a name for.
    private func names(_ link: ByteText, of program: ByteText) -> [(SystemRoot, ByteText)] {
        let parent = program.bytes.lastIndex(of: UInt8(ascii: "/")).map { Array(program.bytes[...$0]) } ?? []
        let name = link.bytes.split(separator: UInt8(ascii: "/")).last.map { Array($0) } ?? []
        var candidates: [(SystemRoot, ByteText)] = []
        if let folder {
            candidates += [(folder, parent + name), (folder, name)].map { ($0, ByteText($1)) }
        }
        if let sysroot {
            let places = ["/usr/lib/debug/" + "", ""].map { Array($0.utf8) + parent }
            candidates += places.map { (sysroot, ByteText($0 + name)) }
            candidates.append((sysroot, ByteText(parent + Array(".debug/".utf8) + name)))
        }
        return candidates
    }

    private func candidates(_ buildID: [UInt8], suffix: String) -> [(SystemRoot, ByteText)] {
        guard buildID.count > 1 else { return [] }
        let digits = hexadecimalDigits(buildID)
        let name = ".build-id/\(digits.prefix(2))/\(digits.dropFirst(2))\(suffix)"
        let system = ByteText("usr/lib/debug/" + name)
        return [folder.map { ($0, ByteText(name)) }, folder.map { ($0, system) }, sysroot.map { ($0, system) }]
            .compactMap { $0 }
    }

    private func first(_ candidates: [(SystemRoot, ByteText)], with buildID: [UInt8]) -> RootFile? {
        guard !buildID.isEmpty else { return nil }
        for (root, path) in candidates {
            if let file = root.file(path, .debugFiles).value, file.elf?.buildID == buildID { return file }
        }
        return nil
    }
}

/// Bytes as lower-case hexadecimal digits.
func hexadecimalDigits(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}
