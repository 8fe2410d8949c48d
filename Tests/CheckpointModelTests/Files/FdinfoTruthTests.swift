import CheckpointModel
import EvidenceText
import Testing

/// Compares the details of open files with /proc/PID/fdinfo and `fstat`.
@Suite("What fdinfo said of the open files of dumps with known contents")
struct FdinfoTruthTests {
    /// Lines of which the images know nothing, or that time changes.
    private static let unknowable = ["eventfd-id:", "eventfd-semaphore:", "it_value:", "lock:"]

    @Test("Counters, masks, timers, watched files, processes, terminals", arguments: KnownCheckpoint.names)
    func lines(_ name: String) throws {
        let known = try KnownCheckpoint.named(name)
        let text = FdinfoText(checkpoint: known.checkpoint)
        for (process, truth, file) in try known.openFiles() {
            let expected = truth.extraLines.map(words).filter { line in
                !Self.unknowable.contains { line.hasPrefix($0) }
            }
            var found = text.lines(of: file)
            // Kernels before 5.19 do not tell how many files wait in a queue.
            if !expected.contains(where: { $0.hasPrefix("scm_fds") }) { found.removeAll { $0.hasPrefix("scm_fds") } }
            #expect(found == expected, "\(process), descriptor \(truth.number)")
        }
    }

    @Test("Timers run on between the look and the dump, but not for long", arguments: KnownCheckpoint.names)
    func timers(_ name: String) throws {
        for (process, truth, file) in try KnownCheckpoint.named(name).openFiles() {
            guard case .timerfd(let timer) = file.detail,
                let line = truth.extraLines.first(where: { $0.hasPrefix("it_value:") })
            else { continue }
            let numbers = line.split { !$0.isNumber }.compactMap { Double($0) }
            let before = numbers[0] + numbers[1] / 1e9
            let after = Double(timer.remaining.seconds) + Double(timer.remaining.nanoseconds) / 1e9
            #expect(after <= before && before - after < 60, "\(process), descriptor \(truth.number)")
            #expect(timer.remaining.isZero == (before == 0), "\(process), descriptor \(truth.number)")
        }
    }

    @Test("Locks and leases", arguments: ["files", "chain/3", "arm64", "s390x", "ppc64el", "python-app"])
    func locks(_ name: String) throws {
        let known = try KnownCheckpoint.named(name)
        let expected = known.processes.flatMap { process in
            process.truth.descriptors.flatMap { descriptor in
                descriptor.extraLines.filter { $0.hasPrefix("lock:") }.map {
                    lockWords($0, process.process.pid, descriptor.number)
                }
            }
        }
        let found = known.checkpoint.locks.map { lock in
            "\(lock.pid)/\(lock.descriptor) \(lock.kind.name ?? "?") \(lock.typeNames.joined()) \(lock.start) "
                + (lock.length == 0 ? "EOF" : "\(lock.start + lock.length - 1)")
        }
        // A lock shows at every descriptor of its open file, also at those of a child.
        #expect(found.sorted() == Set(expected).sorted())
        #expect(!found.isEmpty)
    }

    @Test("Sizes of files, owners and times of deleted ones", arguments: KnownCheckpoint.gathered)
    func status(_ name: String) throws {
        let known = try KnownCheckpoint.named(name)
        for (process, truth, file) in try known.openFiles() {
            let place: Comment = "\(process), descriptor \(truth.number)"
            guard let status = truth.status else { continue }
            // facts.jsonl, where the workload writes what it does, grows until the end.
            if case .path(let path) = file.detail, let size = path.size.value,
                file.target.value?.string?.hasSuffix("facts.jsonl") != true
            {
                #expect(size == status.size, place)
            }
            guard case .ghost(let number) = known.checkpoint.remap(of: file) else { continue }
            let ghost = try #require(known.checkpoint.ghost(number), place)
            #expect(ghost.mode == status.mode && ghost.inode == status.inode, place)
            #expect(ghost.userID == status.userID && ghost.groupID == status.groupID, place)
            #expect(ghost.device?.description == status.device, place)
            if let content = ghost.content.value { #expect(content.size == status.size, place) }
            #expect((ghost.content.value == nil) == (status.mode & 0o170000 != 0o100000), place)
        }
    }

    /// A line with its words parted by one blank.
    private func words(_ line: String) -> String {
        line.split { $0 == " " || $0 == "\t" }.joined(separator: " ")
    }

    /// `lock: 1: POSIX ADVISORY WRITE 4736 fe:00:1998981 10 29` as who has it, the sort, what it allows, and where.
    private func lockWords(_ line: String, _ pid: Int, _ descriptor: UInt32) -> String {
        let fields = words(line).split(separator: " ")
        let kind = fields[2] == "OFDLCK" ? "ofd" : fields[2].lowercased()
        let holder = fields[5] == "-1" ? String(pid) : String(fields[5])
        return "\(holder)/\(descriptor) \(kind) \(fields[4].lowercased()) \(fields[7]) \(fields[8])"
    }
}

extension KnownCheckpoint {
    /// The descriptors of all processes as they were and as the model has them.
    func openFiles() throws -> [(KnownProcess, TruthDescriptor, OpenFile)] {
        try processes.filter { !$0.truth.isZombie }.flatMap { process in
            try process.truth.descriptors.sorted { $0.number < $1.number }.map { truth in
                let found = process.descriptors.value?.first { $0.number == truth.number }
                return (process, truth, try #require(found?.file.value, "\(process), descriptor \(truth.number)"))
            }
        }
    }

    /// The open file behind a descriptor.
    func file(_ pid: Int, _ descriptor: UInt32) throws -> OpenFile {
        let reference = try #require(checkpoint.file(pid: pid, descriptor: descriptor), "\(name) \(pid)/\(descriptor)")
        return try #require(checkpoint.file(reference).value)
    }
}
