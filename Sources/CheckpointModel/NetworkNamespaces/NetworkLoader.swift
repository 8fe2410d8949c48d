internal import CRIUImages
internal import EvidenceText

/// Reads the images of a network namespace.
struct NetworkLoader {
    private let library: ImageLibrary
    private let namespace: Namespace

    init(_ library: ImageLibrary, _ namespace: Namespace) {
        self.library = library
        self.namespace = namespace
    }

    func configuration() -> NetworkConfiguration {
        let general = library.needed(image("netns-"), NetnsEntry.self)
        return NetworkConfiguration(
            devices: devices,
            addresses: messages("ifaddr-", InterfaceAddress.magic, InterfaceAddress.messageType, InterfaceAddress.init),
            routes4: messages("route-", Route.magic, Route.messageType, Route.init),
            routes6: messages("route6-", Route.magic, Route.messageType, Route.init),
            rules: messages("rule-", RoutingRule.magic, RoutingRule.messageType, RoutingRule.init),
            firewall: FirewallText.Tool.allCases.compactMap { tool in
                let name = image("\(tool.rawValue)-")
                return library.has(name) ? FirewallText.load(tool, name, library).value : nil
            },
            connections: messages("netns-ct-", nil, TrackedConnection.messageType, TrackedConnection.init),
            expectations: messages("netns-exp-", nil, ExpectedConnection.messageType, ExpectedConnection.init),
            settings: general.map(settings),
            peerNumbers: general.value?.nsids.map { .init(namespaceID: $0.targetNsId, number: $0.netnsidValue) } ?? [])
    }

    private func image(_ prefix: String) -> String { namespace.imageName(prefix) }

    private func messages<Item>(
        _ prefix: String, _ magic: UInt32?, _ type: UInt16, _ make: (NetlinkMessage, Origin) -> Item?
    ) -> Known<[Item]> {
        NetlinkImage(library, name: image(prefix)).items(magic: magic, type: type, make)
    }

    private var devices: Known<[NetworkDevice]> {
        let name = image("netdev-")
        let isBigEndian = library.byteOrder == .big
        return library.records(name, NetDeviceEntry.self).map { entries in
            entries.enumerated().map { NetworkDevice($1, isBigEndian: isBigEndian, Origin(name, entry: $0)) }
        }
    }

    private func settings(_ entry: NetnsEntry) -> [KernelSetting] {
        let origin = Origin(image("netns-"), entry: 0)
        return KernelSetting.device4("net.ipv4.conf.default", entry.defConf4, old: entry.defConf, origin)
            + KernelSetting.device4("net.ipv4.conf.all", entry.allConf4, old: entry.allConf, origin)
            + KernelSetting.list("net.ipv6.conf.default", SettingNames.ipv6, entry.defConf6, origin)
            + KernelSetting.list("net.ipv6.conf.all", SettingNames.ipv6, entry.allConf6, origin)
            + KernelSetting.list("net.unix", SettingNames.unix, entry.unixConf, origin)
            + KernelSetting.list("net.ipv4", SettingNames.ipv4General, entry.ipv4Sysctl, origin)
    }
}

extension Checkpoint {
    /// What a network namespace holds. It is read anew each time: keep it.
    ///
    /// - Returns: Missing for the host's, and for an external one, of which CRIU keeps only the key.
    public func network(of namespace: Namespace) -> Known<NetworkConfiguration> {
        guard namespace.kind == .net else {
            return .missing(Absence(.notApplicable, "a \(namespace.kind.title) namespace has no network"))
        }
        if let absence = namespace.hostAbsence { return .missing(absence) }
        if case .value(let key) = externalKey(of: namespace) {
            let detail =
                "the network namespace was not dumped: it comes from outside, as \(String(decoding: key.bytes, as: UTF8.self))"
            return .missing(Absence(.notRecorded, detail))
        }
        return .value(NetworkLoader(library, namespace).configuration())
    }
}
