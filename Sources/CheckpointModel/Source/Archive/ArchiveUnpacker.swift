internal import CRIUImages
internal import EvidenceText
internal import Synchronization
internal import SystemPackage

/// Unpacks the members of an archive that were passed over when it was looked through: all page images at once, or all
/// others, the first time that one of them is asked for.
final class ArchiveUnpacker: Sendable {
    private let archive: ImageBytes
    private let context: SourceContext
    /// The numbers of the members that are unpacked together.
    private let groups: [Set<Int>]
    private let unpacked: Mutex<[[Int: Known<ImageBytes>]?]>

    /// - Parameter groups: The numbers of the members that are unpacked together.
    init(_ archive: ImageBytes, _ context: SourceContext, groups: [Set<Int>]) {
        self.archive = archive
        self.context = context
        self.groups = groups
        unpacked = Mutex(Array(repeating: nil, count: groups.count))
    }

    /// The content of a member, or why it cannot be had. The first call takes a pass over the archive.
    func bytes(ofMember number: Int) -> Known<ImageBytes> {
        guard let group = groups.firstIndex(where: { $0.contains(number) }) else {
            return .missing(Absence(.damaged, "nothing was passed over"))
        }
        return unpacked.withLock { unpacked in
            if let contents = unpacked[group] { return contents[number] ?? ArchiveUnpacker.gone }
            let contents = unpack(groups[group])
            unpacked[group] = contents
            return contents[number] ?? ArchiveUnpacker.gone
        }
    }

    private static let gone = Known<ImageBytes>.missing(Absence(.damaged, "the archive has changed"))

    private func unpack(_ wanted: Set<Int>) -> [Int: Known<ImageBytes>] {
        do {
            var spool = try Spool(in: context.options.spoolFolder)
            var pass = try ArchivePass(archive, context, isUnpacking: true)
            let places = unpack(wanted, from: &pass, to: &spool)
            let all = try spool.map()
            return places.mapValues { place in place.map { all[$0] } }
        } catch {
            let absence = Absence(.unreadable, "cannot be unpacked: \(text(of: error))")
            return Dictionary(uniqueKeysWithValues: wanted.map { ($0, .missing(absence)) })
        }
    }

    private func text(of error: any Error) -> String {
        (error as? ArchiveDamage)?.detail ?? (error as? Errno).map { unpackingFailure($0, context) } ?? "\(error)"
    }

    private func unpack(_ wanted: Set<Int>, from pass: inout ArchivePass, to spool: inout Spool)
        -> [Int: Known<Range<Int>>]
    {
        var places: [Int: Known<Range<Int>>] = [:]
        let last = wanted.max() ?? -1
        while pass.count <= last, let header = pass.next() {
            let number = pass.count - 1
            guard wanted.contains(number) else {
                // A pass reads what it passes over in the same way, so that its end is found at the same place.
                _ = try? pass.read(header) { _, _ in }
                continue
            }
            do throws(Errno) {
                places[number] = .value(try spool.append(header, of: &pass).range)
            } catch {
                let detail = "its \(header.size) bytes cannot be unpacked: \(unpackingFailure(error, context))"
                places[number] = .missing(Absence(.unreadable, detail))
            }
        }
        return places
    }
}

/// What hinders unpacking, and what to do about it.
func unpackingFailure(_ error: Errno, _ context: SourceContext) -> String {
    let folder = context.options.spoolFolder.map { "in " + ByteText($0.string).forTerminal } ?? "in TMPDIR"
    return error == .noSpace ? "there is not enough room \(folder)" : "\(error) \(folder)"
}
