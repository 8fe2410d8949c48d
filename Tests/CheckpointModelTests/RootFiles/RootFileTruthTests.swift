import CRIUImages
import CheckpointTestSupport
import EvidenceText
import Foundation
import SystemPackage
import Testing

@testable import CheckpointModel

/// Unchanged pages of mapped files, read from a root file system.
@Suite("Pages of mapped files")
struct RootFileTruthTests {
    private struct Mapped {
        let space: AddressSpace
        let segment: MemorySegment

        /// The first page of code that the images do not have.
        var stretch: MemoryStretch {
            let start = segment.addresses.lowerBound + 4096
            return space.stretch(at: start, before: segment.addresses.upperBound)
        }
    }

    /// The code of the workload `wl`, in its first process.
    private func code(_ scenario: Scenario, root: String?) throws -> Mapped {
        let checkpoint = try Checkpoint(path: FilePath(scenario.folder.path))
        let process = try #require(checkpoint.processes.value?.first)
        let files = RootFiles(checkpoint, sysroot: try root.map { try SystemRoot(path: FilePath($0)) })
        let space = try #require(checkpoint.addressSpace(of: process, files: files).value)
        let segment = try #require(
            space.segments.first { $0.protection.contains(.execute) && $0.name == "/srv/forensics/arch/wl" })
        return Mapped(space: space, segment: segment)
    }

    private func root(_ scenario: Scenario) -> String {
        Scenario.fixtures.appending(path: scenario.name.prefix { $0 != "/" } + "/root").path
    }

    @Test(
        "The file with the recorded build-id is verified, and its pages are those around",
        arguments: ["chain/3", "arm64"])
    func verified(_ name: String) throws {
        let scenario = Scenario.named(name)
        let mapped = try code(scenario, root: root(scenario))
        let stretch = mapped.stretch
        let offset = mapped.segment.offset + 4096
        #expect(stretch.origin == .file("/srv/forensics/arch/wl", offset: offset, isVerified: true))
        let file = try Data(contentsOf: URL(filePath: root(scenario) + "/srv/forensics/arch/wl"))
        #expect(stretch.bytes?.copy(0..<4096) == [UInt8](file[Int(offset)..<(Int(offset) + 4096)]))
        // The one page of code that CRIU dumped is the file's own: the file is what was mapped.
        let start = mapped.segment.addresses.lowerBound
        #expect(mapped.space.bytes(in: start..<(start + 4096)).value == [UInt8](file[Int(offset - 4096)..<Int(offset)]))
    }

    @Test("Without a directory the pages are absent")
    func absent() throws {
        let mapped = try code(Scenario.named("chain/3"), root: nil)
        #expect(mapped.stretch.origin == .absent(.cleanFilePage("/srv/forensics/arch/wl", offset: 0x2000)))
    }

    @Test("A file that is another one is given, but not as verified", arguments: [true, false])
    func unverified(_ hasBuildID: Bool) throws {
        let scenario = Scenario.named("chain/3")
        let folder = try ScratchFolder()
        try folder.makeFolder("srv/forensics/arch")
        var bytes = [UInt8](try Data(contentsOf: URL(filePath: root(scenario) + "/srv/forensics/arch/wl")))
        let buildID = try #require(ELFHeader(parsing: .init(bytes))?.buildID)
        let place = try #require(bytes.firstRange(of: buildID))
        // The owner of the note, before its content, or a byte of the build-id.
        bytes[hasBuildID ? place.lowerBound : place.lowerBound - 4] ^= 1
        try folder.write("srv/forensics/arch/wl", bytes)
        let stretch = try code(scenario, root: folder.path).stretch
        #expect(stretch.origin == .file("/srv/forensics/arch/wl", offset: 0x2000, isVerified: false))
    }

    @Test("Headers of ELF files")
    func headers() throws {
        func header(_ scenario: String, _ path: String) throws -> ELFHeader {
            let file = Scenario.fixtures.appending(path: "\(scenario)/root/srv/forensics/\(path)")
            return try #require(ELFHeader(parsing: .init([UInt8](try Data(contentsOf: file)))))
        }
        let crash = try header("crash", "crash/crash")
        #expect(crash.buildID == (try [UInt8](hexadecimalText: "d778f7f8ce10566bcc651ff9e41a78ff03a84da1")))
        #expect(crash.is64Bit && !crash.isBigEndian && crash.type == 3 && crash.machine == 62 && crash.loads.count == 4)
        #expect(crash.loads.map(\.isExecutable) == [false, true, false, false] && crash.loads[1].offset == 0x1000)
        #expect(crash.extent <= 32968)
        let big = try header("s390x", "arch/wl")
        #expect(big.isBigEndian && big.type == 2 && big.machine == 22 && big.buildID.count == 20)
    }

    @Test("Every cut and many changes of a file are parsed or refused, and never lead out of it")
    func hostileHeaders() throws {
        var random = SeededGenerator(printingSeedFor: "ELF headers")
        let file = Scenario.fixtures.appending(path: "crash/root/srv/forensics/crash/crash")
        let bytes = [UInt8](try Data(contentsOf: file))
        for count in stride(from: 0, to: bytes.count, by: 97) {
            let header = ELFHeader(parsing: .init(Array(bytes[..<count])))
            #expect(header == nil || header?.buildID.isEmpty == true || count > 0x350)
        }
        for _ in 0..<2000 {
            var changed = bytes
            for _ in 0..<Int.random(in: 1...8, using: &random) {
                changed[Int.random(in: 0..<0x400, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            if let header = ELFHeader(parsing: .init(changed)) { #expect(header.buildID.count <= 64) }
        }
    }
}
