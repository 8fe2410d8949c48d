internal import CElfutils
internal import CheckpointModel
internal import EvidenceText
internal import SystemPackage

/// Gives the library the files of a module when it asks for them, and no others: nothing is found by the library's own
/// rules, which would look on this machine and on the network.
final class ModuleSource {
    private let module: MappedModule
    private let debugFiles: DebugFiles

    init(_ module: MappedModule, _ debugFiles: DebugFiles) {
        self.module = module
        self.debugFiles = debugFiles
    }

    /// The module's file. The library owns the handle; the bytes are those of the module, which the session keeps.
    private var elf: OpaquePointer? {
        module.file.value?.file.bytes.withUnsafeBytes { bytes in
            // The library takes a pointer to bytes that it could change, and with a reading handle does not.
            let start = UnsafeMutableRawPointer(mutating: bytes.baseAddress)
            return elf_memory(start?.assumingMemoryBound(to: CChar.self), bytes.count)
        }
    }

    /// An open file with the module's symbols, which the library closes; nil if there is none.
    private func symbols(named link: ByteText?) -> FileDescriptor? {
        let buildID = module.file.value?.elf.buildID ?? []
        return debugFiles.openSymbols(buildID, of: module.name, named: link)
    }

    static var callbacks: Dwfl_Callbacks {
        Dwfl_Callbacks(
            find_elf: { _, userData, _, _, _, elf in
                elf?.pointee = ModuleSource.source(userData)?.elf
                return -1
            },
            find_debuginfo: { _, userData, _, _, _, link, checksum, name in
                // A file that several files of symbols share has a name but no checksum: it is looked for by its build id.
                guard let source = ModuleSource.source(userData), link == nil || checksum != 0,
                    let file = source.symbols(named: link.map { ByteText(String(cString: $0)) })
                else { return -1 }
                name?.pointee = strdup("symbols")
                return file.rawValue
            },
            section_address: { _, _, _, _, _, _, _, address in
                address?.pointee = .max
                return 0
            }, debuginfo_path: nil)
    }

    private static func source(_ userData: UnsafeMutablePointer<UnsafeMutableRawPointer?>?) -> ModuleSource? {
        guard let pointer = userData?.pointee else { return nil }
        return Unmanaged<ModuleSource>.fromOpaque(pointer).takeUnretainedValue()
    }
}
