import CheckpointModel
import EvidenceText

extension Route {
    /// The route as `ip route` prints it, with all that it leaves out for brevity's sake only where it is not the usual.
    func line(_ names: DeviceNames) -> String {
        var words: [String] = []
        if kind != .unicast { words.append(kind.name ?? "type \(kind.rawValue)") }
        words.append(destinationText)
        if let source { words.append("from \(source.text)") }
        if typeOfService != 0 { words.append("tos 0x" + String(typeOfService, radix: 16)) }
        if hops.count == 1, let hop = hops.first { words += hop.words(names) }
        if table != .main { words.append("table \(table.text)") }
        if madeBy != .boot { words.append("proto \(madeBy.name ?? String(madeBy.rawValue))") }
        if scope != .global && family == .ipv4 { words.append("scope \(scope.text)") }
        if let preferredSource { words.append("src \(preferredSource.text)") }
        if let metric { words.append("metric \(metric)") }
        words += details(names)
        if hops.count > 1 {
            words += hops.map { "nexthop \($0.words(names).joined(separator: " ")) weight \($0.weight)" }
        }
        return words.joined(separator: " ")
    }

    /// The destination as `ip route` has it.
    var destinationText: String { destination.map(\.text) ?? "default" }

    private func details(_ names: DeviceNames) -> [String] {
        let preferences: [UInt8: String] = [0: "medium", 1: "high", 3: "low"]
        let words: [String?] = [
            incomingDeviceIndex.map { "iif \(names.name($0))" },
            preference.map { "pref \(preferences[$0] ?? String($0))" }, expiresSeconds.map { "expires \($0)sec" },
            nextHopObject.map { "nhid \($0)" },
        ]
        return words.compactMap { $0 } + flagNames + metrics.map { "metric-\($0.text)" } + others.map(\.text)
    }
}

extension Route.Hop {
    /// The way on in words.
    func words(_ names: DeviceNames) -> [String] {
        [gateway.map { "via \($0.text)" }, deviceIndex.map { "dev \(names.name($0))" }].compactMap { $0 }
    }
}

extension RoutingRule {
    /// The rule as `ip rule` prints it.
    var line: String {
        var words = ["\(priority):"]
        if isInverted { words.append("not") }
        words.append("from \(source.map(\.text) ?? "all")")
        if let destination { words.append("to \(destination.text)") }
        if typeOfService != 0 { words.append("tos 0x" + String(typeOfService, radix: 16)) }
        if let mark { words.append("fwmark 0x" + String(mark, radix: 16) + maskText) }
        words += conditions
        words += actionWords
        if let suppressedPrefixLength { words.append("suppress_prefixlength \(suppressedPrefixLength)") }
        // Not told, by the kernel, by hand: as `ip` does, nothing is said of these.
        if let madeBy, ![0, 2, 3].contains(madeBy.rawValue) {
            words.append("proto \(madeBy.name ?? String(madeBy.rawValue))")
        }
        return (words + others.map(\.text)).joined(separator: " ")
    }

    private var maskText: String {
        markMask.flatMap { $0 == .max ? nil : "/0x" + String($0, radix: 16) } ?? ""
    }

    private var conditions: [String] {
        let words: [String?] = [
            incomingDevice.map { "iif \($0.forTerminal)" }, outgoingDevice.map { "oif \($0.forTerminal)" },
            users.map { "uidrange \($0.first)-\($0.last)" }, transport.map { "ipproto \(transportText($0))" },
            sourcePorts.map { "sport \($0.text)" }, destinationPorts.map { "dport \($0.text)" },
        ]
        return words.compactMap { $0 }
    }

    private var actionWords: [String] {
        if usesDeviceDomain { return ["lookup [l3mdev-table]"] }
        switch action {
        case .lookup: return ["lookup \(table.text)"]
        case .goto: return ["goto \(target.map { String($0) } ?? "none")"]
        default: return [action.name ?? "action \(action.rawValue)"]
        }
    }
}

extension RoutingRule.Span {
    /// The range; a single number alone.
    var text: String { first == last ? "\(first)" : "\(first)-\(last)" }
}
