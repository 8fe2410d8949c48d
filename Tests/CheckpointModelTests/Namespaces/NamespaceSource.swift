import CRIUImages
import CheckpointTestSupport

@testable import CheckpointModel

extension MemorySource {
    /// Begins a dump whose process 1 is in namespaces of its own, numbered as in real dumps: 9 pid, 10 net, 11 ipc, 12 uts,
    /// 13 time, 14 mnt, 15 cgroup, 16 user.
    static func contained(_ order: ByteOrder = .little) -> MemorySource {
        var source = MemorySource()
        let own = MessageBuilder.ids(pid: 1, net: 2, ipc: 3, uts: 4, mnt: 6, user: 7, cgroup: 8, time: 5)
        source["inventory.img"] = ImageBuilder(.inventory, byteOrder: order).entry(
            MessageBuilder().varint(1, 2).message(3, own).varint(4, 1))
        source.addProcesses([(1, 0)])
        source.addIDs(1)
        source["files.img"] = ImageBuilder(.files)
        source["fdinfo-2.img"] = ImageBuilder(.fdinfo)
        return source
    }

    /// Gives a process the ids of its namespaces.
    mutating func addIDs(
        _ pid: UInt32, net: UInt64 = 10, mnt: UInt64 = 14, user: UInt64 = 16
    ) {
        self["ids-\(pid).img"] = ImageBuilder(.ids).entry(
            .ids(pid: 9, net: net, ipc: 11, uts: 12, mnt: mnt, user: user, cgroup: 15, time: 13))
    }

    /// The network of the namespace with a number, and the checkpoint that tells what is wrong with it.
    func network(_ id: UInt32 = 10) throws -> (network: NetworkConfiguration, checkpoint: Checkpoint) {
        let checkpoint = open()
        guard let namespace = checkpoint.namespaces.first(where: { $0.kind == .net && $0.id == id }),
            let network = checkpoint.network(of: namespace).value
        else { throw TruthError(text: "there is no network namespace \(id)") }
        return (network, checkpoint)
    }

    /// The mounts of the namespace with a number, and the checkpoint that tells what is wrong with them.
    func mounts(_ id: UInt32 = 14) throws -> (mounts: [Mount], checkpoint: Checkpoint) {
        let checkpoint = open()
        guard let namespace = checkpoint.namespaces.first(where: { $0.kind == .mnt && $0.id == id }),
            let mounts = checkpoint.mounts(of: namespace).value
        else { throw TruthError(text: "there is no mount namespace \(id)") }
        return (mounts, checkpoint)
    }
}

extension MessageBuilder {
    /// The ids of the kernel objects of a process.
    static func ids(
        pid: UInt64, net: UInt64, ipc: UInt64, uts: UInt64, mnt: UInt64, user: UInt64, cgroup: UInt64, time: UInt64
    ) -> MessageBuilder {
        MessageBuilder().varint(1, 2).varint(2, 2).varint(3, 2).varint(4, 2).varint(5, pid).varint(6, net)
            .varint(7, ipc).varint(8, uts).varint(9, mnt).varint(10, user).varint(11, cgroup).varint(12, time)
    }

    /// A mount.
    static func mount(
        _ id: UInt64, on parent: UInt64, _ mountPoint: String, type: UInt64 = 5, device: UInt64 = 45,
        flags: UInt64 = 0, options: String = ""
    ) -> MessageBuilder {
        MessageBuilder().varint(1, type).varint(2, id).varint(3, device).varint(4, parent).varint(5, flags)
            .text(6, "/").text(7, mountPoint).text(8, "source").text(9, options)
    }

    /// A network device.
    static func device(_ type: UInt64, _ index: UInt64, _ name: String) -> MessageBuilder {
        MessageBuilder().varint(1, type).varint(2, index).varint(3, 1500).varint(4, 0x1003).text(5, name)
    }
}
