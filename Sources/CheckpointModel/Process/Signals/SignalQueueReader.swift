internal import CRIUImages

/// Reads the signals that wait, from a core image or an image of their own.
struct SignalQueueReader {
    private let library: ImageLibrary
    private let layout: SignalLayout

    init(_ library: ImageLibrary, _ layout: SignalLayout) {
        self.library = library
        self.layout = layout
    }

    /// Signals of one entry of an image. One that cannot be read is left out and noted.
    func signals(_ entries: [SiginfoEntry], in origin: Origin) -> [PendingSignal] {
        entries.compactMap { signal($0, origin) }
    }

    /// Signals that each have an entry, as old versions of CRIU wrote them.
    func signals(ofImage image: String) -> Known<[PendingSignal]> {
        library.records(image, SiginfoEntry.self).map { entries in
            entries.enumerated().compactMap { signal($1, Origin(image, entry: $0)) }
        }
    }

    private func signal(_ entry: SiginfoEntry, _ origin: Origin) -> PendingSignal? {
        if let signal = PendingSignal(parsing: entry.siginfo, layout, origin) { return signal }
        let detail = "a signal of only \(entry.siginfo.count) bytes"
        library.note(
            Problem(image: origin.image, entry: origin.entry, offset: nil, code: "bad-signal", detail: detail))
        return nil
    }
}
