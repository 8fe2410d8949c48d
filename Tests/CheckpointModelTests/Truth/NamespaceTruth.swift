import CheckpointTestSupport
import FoundationEssentials

/// What truth.json of the dumps by CRIU 4.2 says of namespaces: the parts that not all of them have are optional.
struct NamespaceTruth: Decodable {
    let processes: [Process]
    let facts: [Fact]
    let network: Network?

    struct Process: Decodable {
        let nspid: [Int]
        let state: String
        /// The links of /proc/PID/ns by kind; null for those that a zombie has no more.
        let ns: [String: String?]
        /// The lines of /proc/PID/cgroup.
        let cgroup: [String]

        /// The id in the innermost namespace, as the images have it.
        var pid: Int { nspid.last ?? 0 }
    }

    struct Fact: Decodable {
        let kind: String
        let shm: [Segment]?
        let sem: Semaphores?
        let msg: Queue?
    }

    struct Segment: Decodable {
        let key: String
        let id: UInt32
        let size: UInt64
        let at_4096: String?
        let at_0: String?
    }

    struct Semaphores: Decodable {
        let key: String
        let id: UInt32
        let values: [UInt16]
    }

    struct Queue: Decodable {
        let key: String
        let id: UInt32
        let messages: [Message]
    }

    /// A type, and a text, or `hex ` and bytes.
    struct Message: Decodable {
        let type: UInt64
        let text: [UInt8]

        init(from decoder: any Decoder) throws {
            var list = try decoder.unkeyedContainer()
            type = try list.decode(UInt64.self)
            let text = try list.decode(String.self)
            self.text =
                text.hasPrefix("hex ") ? try [UInt8](hexadecimalText: String(text.dropFirst(4))) : Array(text.utf8)
        }
    }

    /// What the tools of iproute2 and others printed in the namespaces of the first process.
    struct Network: Decodable {
        let links: [Link]
        let addresses: [DeviceAddresses]
        let routes4: [Route]
        let routes6: [Route]
        let rules: [Rule]
        let nft: [String]
        let hostname: String
        let mountinfo: [String]
        let timens_offsets: [String]
        let uid_map: [String]
    }

    struct Link: Decodable {
        let ifindex: UInt32
        let ifname: String
        let flags: [String]
        let mtu: UInt32
        let link_type: String
        let address: String?
        let link: String?
        let master: String?
        let linkinfo: Info?

        struct Info: Decodable {
            let info_kind: String
        }
    }

    struct DeviceAddresses: Decodable {
        let ifindex: UInt32
        let addr_info: [Address]
    }

    struct Address: Decodable {
        let family: String
        let local: String
        let address: String?
        let prefixlen: UInt8
        let scope: String
        let label: String?
        let nodad: Bool?
        let tentative: Bool?
        let valid_life_time: UInt32
        let preferred_life_time: UInt32
    }

    struct Route: Decodable {
        let type: String?
        let dst: String
        let gateway: String?
        let dev: String?
        let table: String?
        let `protocol`: String?
        let scope: String?
        let prefsrc: String?
        let metric: UInt32?
        let pref: String?
        let flags: [String]
    }

    struct Rule: Decodable {
        let priority: UInt32
        let src: String
        let table: String
        let fwmark: String?
    }

    /// Reads the truth of a scenario.
    init(_ scenario: String) throws {
        self = try JSONDecoder().decode(NamespaceTruth.self, from: try Scenario.named(scenario).truth())
    }
}
