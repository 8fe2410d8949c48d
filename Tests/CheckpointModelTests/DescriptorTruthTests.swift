import CheckpointModel
import EvidenceText
import Testing

/// Compares descriptors with /proc/PID/fd and fdinfo.
@Suite("The descriptors of dumps with known contents")
struct DescriptorTruthTests {
    @Test("Every descriptor is there, in ascending order", arguments: KnownCheckpoint.names)
    func numbers(_ name: String) throws {
        for known in try KnownCheckpoint.named(name).processes where !known.truth.isZombie {
            let numbers = try #require(known.descriptors.value).map(\.number)
            #expect(numbers.sorted() == known.truth.descriptors.map(\.number).sorted(), "\(known)")
        }
    }

    @Test("What descriptors lead to", arguments: KnownCheckpoint.names)
    func targets(_ name: String) throws {
        for (descriptor, truth, place) in try pairs(name) {
            let target = descriptor.file.flatMap(\.target)
            if descriptor.type == .packetSocket {
                // The image of a packet socket has no inode number, which the target is made of.
                #expect(target.absence?.reason == .notRecorded, "\(place)")
            } else {
                #expect(target == .value(truth.target), "\(place)")
            }
            let isDeleted = truth.target.bytes.ends(with: " (deleted)".utf8) && truth.target != Self.misnamed
            #expect(descriptor.file.value?.isDeleted == isDeleted || descriptor.type.isSocket, "\(place)")
        }
    }

    /// A file that is there, under a name that looks as if it were not.
    private static let misnamed: ByteText = "/srv/forensics/files/not-really (deleted)"

    @Test("Flags of open files and of descriptors", arguments: KnownCheckpoint.names)
    func flags(_ name: String) throws {
        for (descriptor, truth, place) in try pairs(name) {
            #expect(descriptor.isClosedOnExec == truth.isClosedOnExec, "\(place)")
            let flags = try #require(descriptor.file.value?.flags.value, "\(place)")
            if KnownCheckpoint.snapshots.contains(name), descriptor.type == .netlinkSocket {
                // CRIU 3.17.1 wrote no flags of netlink sockets.
                #expect(flags == 0 && truth.flags == 2, "\(place)")
            } else {
                #expect(flags == truth.flags, "\(place)")
            }
        }
    }

    @Test("Offsets", arguments: KnownCheckpoint.names)
    func positions(_ name: String) throws {
        for (descriptor, truth, place) in try pairs(name) {
            let position = descriptor.file.flatMap(\.position)
            if Self.typesWithPosition.contains(descriptor.type) {
                #expect(position == .value(truth.position), "\(place)")
            } else {
                // The images have no offsets of files that cannot be sought in; the kernel keeps them at 0.
                #expect(position.absence?.reason == .notRecorded && truth.position == 0, "\(place)")
            }
        }
    }

    private static let typesWithPosition: Set<FileType> = [.regular, .fifo, .terminal, .memfd]

    @Test("Types and permission bits", arguments: KnownCheckpoint.gathered)
    func modes(_ name: String) throws {
        for (descriptor, truth, place) in try pairs(name) {
            let mode = descriptor.file.flatMap(\.mode)
            if let usual = Self.usualModes[descriptor.type] {
                // The images have no mode of files without a name; the kernel gives all of a type the same.
                #expect(mode.absence?.reason == .notRecorded && truth.mode == usual, "\(place)")
            } else {
                #expect(mode == truth.mode.map { .value($0) }, "\(place)")
            }
        }
    }

    private static let usualModes: [FileType: UInt32] = [
        .pipe: 0o10600, .inetSocket: 0o140777, .unixSocket: 0o140777, .packetSocket: 0o140777,
        .netlinkSocket: 0o140777, .eventfd: 0o600, .epoll: 0o600, .inotify: 0o600, .fanotify: 0o600, .signalfd: 0o600,
        .timerfd: 0o600, .pidfd: 0o700,
    ]

    @Test("The fixtures have descriptors of every type but the rarest")
    func types() throws {
        let found = Set(try KnownCheckpoint.names.flatMap { try pairs($0).map(\.0.type) })
        let missing = (1...20).map { FileType(rawValue: $0) }.filter { !found.contains($0) }
        #expect(missing == Self.typesWithoutFixture)
    }

    /// Types that no workload opened, or that the machines could not dump.
    private static let typesWithoutFixture: [FileType] = [.namespace, .tun, .external, .bpfMap]

    /// Each descriptor as the model has it and as it was, and what a failed test shows.
    private func pairs(_ name: String) throws -> [(Descriptor, TruthDescriptor, String)] {
        try KnownCheckpoint.named(name).processes.filter { !$0.truth.isZombie }.flatMap { known in
            let truths = Dictionary(uniqueKeysWithValues: known.truth.descriptors.map { ($0.number, $0) })
            return try #require(known.descriptors.value).map { descriptor in
                let place = "\(known), descriptor \(descriptor.number), \(descriptor.type.name ?? "?")"
                return (descriptor, try #require(truths[descriptor.number], "\(place)"), place)
            }
        }
    }
}

extension [UInt8] {
    fileprivate func ends(with suffix: some Collection<UInt8>) -> Bool {
        self.suffix(suffix.count).elementsEqual(suffix)
    }
}
