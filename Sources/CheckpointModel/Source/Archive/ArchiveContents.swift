internal import CRIUImages
internal import Synchronization

/// Where the contents of an archive's members are. All members share it, so that one of them takes little memory.
final class ArchiveContents: Sendable {
    private let archive: ImageBytes
    /// What is known when the archive has been looked through to its end.
    private let late = Mutex<(spooled: Known<ImageBytes>, unpacker: ArchiveUnpacker)?>(nil)

    init(_ archive: ImageBytes) {
        self.archive = archive
    }

    /// Where the content of one member is.
    enum Place: Sendable {
        /// Nowhere, since it is no regular file.
        case none
        /// In the mapped archive.
        case mapped(Range<Int>)
        /// In memory.
        case memory(ImageBytes)
        /// In the temporary file.
        case spooled(Range<Int>)
        /// To be unpacked when it is asked for, so many bytes, some of which have been kept.
        case deferred(Int, [DeferredBytes.Stretch])
        /// Nowhere, since it could not be read.
        case lost(String)
    }

    /// Notes that the archive has been looked through.
    ///
    /// - Parameters:
    ///   - spooled: The temporary file.
    ///   - unpacker: Unpacks what was passed over.
    func finish(spooled: Known<ImageBytes>, _ unpacker: ArchiveUnpacker) {
        late.withLock { $0 = (spooled, unpacker) }
    }

    /// The bytes of a member, or why there are none.
    func bytes(_ place: Place, ofMember number: Int) -> Known<DeferredBytes> {
        switch place {
        case .none: .missing(Absence(.notApplicable, "not a regular file"))
        case .mapped(let range): .value(DeferredBytes(archive[range]))
        case .memory(let bytes): .value(DeferredBytes(bytes))
        case .spooled(let range): spooled.map { DeferredBytes($0[range]) }
        case .deferred(let count, let held):
            .value(DeferredBytes(count: count, held: held) { self.unpacked(number) })
        case .lost(let detail): .missing(Absence(.damaged, detail))
        }
    }

    private var spooled: Known<ImageBytes> { late.withLock { $0?.spooled } ?? .missing(ArchiveContents.early) }

    private func unpacked(_ number: Int) -> Known<ImageBytes> {
        late.withLock { $0?.unpacker }?.bytes(ofMember: number) ?? .missing(ArchiveContents.early)
    }

    private static let early = Absence(.unreadable, "the archive has not been looked through")
}
