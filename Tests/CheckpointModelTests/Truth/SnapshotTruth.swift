import EvidenceText
import FoundationEssentials

/// The truth.json of the dumps by CRIU 3.17.1: files of /proc as they were, and what the workload printed.
struct SnapshotTruth: Decodable {
    let records: [Record]
    let snapshots: [String: Snapshot]

    /// A line that the workload printed.
    struct Record: Decodable {
        let kind: String
        let name: String?
        let pid: Int?
        let start: String?
        let len: UInt64?
        let pageSize: UInt64?
        let bigEndian: Int?
        let localMarker: String?
        let tlsValueAddr: String?
        let tlsValue: String?
        let tid: Int?
        let pthreadSelf: String?
        let addr: String?
    }

    /// What was in /proc at one time.
    struct Snapshot: Decodable {
        let netTcp, netUnix: String
        let processes: [String: Process]
    }

    /// The files of /proc/PID.
    struct Process: Decodable {
        let maps, smaps, status, stat, auxvHex, fd: String
        let cmdline, environ: [String]
        let fdinfo: [String: String]
        let tasks: [String: Task]

        struct Task: Decodable {
            let comm: String
        }
    }

    /// Reads the document.
    init(_ document: Data) throws {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        self = try decoder.decode(SnapshotTruth.self, from: document)
    }

    /// The state just before the last dump.
    func last() throws -> Snapshot {
        guard let last = snapshots["final"] else { throw TruthError(text: "there is no final snapshot") }
        return last
    }

    /// The one record of a kind, or the one of a kind and name.
    func record(_ kind: String, _ name: String? = nil) throws -> Record {
        guard let record = records.first(where: { $0.kind == kind && (name == nil || $0.name == name) }) else {
            throw TruthError(text: "there is no record \(kind) \(name ?? "")")
        }
        return record
    }
}

extension Truth {
    init(_ document: SnapshotTruth) throws {
        let snapshot = try document.last()
        let isBigEndian = try document.record("process").bigEndian == 1
        let pids = Set(snapshot.processes.keys.compactMap { Int($0) })
        let processes = try snapshot.processes.map { try TruthProcess($1, $0, pids, isBigEndian) }
        self.init(
            processes: Dictionary(uniqueKeysWithValues: processes.map { ($0.pid, $0) }),
            socketLists: [
                "proc_net_tcp": snapshot.netTcp.split(separator: "\n").map(String.init),
                "proc_net_unix": snapshot.netUnix.split(separator: "\n").map(String.init),
            ],
            plants: [])
    }
}

extension TruthProcess {
    fileprivate init(
        _ process: SnapshotTruth.Process, _ pid: String, _ pids: Set<Int>, _ isBigEndian: Bool
    ) throws {
        // The name in stat can hold anything, also parentheses: what follows the last one are the other fields.
        guard let end = process.stat.lastIndex(of: ")") else { throw TruthError(text: process.stat) }
        let fields = process.stat[process.stat.index(after: end)...].split { $0 == " " || $0 == "\n" }
        func integer(_ index: Int) -> Int { Int(fields[index]) ?? -1 }
        let status = statusFields(process.status)
        self.init(
            pid: Int(pid) ?? 0, parentID: pids.contains(integer(1)) ? integer(1) : 0, groupID: integer(2),
            sessionID: integer(3), state: String(fields[0]), name: ByteText(status["Name"] ?? ""),
            waitStatus: UInt32(integer(49)), arguments: process.cmdline.map { ByteText($0) },
            environment: process.environ.map { ByteText($0) }, executable: nil, currentDirectory: nil,
            rootDirectory: nil, umask: try status["Umask"].map { UInt32(try UInt64(octalText: $0)) },
            threads: process.tasks.map { TruthThread(id: Int($0) ?? 0, name: ByteText(String($1.comm.dropLast()))) },
            areas: try mappedAreas(process),
            descriptors: try openDescriptors(process),
            auxiliaryVector: pairs(try [UInt8](hexadecimalText: process.auxvHex), isBigEndian),
            bounds: try memoryBounds(fields.map(String.init)))
    }
}

