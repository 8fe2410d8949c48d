import EvidenceText
import FoundationEssentials

/// The truth.json of the dumps by CRIU 4.2.
struct GatheredTruth: Decodable {
    let facts: [Fact]
    let processes: [Process]
    let sockets: [String: [String]]

    struct Fact: Decodable {
        let kind: String
        let label: String?
        let pid: Int?
        let addr: String?
        let len: Int?
        let hex: String?
        let live: Bool?
    }

    struct Process: Decodable {
        let nspid: [Int]
        let pid, ppid, pgid, sid: Int
        let state: String
        let comm: Text
        let exitCode: UInt32
        let cmdline, environ: [Text]
        let exe, cwd, root: String?
        let umask: String?
        let threads: [Thread]
        let vmas: [Area]
        let fds: [Descriptor]
        let auxv: [[Word]]?
        let mm: [String: String]?
    }

    struct Thread: Decodable {
        let nspid: [Int]
        let comm: Text
    }

    struct Area: Decodable {
        let start, end, prot, name: String
        let pgoff: UInt64
        let anonPages: [[UInt64]]?
        let anonSha256: String?
        let sha256: String?
        let flags: [String]?
    }

    struct Descriptor: Decodable {
        let fd: UInt32
        let target: Text
        let pos: UInt64
        let flags: String
        let cloexec: Bool
        let stat: Status
        let fdinfo: [String]?

        struct Status: Decodable {
            let mode: String
            let size, ino: UInt64
            let nlink: Int
            let uid, gid: UInt32
            let dev: String
        }
    }

    /// A text, which stands in hexadecimal where it is not UTF-8.
    struct Text: Decodable {
        let text: String?
        let hex: String?
    }

    /// A number, which stands in hexadecimal where it may be an address.
    struct Word: Decodable {
        let value: UInt64

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let number = try? container.decode(UInt64.self) {
                value = number
            } else {
                value = try UInt64(hexadecimalText: try container.decode(String.self))
            }
        }
    }

    /// Reads the document.
    init(_ document: Data) throws {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        self = try decoder.decode(GatheredTruth.self, from: document)
    }
}

extension Truth {
    init(_ gathered: GatheredTruth) throws {
        // The inner ids of the processes, by the outer ones; a process outside of the dump has the inner id 0.
        let inner = Dictionary(uniqueKeysWithValues: gathered.processes.map { ($0.pid, $0.nspid.last ?? $0.pid) })
        let processes = try gathered.processes.map { try TruthProcess($0, inner) }
        // A later plant at the same address replaces an earlier one; one that is not live was gone before the dump.
        let plants = try gathered.facts.filter { $0.kind == "plant" && $0.live != false }.map(TruthPlant.init)
        let last = Dictionary(plants.map { ("\($0.pid) \($0.address)", $0) }, uniquingKeysWith: { $1 })
        self.init(
            processes: Dictionary(uniqueKeysWithValues: processes.map { ($0.pid, $0) }), socketLists: gathered.sockets,
            plants: last.values.sorted { ($0.pid, $0.address) < ($1.pid, $1.address) })
    }
}

extension TruthProcess {
    fileprivate init(_ process: GatheredTruth.Process, _ inner: [Int: Int]) throws {
        self.init(
            pid: inner[process.pid] ?? 0, parentID: inner[process.ppid] ?? 0, groupID: inner[process.pgid] ?? 0,
            sessionID: inner[process.sid] ?? 0, state: process.state, name: try process.comm.bytes(),
            waitStatus: process.exitCode, arguments: try process.cmdline.map { try $0.bytes() },
            environment: try process.environ.map { try $0.bytes() }, executable: process.exe.flatMap(link),
            currentDirectory: process.cwd.flatMap(link), rootDirectory: process.root.flatMap(link),
            umask: try process.umask.map { UInt32(try UInt64(octalText: $0)) },
            threads: try process.threads.map { TruthThread(id: $0.nspid.last ?? 0, name: try $0.comm.bytes()) },
            areas: try process.vmas.map(TruthArea.init), descriptors: try process.fds.map(TruthDescriptor.init),
            auxiliaryVector: (process.auxv ?? []).map { $0.map(\.value) },
            bounds: try (process.mm ?? [:]).mapValues { try UInt64(hexadecimalText: $0) })
    }
}

/// The target of a link; nil for the empty text that stands for a link that cannot be read.
private func link(_ text: String) -> ByteText? {
    text.isEmpty ? nil : ByteText(text)
}

extension TruthArea {
    fileprivate init(_ area: GatheredTruth.Area) throws {
        let start = try UInt64(hexadecimalText: area.start)
        let pages = area.anonPages?.flatMap { run in (0..<run[1]).map { start + (run[0] + $0) * 4096 } }
        self.init(
            addresses: start..<(try UInt64(hexadecimalText: area.end)), permissions: area.prot, offset: area.pgoff,
            name: ByteText(area.name), residentPages: pages, residentHash: area.anonSha256,
            contentHash: area.sha256, flags: area.flags ?? [])
    }
}

extension TruthDescriptor {
    fileprivate init(_ descriptor: GatheredTruth.Descriptor) throws {
        self.init(
            number: descriptor.fd, target: try descriptor.target.bytes(), position: descriptor.pos,
            flags: UInt32(try UInt64(octalText: descriptor.flags)) & ~closeOnExec, isClosedOnExec: descriptor.cloexec,
            status: try FileStatus(descriptor.stat), extraLines: descriptor.fdinfo ?? [])
    }
}

extension TruthDescriptor.FileStatus {
    fileprivate init(_ status: GatheredTruth.Descriptor.Status) throws {
        self.init(
            mode: UInt32(try UInt64(octalText: status.mode)), size: status.size, inode: status.ino,
            linkCount: status.nlink, userID: status.uid, groupID: status.gid, device: status.dev)
    }
}

extension TruthPlant {
    fileprivate init(_ fact: GatheredTruth.Fact) throws {
        guard let pid = fact.pid, let address = fact.addr, let count = fact.len, let hex = fact.hex else {
            throw TruthError(text: "a plant without a place: \(fact)")
        }
        self.init(
            label: fact.label ?? "", pid: pid, address: try UInt64(hexadecimalText: address), byteCount: count,
            bytes: try [UInt8](hexadecimalText: hex))
    }
}

extension GatheredTruth.Text {
    fileprivate func bytes() throws -> ByteText {
        if let hex { return ByteText(try [UInt8](hexadecimalText: hex)) }
        guard let text else { throw TruthError(text: "neither text nor bytes") }
        return ByteText(text)
    }
}

/// `O_CLOEXEC`, which fdinfo mixes into the flags.
let closeOnExec: UInt32 = 0o2_000_000
