import CRIUImages
import CheckpointModel
import CheckpointTestSupport
import Testing

/// Takes files.img of known dumps apart into the images that older versions of CRIU wrote, one for each type.
@Suite("Open files in one image for each type")
struct OldFileTests {
    @Test("The old form gives the same files as the new one", arguments: ["files", "sockets", "container"])
    func sameFiles(_ name: String) throws {
        let known = try KnownCheckpoint.named(name)
        let old = try oldForm(of: name).open()
        #expect(old.problems == [])
        for process in known.processes where !process.truth.isZombie {
            let same = try #require(old.process(process.process.pid))
            let found = try #require(old.descriptors(of: same).value)
            for (new, old) in zip(try #require(process.descriptors.value), found) {
                try compare(new, old)
            }
            #expect(found.count == process.descriptors.value?.count)
        }
    }

    @Test("A table that has only one of the images")
    func oneImage() throws {
        var source = try oldForm(of: "files")
        source.images = source.images.filter { !$0.key.hasSuffix("pipes.img") }
        let checkpoint = source.open()
        let process = try #require(checkpoint.processes.value?.first)
        let pipes = try #require(checkpoint.descriptors(of: process).value).filter { $0.type == .pipe }
        #expect(pipes.count == 8)
        #expect(pipes.allSatisfy { $0.file.absence == Absence(.noImage, "no image lists the file") })
    }

    private func compare(_ new: Descriptor, _ old: Descriptor) throws {
        let place: Comment = "descriptor \(new.number), \(new.type.name ?? "?")"
        guard !Self.newTypes.contains(new.type) else {
            #expect(old.file.absence?.reason == .noImage, place)
            return
        }
        let (newFile, oldFile) = (try #require(new.file.value, place), try #require(old.file.value, place))
        #expect(oldFile.target == newFile.target, place)
        #expect(oldFile.flags == newFile.flags, place)
        #expect(oldFile.position == newFile.position, place)
        #expect(oldFile.mode == newFile.mode, place)
        #expect(oldFile.isDeleted == newFile.isDeleted, place)
        #expect(oldFile.socket == newFile.socket, place)
    }

    /// Types that came after files.img, so that there never was an image of them alone.
    private static let newTypes: Set<FileType> = [.memfd, .pidfd]

    /// The images of a dump, with files.img taken apart.
    private func oldForm(of name: String) throws -> MemorySource {
        var source = MemorySource()
        let scenario = Scenario.named(name)
        for image in scenario.images where image.fileName != "files.img" {
            source.images[image.fileName] = try image.bytes()
        }
        let file = try scenario.image("files.img").open()
        var cursor = file.entries()
        while try cursor.next() {
            let fields = LengthDelimitedFields(file.bytes.copy(cursor.messageRange)).fields
            for (number, (image, kind)) in Self.oldImages {
                guard let message = fields[number] else { continue }
                if source.images[image] == nil { source[image] = ImageBuilder(kind) }
                source[image] = source[image].entry(MessageBuilder(message))
            }
        }
        return source
    }

    /// The images by the fields of an entry in files.img.
    private static let oldImages: [UInt64: (String, ImageKind)] = [
        3: ("reg-files.img", .regFiles), 4: ("inetsk.img", .inetsk), 5: ("ns-files.img", .nsFiles),
        6: ("packetsk.img", .packetsk), 7: ("netlinksk.img", .netlinkSk), 8: ("eventfd.img", .eventfdFile),
        9: ("eventpoll.img", .eventpollFile), 10: ("signalfd.img", .signalfd), 11: ("tunfile.img", .tunfile),
        12: ("timerfd.img", .timerfd), 13: ("inotify.img", .inotifyFile), 14: ("fanotify.img", .fanotifyFile),
        15: ("ext-files.img", .extFiles), 16: ("unixsk.img", .unixsk), 17: ("fifo.img", .fifo),
        18: ("pipes.img", .pipes), 19: ("tty.img", .ttyFiles),
    ]
}

/// The fields of a message that have a length: texts, bytes and nested messages.
private struct LengthDelimitedFields {
    var fields: [UInt64: [UInt8]] = [:]
    private var rest: ArraySlice<UInt8>

    init(_ message: [UInt8]) {
        rest = message[...]
        while !rest.isEmpty {
            let tag = varint()
            let value = varint()
            if tag & 7 == 2 {
                fields[tag >> 3] = Array(rest.prefix(Int(value)))
                rest = rest.dropFirst(Int(value))
            }
        }
    }

    private mutating func varint() -> UInt64 {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 7) {
            let byte = rest.removeFirst()
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { break }
        }
        return value
    }
}
