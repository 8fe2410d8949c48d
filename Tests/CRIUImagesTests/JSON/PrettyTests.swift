import CRIUImages
import CheckpointTestSupport
import Testing

@Suite("Numbers shown for people")
struct PrettyTests {
    /// Checks that an image's JSON for people has a text, and that it is encoded back.
    private func check(_ image: ImageBuilder, _ shown: String) throws {
        let text = try image.pretty()
        #expect(text.contains(shown), "\(text)")
        #expect(try encode(text, byteOrder: image.byteOrder) == image.bytes)
    }

    @Test(
        "Flags have names, the rest is one hexadecimal number",
        arguments: [
            (0, ""), (1, "O_WRONLY"), (0o2, "O_RDWR"), (0o100001, "O_WRONLY | O_LARGEFILE"), (0x4, "0x4"),
            (0o10, "0x8"), (0x8000_0004, "0x80000004"), (0o2000006, "O_RDWR | O_CLOEXEC | 0x4"),
            (
                UInt64(UInt32.max),
                """
                O_WRONLY | O_RDWR | O_CREAT | O_EXCL | O_NOCTTY | O_TRUNC | O_APPEND | O_NONBLOCK | O_DSYNC | FASYNC | \
                O_DIRECT | O_LARGEFILE | O_DIRECTORY | O_NOFOLLOW | O_NOATIME | O_CLOEXEC | 0xfff0003c
                """
            ),
        ])
    func fileFlags(_ flags: UInt64, _ shown: String) throws {
        let image = ImageBuilder(.regFiles).entry(Sample.file(name: [0x2F], flags: flags))
        try check(image, #""flags": "\#(shown)","#)
    }

    @Test("The flags of areas")
    func areaFlags() throws {
        let area = Sample.area(prot: 0xF, flags: 0x122, status: 0x8000_4201)
        let image = ImageBuilder(.vmas).entry(area)
        try check(image, #""prot": "PROT_READ | PROT_WRITE | PROT_EXEC | 0x8","#)
        try check(image, #""flags": "MAP_PRIVATE | MAP_ANON | MAP_GROWSDOWN","#)
        try check(image, #""status": "VMA_AREA_REGULAR | VMA_ANON_PRIVATE | VMA_AREA_MEMFD | VMA_UNSUPP","#)
        try check(image, #""start": "0x1000","#)
    }

    @Test("The flags of runs of pages and of seals")
    func otherFlags() throws {
        let head = MessageBuilder().varint(1, 1)
        let run = MessageBuilder().varint(1, 0x7000).varint(2, 1).varint(4, 0x16)
        let pages = ImageBuilder(.pagemap).entry(head).entry(run)
        try check(pages, #""flags": "PE_LAZY | PE_PRESENT | 0x10""#)
        var memfd = MessageBuilder().text(1, "x").varint(2, 0).varint(3, 0).varint(4, 0).varint(5, 0)
        memfd = memfd.varint(6, 0x2F).varint(7, 0)
        let seals = "F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | 0x20"
        try check(ImageBuilder(.memfdInode).entry(memfd), #""seals": "\#(seals)","#)
    }

    @Test(
        "Devices have a major and a minor number",
        arguments: [(0, "0:0"), (0x80_0001, "8:1"), (0xF_FFFF, "0:1048575"), (0xFFFF_FFFF, "4095:1048575")]
            as [(
                UInt64, String
            )])
    func devices(_ device: UInt64, _ shown: String) throws {
        let image = ImageBuilder(.irmapCache).entry(MessageBuilder().varint(1, device).varint(2, 0).text(3, ""))
        try check(image, #""dev": "\#(shown)","#)
    }

    @Test(
        "Task states are those of the kernel's order, and others are numbers",
        arguments: [(1, #""Alive""#), (2, "2"), (3, #""Stopped""#), (4, "4"), (6, #""Zombie""#), (0, "0")])
    func states(_ state: UInt64, _ shown: String) throws {
        let task = (UInt32(2)...5).reduce(MessageBuilder().varint(1, state)) { $0.varint($1, 0) }.text(6, "comm")
        let image = ImageBuilder(.core).entry(MessageBuilder().varint(1, 1).message(3, task))
        try check(image, #""task_state": \#(shown),"#)
    }

    @Test("Sockets have names for their family, type, protocol and state")
    func sockets() throws {
        let image = ImageBuilder(.inetsk).entry(Sample.socket(family: 10, type: 2, proto: 136, state: 7))
        try check(image, #""family": "INET6","#)
        try check(image, #""type": "DGRAM","#)
        try check(image, #""proto": "UDPLITE","#)
        try check(image, #""state": "CLOSE","#)
    }

    @Test("Unknown families, types, protocols and states are numbers")
    func unknownSockets() throws {
        let image = ImageBuilder(.inetsk).entry(Sample.socket(family: 99, type: 4, proto: UInt64(UInt32.max), state: 0))
        try check(
            image,
            "\"family\": 99,\n            \"type\": 4,\n            \"proto\": 4294967295,\n            \"state\": 0,")
    }

    /// The words of addresses as they are in memory, and the text.
    private static let addressCases: [([UInt32], String)] = [
        ([0x0100_007F], #"["127.0.0.1"]"#), ([0], #"["0.0.0.0"]"#), ([0, 0, 0, 0], #"["::"]"#),
        ([0x80FE, 0, 0, 0x0100_0000], #"["fe80::1"]"#), ([0, 0, 0xFFFF_0000, 0x0100_007F], #"["::ffff:7f00:1"]"#),
        // No number of words that an address has: as they are.
        ([1, 2], "[1,2]"), ([1, 2, 3], "[1,2,3]"), ([1, 2, 3, 4, 5], "[1,2,3,4,5]"),
    ]

    @Test("Addresses", arguments: addressCases)
    func addresses(_ words: [UInt32], _ shown: String) throws {
        let little = ImageBuilder(.inetsk).entry(Sample.socket(source: words, target: words))
        // The words are memory of the machine, so that its byte order tells what they are.
        let stored = words.count == 1 || words.count == 4 ? words.map(\.byteSwapped) : words
        let big = ImageBuilder(.inetsk, byteOrder: .big).entry(Sample.socket(source: stored, target: stored))
        for image in [little, big] {
            let text = try image.pretty()
            let dense = text.filter { $0 != " " && $0 != "\n" }
            #expect(dense.contains(#""src_addr":\#(shown),"dst_addr":\#(shown),"#), "\(text)")
            #expect(try encode(text, byteOrder: image.byteOrder) == image.bytes)
        }
    }

    @Test("Hexadecimal is passed down to all numbers below a field, whatever their own hint, and not to names")
    func hexadecimal() throws {
        let registers = (UInt32(1)...27).reduce(MessageBuilder()) { $0.varint($1, 255) }.varint(28, 2)
        var fpu = (UInt32(1)...9).reduce(MessageBuilder()) { $0.varint($1, 16) }
        for field in [UInt32(10), 11] { fpu = fpu.varint(field, 17).varint(field, 18) }
        let thread = MessageBuilder().varint(1, 0xABC).message(2, registers).message(3, fpu)
        let image = ImageBuilder(.core).entry(MessageBuilder().varint(1, 1).message(2, thread))
        try check(image, #""clear_tid_addr": "0xabc","#)
        try check(image, #""r15": "0xff","#)
        try check(image, #""mode": "COMPAT""#)
        try check(image, #""mtype": "X86_64","#)
    }
}
