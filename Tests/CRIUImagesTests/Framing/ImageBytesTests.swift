import CRIUImages
import CheckpointTestSupport
import Foundation
import SystemPackage
import Testing

@Suite("Bytes of an image")
struct ImageBytesTests {
    private let image = Scenario.named("tree").image("pstree.img")

    @Test("A file, its slices and its copies are the same bytes")
    func slices() throws {
        let bytes = try image.bytes()
        let mapped = try ImageBytes(path: FilePath(image.url.path))
        #expect(mapped.count == bytes.count)
        #expect(mapped.copy(0..<bytes.count) == bytes)
        let part = mapped[10..<50]
        #expect(part.count == 40)
        #expect(part.copy(5..<10) == Array(bytes[15..<20]))
        #expect(part[5..<10].copy(0..<5) == Array(bytes[15..<20]))
        #expect(part[40..<40].copy(0..<0) == [])
        #expect(part.withUnsafeBytes { Array($0) } == Array(bytes[10..<50]))
    }

    @Test("Bytes that were given back to the kernel are read anew")
    func release() throws {
        let pages = Scenario.named("tree").image("pages-1.img")
        let mapped = try ImageBytes(path: FilePath(pages.url.path))
        let before = mapped.copy(0..<mapped.count)
        mapped.release(-5..<(mapped.count + 5))
        mapped.release(100..<100)
        #expect(mapped.copy(0..<mapped.count) == before)
        #expect(before == (try pages.bytes()))
    }

    @Test("Bytes are the same ones if they are the same part of one file, however often it is opened")
    func sameBytes() throws {
        let path = FilePath(Scenario.named("tree").image("pages-1.img").url.path)
        let (one, other) = (try ImageBytes(path: path), try ImageBytes(path: path))
        #expect(one.isSame(as: other) && one[4096..<8192].isSame(as: other[0..<8192][4096..<8192]))
        #expect(!one[0..<4096].isSame(as: other[4096..<8192]) && !one[0..<4096].isSame(as: other[0..<8192]))
        let copy = ImageBytes(one.copy(0..<one.count))
        #expect(
            !one.isSame(as: copy) && copy.isSame(as: copy) && !copy.isSame(as: ImageBytes(copy.copy(0..<copy.count))))
        let folder = try ScratchFolder()
        try folder.write("copy", one.copy(0..<one.count))
        #expect(try !one.isSame(as: ImageBytes(path: FilePath(folder.path("copy")))))
    }

    /// Bytes enough for the kernel to copy them, and for more than one step of writing.
    private static let large = (0..<(9 << 20)).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 13) }

    @Test("Written bytes are the bytes, whether the kernel copies them from file to file or not")
    func writing() throws {
        let folder = try ScratchFolder()
        try folder.write("large", ImageBytesTests.large)
        let mapped = try ImageBytes(path: FilePath(folder.path("large")))
        let part = 4097..<(ImageBytesTests.large.count - 5)
        let expected = [UInt8](repeating: 0, count: 700) + ImageBytesTests.large[part]
        for (name, bytes) in [("kernel", mapped[part]), ("copy", ImageBytes(mapped.copy(part)))] {
            let file = try FileDescriptor.open(
                FilePath(folder.path(name)), .readWrite, options: .create, permissions: .ownerReadWrite)
            try file.closeAfter { try bytes.write(to: file, at: 700) }
            #expect(try folder.bytes(name) == expected, "\(name)")
        }
    }

    @Test("What cannot be written is an error, whoever writes")
    func writingFails() throws {
        let folder = try ScratchFolder()
        try folder.write("large", ImageBytesTests.large)
        let mapped = try ImageBytes(path: FilePath(folder.path("large")))
        let full = try FileDescriptor.open("/dev/full", .writeOnly)
        defer { try? full.close() }
        for bytes in [mapped, ImageBytes(ImageBytesTests.large)] {
            #expect(throws: Errno.noSpace) { try bytes.write(to: full, at: 0) }
            #expect(throws: Errno.fileTooLarge) { try bytes.write(to: full, at: UInt64(Int64.max)) }
            #expect(throws: Errno.fileTooLarge) { try bytes.write(to: full, at: UInt64.max) }
        }
        let reading = try FileDescriptor.open(FilePath(folder.path("large")), .readOnly)
        defer { try? reading.close() }
        #expect(throws: Errno.badFileDescriptor) { try mapped.write(to: reading, at: 0) }
    }

    @Test("A large file needs no descriptor when there are none to spare")
    func manyLargeFiles() throws {
        let folder = try ScratchFolder()
        try folder.write("large", ImageBytesTests.large)
        let path = FilePath(folder.path("large"))
        let many = try (0..<1100).map { _ in try ImageBytes(path: path) }
        let file = try FileDescriptor.open(
            FilePath(folder.path("out")), .readWrite, options: .create, permissions: .ownerReadWrite)
        try file.closeAfter { try #require(many.last).write(to: file, at: 0) }
        #expect(try folder.bytes("out") == ImageBytesTests.large)
    }

    @Test("A pipe is spooled")
    func pipe() throws {
        let pipe = try FileDescriptor.pipe()
        let bytes = (0..<3000).map { UInt8(truncatingIfNeeded: $0) }
        try pipe.writeEnd.closeAfter { _ = try pipe.writeEnd.writeAll(bytes) }
        let spooled = try pipe.readEnd.closeAfter { try ImageBytes(reading: pipe.readEnd) }
        #expect(spooled.copy(0..<spooled.count) == bytes)
    }

    @Test("An empty file has no bytes")
    func empty() throws {
        let bytes = try ImageBytes(path: "/dev/null")
        #expect(bytes.count == 0)
        #expect(bytes.copy(0..<0) == [])
        #expect(ImageBytes([]).count == 0)
    }

    @Test("What cannot be read says why")
    func unreadable() throws {
        #expect(throws: Errno.noSuchFileOrDirectory) { try ImageBytes(path: "/nonexistent/image") }
        #expect(throws: Errno.isDirectory) { try ImageBytes(path: "/") }
        let error = #expect(throws: ImageError.self) { try ImageFile(path: "/nonexistent/core-1.img") }
        #expect(error?.code == .unreadable)
        #expect(error?.image == "/nonexistent/core-1.img")
        #expect(error?.offset == nil)
    }

    @Test("A FIFO without a writer does not block")
    func fifo() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "cryoscope-\(UUID().uuidString)").path
        #expect(mkfifo(path, 0o600) == 0)
        defer { try? FileManager.default.removeItem(atPath: path) }
        #expect(try ImageBytes(path: FilePath(path)).count == 0)
    }
}
