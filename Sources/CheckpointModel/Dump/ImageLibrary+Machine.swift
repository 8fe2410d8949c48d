internal import CRIUImages

/// The machine that was dumped, as far as any image tells: of a dump that failed, those that usually do are not there.
extension ImageLibrary {
    /// The order of its bytes.
    var byteOrder: ByteOrder {
        for name in ["inventory.img", "pstree.img", "files.img"] where has(name) {
            if let image = image(name).value { return image.header.byteOrder }
        }
        return .little
    }

    /// In how many core images it is looked for, if not in that of the first process.
    private static let triedCores = 16

    /// Its processor: that of the first process, or else of any.
    var architecture: Known<Architecture> {
        let first = record("pstree.img", PstreeEntry.self).flatMap { architecture(in: "core-\($0.pid).img") }
        if first.value != nil { return first }
        let cores = source.imageNames.lazy.filter { TaskImages.parts($0)?.sort == "core" }
        return cores.prefix(Self.triedCores).map(architecture).first { $0.value != nil } ?? first
    }

    private func architecture(in core: String) -> Known<Architecture> {
        record(core, CoreEntry.self).map { Architecture(rawValue: $0.mtype.rawValue) }
    }
}
