import EvidenceText

/// What a workload and /proc said just before the dump, in one shape for both forms of truth.json.
///
/// Process ids are those that the images use: of the innermost pid namespace.
struct Truth: Sendable {
    /// The processes, by pid.
    let processes: [Int: TruthProcess]
    /// The lists of sockets, each by the name of its file in /proc/net; `ss` is what that tool printed.
    let socketLists: [String: [String]]
    /// Bytes that the workload says are in memory.
    let plants: [TruthPlant]
}

/// A process as /proc had it.
struct TruthProcess: Sendable {
    let pid: Int
    let parentID: Int
    let groupID: Int
    let sessionID: Int
    /// The letter of /proc/PID/stat.
    let state: String
    let name: ByteText
    /// The wait status, which /proc tells of a zombie only.
    let waitStatus: UInt32
    let arguments: [ByteText]
    let environment: [ByteText]
    /// The links of /proc/PID; nil where truth.json has none: for zombies, and in the snapshots of other machines.
    let executable: ByteText?
    let currentDirectory: ByteText?
    let rootDirectory: ByteText?
    /// Nil for zombies.
    let umask: UInt32?
    let threads: [TruthThread]
    let areas: [TruthArea]
    let descriptors: [TruthDescriptor]
    /// Keys and values; empty for zombies.
    let auxiliaryVector: [[UInt64]]
    /// The fields of /proc/PID/stat that are about memory, where truth.json has them.
    let bounds: [String: UInt64]

    /// Whether the process had ended but not been waited for.
    var isZombie: Bool { state == "Z" }
}

/// A thread as /proc had it.
struct TruthThread: Sendable, Equatable {
    let id: Int
    let name: ByteText
}

/// A line of /proc/PID/maps, and what pagemap said of it.
struct TruthArea: Sendable {
    let addresses: Range<UInt64>
    /// As in maps: `rw-p`.
    let permissions: String
    let offset: UInt64
    let name: ByteText
    /// The addresses of the private pages that were present; nil where truth.json has none.
    let residentPages: [UInt64]?
    /// The SHA-256 of these pages, one after the other.
    let residentHash: String?
    /// The SHA-256 of all bytes of the area; nil where truth.json has none.
    var contentHash: String?
    /// The two-letter flags of smaps.
    let flags: [String]
}

/// A descriptor as /proc/PID/fd and fdinfo had it.
struct TruthDescriptor: Sendable {
    let number: UInt32
    let target: ByteText
    let position: UInt64
    /// The flags, without `O_CLOEXEC`.
    let flags: UInt32
    let isClosedOnExec: Bool
    /// What `fstat` said; nil where truth.json has it not.
    let status: FileStatus?
    /// The lines of fdinfo that only some sorts of files have.
    let extraLines: [String]

    /// The type and permission bits, as `st_mode`.
    var mode: UInt32? { status?.mode }

    /// What `fstat` said of an open file.
    struct FileStatus: Sendable {
        let mode: UInt32
        let size: UInt64
        let inode: UInt64
        let linkCount: Int
        let userID: UInt32
        let groupID: UInt32
        /// Major and minor number, as `254:0`.
        let device: String
    }
}

/// Bytes that a workload put into its memory.
struct TruthPlant: Sendable {
    let label: String
    let pid: Int
    let address: UInt64
    let byteCount: Int
    /// The first 512 bytes at most.
    let bytes: [UInt8]
}

extension UInt64 {
    /// A number in hexadecimal, with or without `0x`.
    init(hexadecimalText text: some StringProtocol) throws {
        try self.init(digits: text.hasPrefix("0x") ? String(text.dropFirst(2)) : String(text), radix: 16)
    }

    /// A number in octal, with or without `0o`.
    init(octalText text: some StringProtocol) throws {
        try self.init(digits: text.hasPrefix("0o") ? String(text.dropFirst(2)) : String(text), radix: 8)
    }

    private init(digits: String, radix: Int) throws {
        guard let value = UInt64(digits, radix: radix) else { throw TruthError(text: "not a number: \(digits)") }
        self = value
    }
}

extension [UInt8] {
    /// Bytes from two digits each.
    init(hexadecimalText text: String) throws {
        let digits = Array<Character>(text)
        self = try stride(from: 0, to: digits.count, by: 2).map { index in
            UInt8(truncatingIfNeeded: try UInt64(hexadecimalText: String(digits[index..<(index + 2)])))
        }
    }
}

/// Something in truth.json that the tests do not understand.
struct TruthError: Error {
    let text: String
}
