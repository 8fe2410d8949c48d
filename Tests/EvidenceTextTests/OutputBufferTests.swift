import Foundation
import SystemPackage
import Testing

@testable import EvidenceText

@Suite("Output buffer")
struct OutputBufferTests {
    /// Runs a function with a new file that is open for writing and returns what the file holds afterwards.
    private func written(_ body: (FileDescriptor) throws -> Void) throws -> [UInt8] {
        let path = FileManager.default.temporaryDirectory.appending(path: "cryoscope-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let descriptor = try FileDescriptor.open(
            FilePath(path), .writeOnly, options: [.create, .exclusiveCreate], permissions: .ownerReadWrite)
        try descriptor.closeAfter { try body(descriptor) }
        return [UInt8](try Data(contentsOf: URL(filePath: path)))
    }

    /// Appends one of everything.
    private func fill(_ out: OutputBuffer, _ round: Int) {
        out.append(UInt8(truncatingIfNeeded: round))
        out.append("literal")
        out.append(decimal: UInt64(round) &* 0x1234_5678_9ABC_DEF1)
        out.append(decimal: -Int64(round))
        out.append(hexadecimal: UInt64(round), width: 5)
        out.append(spaces: round % 7)
        out.append(string: "é\(round)")
        out.append(Array(repeating: 0x2E, count: round % 90))
        out.append(jsonString: "\u{1F600}\"\n\(round)")
    }

    @Test("Whatever the capacity, the bytes are the same", arguments: [1, 64, 65, 67, 97, 128, 4096, 1 << 18])
    func boundaries(_ capacity: Int) throws {
        let whole = OutputBuffer()
        for round in 0..<200 { fill(whole, round) }
        let found = try written { descriptor in
            let out = OutputBuffer(to: descriptor, capacity: capacity)
            for round in 0..<200 { fill(out, round) }
            try out.flush()
        }
        #expect(found == whole.collected)
    }

    @Test("Bytes longer than the buffer are written whole", arguments: [63, 64, 65, 127, 128, 129, 1000])
    func longBytes(_ count: Int) throws {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
        let found = try written { descriptor in
            let out = OutputBuffer(to: descriptor, capacity: 64)
            out.append(0x21)
            out.append(bytes)
            try out.flush()
        }
        #expect(found == [0x21] + bytes)
    }

    @Test("A padded text takes only its own bytes, at every place of the buffer")
    func paddedText() throws {
        let memory = Array("0123456789abcdefghijklmnopqrstuv".utf8)
        for before in 0...64 {
            for count in [0, 1, 16, 17, 32] {
                let found = try written { descriptor in
                    let out = OutputBuffer(to: descriptor, capacity: 64)
                    out.append(Array(repeating: 0x2E, count: before))
                    memory.withUnsafeBytes { out.append(padded: $0.baseAddress!, count: count) }
                    try out.flush()
                }
                #expect(found == Array(repeating: 0x2E, count: before) + memory[..<count])
            }
        }
    }

    @Test("A full buffer is written out before the next byte, and not earlier")
    func fullBuffer() throws {
        let pipe = try FileDescriptor.pipe()
        defer { try? pipe.readEnd.close() }
        let out = OutputBuffer(to: pipe.writeEnd, capacity: 64)
        for _ in 0..<64 { out.append(0x61) }
        try pipe.writeEnd.closeAfter {
            out.append(0x62)
            #expect(out.used == 1)
            for _ in 0..<63 { out.append(0x63) }
            #expect(out.used == 64)
        }
        let found = try withUnsafeTemporaryAllocation(byteCount: 200, alignment: 1) { buffer in
            let count = try pipe.readEnd.read(into: buffer)
            return Array(buffer[..<count])
        }
        #expect(found == Array(repeating: 0x61, count: 64))
    }

    @Test("A buffer without a descriptor keeps everything, beyond its capacity too")
    func collected() {
        let out = OutputBuffer()
        let bytes = (0..<10_000).map { UInt8(truncatingIfNeeded: $0) }
        out.append(bytes)
        #expect(out.collected == bytes)
        out.append(0x21)
        #expect(out.collected == bytes + [0x21])
    }

    @Test("A full device is reported by flush, then nothing more is written")
    func fullDevice() throws {
        let descriptor = try FileDescriptor.open("/dev/full", .writeOnly)
        try descriptor.closeAfter {
            let out = OutputBuffer(to: descriptor, capacity: 64)
            out.append("few")
            #expect(!out.hasFailed)
            out.append(Array(repeating: 0x61, count: 200))
            #expect(out.hasFailed)
            #expect(throws: Errno.noSpace) { try out.flush() }
            #expect(throws: Errno.noSpace) { try out.flush() }
        }
    }

    @Test("A descriptor that cannot be written to is reported by flush, and not before")
    func readOnlyDescriptor() throws {
        let descriptor = try FileDescriptor.open("/dev/null", .readOnly)
        try descriptor.closeAfter {
            let out = OutputBuffer(to: descriptor)
            try out.flush()
            out.append("text")
            #expect(throws: Errno.badFileDescriptor) { try out.flush() }
            #expect(out.hasFailed)
        }
    }
}
