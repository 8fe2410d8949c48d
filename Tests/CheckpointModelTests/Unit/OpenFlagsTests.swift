import CheckpointModel
import Testing

@Suite("The flags of open files")
struct OpenFlagsTests {
    private static let x86 = Architecture(rawValue: 1)
    private static let aarch64 = Architecture(rawValue: 3)

    @Test("Access modes")
    func access() {
        #expect([0, 1, 2, 3].map { OpenFlags($0, Self.x86).access } == ["O_RDONLY", "O_WRONLY", "O_RDWR", "3"])
        #expect([0, 1, 2, 3].map { OpenFlags($0, Self.x86).isReadable } == [true, false, true, false])
        #expect([0, 1, 2, 3].map { OpenFlags($0, Self.x86).isWritable } == [false, true, true, false])
        let path = OpenFlags(0o10_000_002, Self.x86)
        #expect(path.isPath && !path.isReadable && !path.isWritable)
    }

    @Test(
        "Flags that all machines number alike",
        arguments: [
            (0o100, "O_CREAT"), (0o200, "O_EXCL"), (0o400, "O_NOCTTY"), (0o1000, "O_TRUNC"), (0o2000, "O_APPEND"),
            (0o4000, "O_NONBLOCK"), (0o10000, "O_DSYNC"), (0o4_010_000, "O_SYNC"), (0o20000, "O_ASYNC"),
            (0o1_000_000, "O_NOATIME"), (0o2_000_000, "O_CLOEXEC"), (0o10_000_000, "O_PATH"),
        ] as [(UInt32, String)])
    func common(_ bit: UInt32, _ name: String) {
        for architecture in [1, 2, 3, 4, 5, 8].map(Architecture.init) {
            #expect(OpenFlags(bit, architecture).flagNames == ["O_RDONLY", name])
        }
    }

    @Test(
        "Flags that ARM and POWER number in another way",
        arguments: [
            (0o40000, "O_DIRECT", "O_DIRECTORY"), (0o100000, "O_LARGEFILE", "O_NOFOLLOW"),
            (0o200000, "O_DIRECTORY", "O_DIRECT"), (0o400000, "O_NOFOLLOW", "O_LARGEFILE"),
        ] as [(UInt32, String, String)])
    func different(_ bit: UInt32, _ onX86: String, _ onARM: String) {
        for number in [1, 5, 7, 8] as [Int32] {
            #expect(OpenFlags(bit, Architecture(rawValue: number)).flagNames == ["O_RDONLY", onX86])
        }
        for number in [2, 3, 4] as [Int32] {
            #expect(OpenFlags(bit, Architecture(rawValue: number)).flagNames == ["O_RDONLY", onARM])
        }
        #expect(OpenFlags(bit, nil).flagNames == ["O_RDONLY", onX86])
    }

    @Test("Flags of two bits are one name, and their parts are not")
    func twoBits() {
        #expect(OpenFlags(0o20_200_002, Self.x86).flagNames == ["O_RDWR", "O_TMPFILE"])
        #expect(OpenFlags(0o20_040_002, Self.aarch64).flagNames == ["O_RDWR", "O_TMPFILE"])
        #expect(OpenFlags(0o4_000_000, Self.x86).flagNames == ["O_RDONLY", "0x100000"])
    }

    @Test("Bits without a name come last")
    func unknown() {
        #expect(OpenFlags(0x8000_0401, Self.x86).flagNames == ["O_WRONLY", "O_APPEND", "0x80000000"])
        #expect(OpenFlags(0, Self.x86).flagNames == ["O_RDONLY"])
    }
}
