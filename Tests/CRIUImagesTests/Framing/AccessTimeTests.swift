import CRIUImages
import CheckpointTestSupport
import Foundation
import SystemPackage
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

@Suite("Times of last access")
struct AccessTimeTests {
    /// What a test stands on: that reading a file sets its time here.
    private static let areKept: Bool = {
        guard let folder = try? ScratchFolder(), (try? folder.write("file", [1])) != nil else { return false }
        setAccessTime(folder.path("file"), 1_000)
        _ = try? folder.bytes("file")
        return accessTime(folder.path("file")) != 1_000
    }()

    @Test("To read evidence leaves no trace", .enabled(if: areKept))
    func noTrace() throws {
        let folder = try ScratchFolder()
        try folder.write("file", Array(repeating: 7, count: 10_000))
        setAccessTime(folder.path("file"), 1_000)
        let path = FilePath(folder.path("file"))
        let bytes = try ImageBytes(path: path)
        #expect(bytes.copy(0..<10_000).allSatisfy { $0 == 7 })
        #expect(try fileHoles(path).isEmpty)
        #expect(accessTime(folder.path("file")) == 1_000)
    }

    @Test("Where the system does not let a user ask for that, files are opened all the same")
    func refused() throws {
        var asked: [Bool] = []
        let file = try openEvidence("/dev/null", .noFollow) { path, options in
            asked.append(options.contains(.keepsAccessTime))
            #expect(options.isSuperset(of: [.noFollow, .nonBlocking, .closeOnExec]))
            if options.contains(.keepsAccessTime) { throw Errno.notPermitted }
            return try FileDescriptor.open(path, .readOnly, options: options)
        }
        try file.close()
        #expect(asked == [true, false])
    }

    @Test("Any other failure is one")
    func failure() {
        var count = 0
        #expect(throws: Errno.permissionDenied) {
            try openEvidence("/dev/null") { _, _ in
                count += 1
                throw Errno.permissionDenied
            }
        }
        #expect(count == 1)
        #expect(throws: Errno.noSuchFileOrDirectory) { try openEvidence("/dev/there-is-no-such-file") }
    }
}

private func setAccessTime(_ path: String, _ seconds: Int) {
    // With a later time of change, a file system that sets the time of access seldom has to set it.
    let times = [timespec(tv_sec: seconds, tv_nsec: 0), timespec(tv_sec: seconds + 1_000, tv_nsec: 0)]
    #expect(utimensat(AT_FDCWD, path, times, 0) == 0)
}

private func accessTime(_ path: String) -> Int {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_atim.tv_sec : -1
}