/// The fields of /proc/PID/status.
private func statusFields(_ text: String) -> [String: String] {
    let pairs = text.split(separator: "\n").map { $0.split(separator: ":\t", maxSplits: 1).map(String.init) }
    return Dictionary(pairs.filter { $0.count == 2 }.map { ($0[0], $0[1]) }, uniquingKeysWith: { first, _ in first })
}

/// The fields of /proc/PID/stat that are about memory, counted from the state on.
private func memoryBounds(_ fields: [String]) throws -> [String: UInt64] {
    let places = [
        "start_code": 23, "end_code": 24, "start_stack": 25, "start_data": 42, "end_data": 43, "start_brk": 44,
        "arg_start": 45, "arg_end": 46, "env_start": 47, "env_end": 48,
    ]
    return places.compactMapValues { UInt64(fields[$0]) }
}

/// The keys and values of an auxiliary vector of 64-bit words.
private func pairs(_ bytes: [UInt8], _ isBigEndian: Bool) -> [[UInt64]] {
    let words = stride(from: 0, to: bytes.count, by: 8).map { start in
        let word = isBigEndian ? Array(bytes[start..<(start + 8)]) : bytes[start..<(start + 8)].reversed()
        return word.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    }
    return stride(from: 0, to: words.count, by: 2).map { [words[$0], words[$0 + 1]] }
}

/// The areas of /proc/PID/maps, with the flags of smaps.
private func mappedAreas(_ process: SnapshotTruth.Process) throws -> [TruthArea] {
    let prefix = "VmFlags: "
    let flags = process.smaps.split(separator: "\n").filter { $0.hasPrefix(prefix) }.map {
        $0.dropFirst(prefix.count).split(separator: " ").map(String.init)
    }
    let lines = process.maps.split(separator: "\n")
    guard flags.count == lines.count else { throw TruthError(text: "maps and smaps differ") }
    return try zip(lines, flags).map { try TruthArea(line: $0, flags: $1) }
}

extension TruthArea {
    /// Reads a line of /proc/PID/maps.
    fileprivate init(line: Substring, flags: [String]) throws {
        let fields = line.split(separator: " ", maxSplits: 5, omittingEmptySubsequences: true)
        let addresses = fields[0].split(separator: "-")
        let name = fields.count > 5 ? fields[5].drop { $0 == " " } : ""
        self.init(
            addresses: try UInt64(hexadecimalText: addresses[0])..<(try UInt64(hexadecimalText: addresses[1])),
            permissions: String(fields[1]), offset: try UInt64(hexadecimalText: fields[2]),
            name: ByteText(String(name)),
            residentPages: nil, residentHash: nil, flags: flags)
    }
}

/// The descriptors, out of the listing of /proc/PID/fd and the files of /proc/PID/fdinfo.
private func openDescriptors(_ process: SnapshotTruth.Process) throws -> [TruthDescriptor] {
    let links = process.fd.split(separator: "\n").compactMap { line -> (String, String)? in
        let sides = line.split(separator: " -> ", maxSplits: 1)
        guard sides.count == 2, let number = sides[0].split(separator: " ").last else { return nil }
        return (String(number), String(sides[1]))
    }
    let targets = Dictionary(links, uniquingKeysWith: { first, _ in first })
    return try process.fdinfo.map { descriptor, text in
        guard let target = targets[descriptor] else { throw TruthError(text: "\(descriptor) has no link") }
        let fields = statusFields(text)
        let flags = UInt32(try UInt64(octalText: fields["flags"] ?? ""))
        return TruthDescriptor(
            number: UInt32(descriptor) ?? 0, target: ByteText(target), position: UInt64(fields["pos"] ?? "") ?? 0,
            flags: flags & ~closeOnExec, isClosedOnExec: flags & closeOnExec != 0, status: nil,
            extraLines: text.split(separator: "\n").map(String.init).filter { line in
                !["pos:", "flags:", "mnt_id:", "ino:"].contains { line.hasPrefix($0) }
            })
    }
}
