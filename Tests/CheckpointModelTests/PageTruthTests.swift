import CRIUImages
import CheckpointModel
import CheckpointTestSupport
import EvidenceText
import FoundationEssentials
import SystemPackage
import Testing

/// Compares the pages in the images with what /proc/PID/pagemap and /proc/PID/mem said.
@Suite("The pages of dumps with known contents")
struct PageTruthTests {
    @Test("Which private pages are in the images", arguments: KnownCheckpoint.gathered)
    func residentPages(_ name: String) throws {
        for known in try KnownCheckpoint.named(name).processes where !known.truth.isZombie {
            let memory = try #require(known.memory.value)
            let present = Set(try #require(memory.pageRuns.value).flatMap { $0.addresses(memory.pageSize) })
            for area in known.truth.areas {
                let found = Set(present.filter(area.addresses.contains))
                let resident = Set(area.residentPages ?? [])
                let added = found.subtracting(resident)
                // After --leave-running the page that an earlier dump copied is the process's own.
                let traces = pagesThatCRIUAdds(to: area, of: known).subtracting(resident)
                #expect(added == traces, "\(known), \(area.name)")
                // What is missing was only read: the shared zero page, as the next test shows by its contents.
                let zero = resident.subtracting(found)
                #expect(zero.isEmpty || area.name.isEmpty, "\(known), \(area.addresses)")
                let segment = memory.segments.first { $0.addresses.lowerBound == area.addresses.lowerBound }
                let counted = segment?.pages.present ?? 0
                #expect(counted == UInt64(resident.count + added.count - zero.count), "\(known), \(area.addresses)")
            }
        }
    }

    @Test("The hash that contents are compared by")
    func hash() {
        #expect(sha256(Array("abc".utf8)) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(sha256([]) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    }

    @Test("The contents of all private pages, missing ones being zero", arguments: KnownCheckpoint.gathered)
    func contents(_ name: String) throws {
        var compared = 0
        for known in try KnownCheckpoint.named(name).processes where !known.truth.isZombie {
            let memory = try #require(known.memory.value)
            let restartable = Set(try restartableAreas(of: known))
            for area in known.truth.areas {
                guard let hash = area.residentHash, let pages = area.residentPages else { continue }
                let bytes = pages.flatMap { page in
                    memory.bytes(at: page..<(page + 4096)).value ?? Array(repeating: 0, count: 4096)
                }
                compared += 1
                if sha256(bytes) == hash { continue }
                // The kernel rewrites a thread's rseq area whenever the thread is scheduled.
                #expect(restartable.contains(where: area.addresses.contains), "\(known), \(area.addresses)")
            }
        }
        #expect(compared > 4)
    }

    @Test("Bytes that a workload planted", arguments: ["memory", "crash", "container"])
    func plants(_ name: String) throws {
        let known = try KnownCheckpoint.named(name)
        var elsewhere: Set<String> = []
        for plant in known.truth.plants {
            let process = try #require(known.processes.first { $0.process.pid == plant.pid })
            let end = plant.address + UInt64(min(plant.byteCount, 512))
            switch try #require(process.memory.value).bytes(at: plant.address..<end) {
            case .value(let bytes): #expect(bytes == plant.bytes, "\(plant.label)")
            case .missing(let absence):
                #expect(absence.reason == .pagesAbsent, "\(plant.label)")
                elsewhere.insert(plant.label)
            }
        }
        #expect(elsewhere == Self.plantsElsewhere[name] ?? [])
    }

    /// The plants that are not in the private pages of a process: in files that CRIU did not dump, in the images of
    /// deleted files, and in those of shared memory.
    private static let plantsElsewhere: [String: Set<String>] = [
        "memory": [
            "rodata", "clean private file page", "private file at offset 3 pages", "shared file mapping",
            "deleted file, private r--", "deleted file, shared rw-",
            "memfd shared", "memfd private r-x", "shared anon, parent", "shared anon, child", "sysv shm",
        ],
        "container": ["sysv attached"],
    ]

    /// The pages that are in the image of every process though it had no copy of them: the kernel's shared object, and
    /// the first page of the program's text, into which CRIU put a system call for a moment.
    private func pagesThatCRIUAdds(to area: TruthArea, of known: KnownProcess) -> Set<UInt64> {
        let addresses = area.addresses
        if area.name == "[vdso]" { return Set(stride(from: addresses.lowerBound, to: addresses.upperBound, by: 4096)) }
        let text = known.truth.areas.first { $0.permissions == "r-xp" }
        return text?.addresses == addresses ? [addresses.lowerBound] : []
    }

    /// Where the restartable sequences of the threads are registered.
    private func restartableAreas(of known: KnownProcess) throws -> [UInt64] {
        let folder = FilePath(Scenario.named(known.scenario).folder.path)
        return try known.process.threads.compactMap { thread in
            let image = try ImageFile(path: folder.appending("core-\(thread.id).img"))
            return image.records(CoreEntry.self).records.first?.threadCore?.rseqEntry?.rseqAbiPointer
        }
    }
}

extension PageRun {
    /// The address of each page.
    func addresses(_ pageSize: UInt64) -> [UInt64] {
        (0..<pageCount).map { address + $0 * pageSize }
    }
}
