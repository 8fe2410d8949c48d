import CheckpointModel
import EvidenceText
import Testing

/// The content of deleted files, against what the workload wrote.
@Suite("Deleted files of dumps with known contents")
struct DeletedFileTests {
    private let known: KnownCheckpoint

    init() throws {
        known = try KnownCheckpoint.named("files")
    }

    private func ghost(_ descriptor: UInt32) throws -> GhostFile {
        guard case .ghost(let number) = known.checkpoint.remap(of: try known.file(4736, descriptor)) else {
            throw TruthError(text: "descriptor \(descriptor) is no ghost")
        }
        return try #require(known.checkpoint.ghost(number))
    }

    @Test("A small one, an empty one, and one that two open files describe")
    func small() throws {
        let small = try ghost(24)
        #expect(small.path == .value("/srv/forensics/files/ghost-small.txt"))
        let content = try #require(small.content.value)
        let text = String(decoding: content.prefix(100), as: UTF8.self)
        #expect(text == "ghost content: the quick brown fox was here, unseen\n")
        #expect(try ghost(26).content.value?.size == 0)
        #expect(try ghost(27).number == ghost(28).number)
        #expect(try ghost(27).files.count == 2)
    }

    @Test("A sparse one in chunks")
    func sparse() throws {
        let ghost = try ghost(29)
        #expect(ghost.isChunked)
        let content = try #require(ghost.content.value)
        #expect(content.size == 41_943_040 && content.missingCount == 0)
        var found: [UInt64: [UInt8]] = [:]
        var held = 0
        content.forEachPiece { offset, bytes in
            held += bytes.count
            for place in [UInt64(0), 8_388_608, 41_934_848] where offset <= place {
                let start = Int(place - offset)
                if start < bytes.count { found[place] = Array(bytes[start..<min(start + 16, bytes.count)]) }
            }
        }
        #expect(found[0].map { String(decoding: $0.prefix(4), as: UTF8.self) } == "HEAD")
        #expect(found[8_388_608].map { String(decoding: $0, as: UTF8.self) } == "0000000000000008")
        #expect(found[41_934_848].map { String(decoding: $0.prefix(4), as: UTF8.self) } == "TAIL")
        #expect(held >= 1_126_400 && held < 2_000_000)
    }

    @Test("What has no content: a directory, a symbolic link, a named pipe")
    func special() throws {
        #expect(try ghost(31).mode & 0o170000 == 0o040000)
        #expect(try ghost(33).linkTarget == "nowhere")
        #expect(try ghost(41).mode & 0o170000 == 0o010000)
        for descriptor in [UInt32(31), 33, 41] {
            #expect(try ghost(descriptor).content.absence?.reason == .notApplicable)
        }
    }

    @Test("A file with another link is reached by a name that CRIU made")
    func linkRemap() throws {
        let file = try known.file(4736, 30)
        guard case .link(let id) = known.checkpoint.remap(of: file) else { throw TruthError(text: "no link") }
        let link = try #require(known.checkpoint.file(FileReference(type: .regular, id: id)).value)
        guard case .path(let path) = link.detail else { throw TruthError(text: "no path") }
        #expect(path.isLinkRemap && path.path == "/srv/forensics/files/link_remap.34")
        #expect(known.checkpoint.uses(of: link.reference) == [.linkRemap(of: file.id)])
    }

    @Test("Numbers of images are hexadecimal, and every ghost has a path", arguments: KnownCheckpoint.names)
    func numbers(_ name: String) throws {
        let checkpoint = try KnownCheckpoint.named(name).checkpoint
        for ghost in checkpoint.ghosts {
            #expect(ghost.origin.image == "ghost-file-" + String(ghost.number, radix: 16) + ".img")
            #expect(ghost.path.value != nil)
        }
    }
}
