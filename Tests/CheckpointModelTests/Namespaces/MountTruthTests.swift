import CheckpointModel
import CheckpointTestSupport
import EvidenceText
import Testing

/// Compares mount tables with /proc/PID/mountinfo.
@Suite("The mounts of dumps with known contents")
struct MountTruthTests {
    private static func mounts(_ standing: Namespace.Standing) throws -> [Mount] {
        let checkpoint = try KnownCheckpoint.named("container").checkpoint
        let namespace = try #require(
            checkpoint.namespaces.first { $0.kind == .mnt && $0.standing == standing })
        return try #require(checkpoint.mounts(of: namespace).value)
    }

    @Test("Every line of mountinfo, in its order")
    func lines() throws {
        let lines = try #require(NamespaceTruth("container").network).mountinfo.map(MountLine.init)
        let mounts = try MountTruthTests.mounts(.root)
        #expect(mounts.map(\.id) == lines.map(\.id))
        for (mount, line) in zip(mounts, lines) {
            #expect(mount.parentID == line.parent, "\(line)")
            #expect(mount.device.description == line.device, "\(line)")
            #expect(mount.root == ByteText(line.root) && mount.mountPoint == ByteText(line.mountPoint), "\(line)")
            #expect(mount.flags.names == line.options, "\(line)")
            #expect(mount.sharedGroup == nil && mount.masterGroup == nil && line.optionalFields.isEmpty, "\(line)")
            #expect(mount.source == ByteText(line.source), "\(line)")
            let added = mount.optionsOfCRIU
            let options = mount.superOptionWords.filter { !added.contains($0) }.map { $0.string ?? "" }
            #expect(try #require(mount.superFlags.value).names + options == line.superOptions, "\(line)")
            if line.fileSystem == "ext4" {
                #expect(mount.fileSystem.absence?.reason == .notRecorded, "\(line)")
            } else {
                #expect(mount.fileSystem == .value(ByteText(line.fileSystem)), "\(line)")
            }
        }
    }

    @Test("How the mounts are on each other, and where they were read")
    func tree() throws {
        let mounts = try MountTruthTests.mounts(.root)
        #expect(mounts.map(\.depth) == [0, 1, 1, 1, 2, 2, 2, 1, 1, 1, 1])
        // CRIU writes them the other way round.
        #expect(mounts.map(\.origin) == (0..<11).map { Origin("mountpoints-14.img", entry: 10 - $0) })
    }

    @Test("The external mount, bind mounts, and the option that CRIU adds")
    func marks() throws {
        let mounts = try MountTruthTests.mounts(.root)
        let external = mounts.filter { $0.external != nil }
        #expect(external.map(\.mountPoint) == ["/mnt/external"])
        #expect(external.first?.external == .key("extvol"))
        #expect(mounts.filter(\.isBound).map(\.mountPoint) == ["/", "/mnt/external", "/mnt/bind", "/mnt/ro"])
        #expect(mounts.filter { !$0.optionsOfCRIU.isEmpty }.map(\.mountPoint) == ["/dev/pts"])
        #expect(!mounts.contains { $0.isDeleted || $0.isTraceOfCRIU || $0.usesPlugin })
    }

    @Test("The nested namespace has a copy of the mounts, and one more")
    func nested() throws {
        let (outer, inner) = (try MountTruthTests.mounts(.root), try MountTruthTests.mounts(.nested))
        #expect(inner.map(\.mountPoint) == outer.map(\.mountPoint) + ["/mnt/inner"])
        #expect(Set(inner.map(\.id)).isDisjoint(with: outer.map(\.id)))
    }

    /// What `tar tvzf` lists of the images: type, mode, owner, size or device, path and target.
    private static let files = [
        "/tmp": [
            "directory 1777 0:0 0 ", "file 4755 0:0 2 setuid", "fifo 600 0:0 0 fifo",
            "symbolic-link 777 0:0 0 link -> notes.txt", "directory 755 0:0 0 sub dir", "file 644 0:0 20 sub dir/café",
            "file 644 0:0 31 notes.txt",
        ],
        "/dev/shm": ["directory 1777 0:0 0 ", "file 644 0:0 26 posix-shm"],
        "/mnt/inner": ["directory 1777 0:0 0 ", "file 644 0:0 43 only-here"],
    ]

    @Test("What each tmpfs held", arguments: files.keys.sorted())
    func content(_ mountPoint: String) throws {
        let checkpoint = try KnownCheckpoint.named("container").checkpoint
        let mount = try #require(MountTruthTests.mounts(.nested).first { $0.mountPoint == ByteText(mountPoint) })
        let members = try #require(checkpoint.tmpfsContent(of: mount).value)
        let lines = members.map { member in
            let target = member.linkTarget?.string.map { " -> " + $0 } ?? ""
            let facts = "\(member.type.rawValue) \(String(member.mode, radix: 8)) \(member.userID):\(member.groupID)"
            return facts + " \(member.size) \(member.name.string ?? "?")\(target)"
        }
        #expect(lines == MountTruthTests.files[mountPoint])
    }

    @Test("Device nodes of a tmpfs, and the bytes of a file")
    func bytes() throws {
        let checkpoint = try KnownCheckpoint.named("container").checkpoint
        let mounts = try MountTruthTests.mounts(.root)
        func members(_ mountPoint: ByteText) throws -> [ArchiveMember] {
            let mount = try #require(mounts.first { $0.mountPoint == mountPoint })
            return try #require(checkpoint.tmpfsContent(of: mount).value)
        }
        let nodes = try members("/dev").filter { $0.type == .characterDevice }
        #expect(
            nodes.map { "\($0.name.string ?? "") \($0.device?.major ?? 0):\($0.device?.minor ?? 0)" } == [
                "zero 1:5", "null 1:3",
            ])
        let notes = try #require(members("/tmp").first { $0.name == "notes.txt" }?.content.value)
        #expect(notes.size == 31 && notes.missingCount == 0)
        #expect(checkpoint.problems.isEmpty)
    }

    @Test("What is no tmpfs has no such content")
    func others() throws {
        let checkpoint = try KnownCheckpoint.named("container").checkpoint
        let root = try #require(MountTruthTests.mounts(.root).first)
        #expect(checkpoint.tmpfsContent(of: root).absence?.reason == .notApplicable)
        #expect(checkpoint.automounter(of: root).absence?.reason == .notApplicable)
    }

    @Test(
        "Mounts of a container of Podman: an overlay at the top, and those that Podman brings",
        arguments: [".tar", ".tar.gz", ".tar.zst"])
    func archive(_ suffix: String) throws {
        let checkpoint = try KnownArchive.shelltree(suffix)
        let namespace = try #require(checkpoint.namespaces.first { $0.kind == .mnt })
        let mounts = try #require(checkpoint.mounts(of: namespace).value)
        #expect(mounts.count == 32)
        let root = try #require(mounts.first)
        #expect(root.mountPoint == "/" && root.fileSystem == .value("overlay"))
        let layers = try #require(root.overlay)
        #expect(layers.lower.count == 1 && layers.upper?.string?.hasSuffix("/diff") == true)
        #expect(layers.work?.string?.hasSuffix("/work") == true)
        let notes = try #require(mounts.first { $0.mountPoint == "/notes" })
        #expect(notes.external == .key("/notes"))
        #expect(notes.root == "/var/lib/containers/storage/volumes/notes/_data")
        // Podman keeps /dev/shm itself.
        let shm = try #require(mounts.first { $0.mountPoint == "/dev/shm" })
        #expect(checkpoint.tmpfsContent(of: shm).absence?.reason == .noImage)
        #expect(checkpoint.problems.isEmpty)
    }

    @Test(
        "A mount namespace that was not dumped says why", arguments: KnownCheckpoint.names.filter { $0 != "container" })
    func shared(_ name: String) throws {
        let checkpoint = try KnownCheckpoint.named(name).checkpoint
        let namespace = try #require(checkpoint.namespaces.first { $0.kind == .mnt })
        let absence = try #require(checkpoint.mounts(of: namespace).absence)
        #expect(absence.detail == "the mount namespace was not dumped: it is shared with the host")
    }
}

/// A line of /proc/PID/mountinfo.
struct MountLine: CustomStringConvertible {
    let id, parent: UInt32
    let device, root, mountPoint, fileSystem, source: String
    let options, optionalFields, superOptions: [String]
    let description: String

    init(_ line: String) throws {
        let words = line.split(separator: " ").map(String.init)
        let dash = try #require(words.firstIndex(of: "-"))
        id = try #require(UInt32(words[0]))
        parent = try #require(UInt32(words[1]))
        (device, root, mountPoint) = (words[2], words[3], words[4])
        options = words[5].split(separator: ",").map(String.init)
        optionalFields = Array(words[6..<dash])
        (fileSystem, source) = (words[dash + 1], words[dash + 2])
        superOptions = words[dash + 3].split(separator: ",").map(String.init)
        description = line
    }
}
