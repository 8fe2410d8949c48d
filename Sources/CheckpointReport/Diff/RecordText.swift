import CheckpointAnalysis
import CheckpointModel
import EvidenceText

/// Puts records into words, free of control characters.
enum RecordText {
    /// A record as a person reads it.
    static func text(_ record: FactRecord) -> String {
        switch record.kind {
        case "signal": words(record["name"])
        case "signal_set", "capability_set": words(record["names"])
        case "duration", "time_span": seconds(record)
        case "address": address(record)
        case "process_summary": process(record)
        case "fd_summary": descriptor(record)
        case "socket": socket(record)
        case "activity": activity(record)
        case "identity": identity(record)
        case "register": words(record["value"])
        case "thread": [words(record["name"]), words(record["activity"])].joined(separator: ", ")
        case "signal_action": "\(words(record["action"]))"
        default: members(record)
        }
    }

    private static func words(_ fact: Fact?) -> String { fact.map { FactText.text($0) } ?? "?" }

    private static func seconds(_ record: FactRecord) -> String {
        let time = TimeValue(
            seconds: record["seconds"]?.number ?? 0, nanoseconds: record["nanoseconds"]?.number ?? 0)
        return secondsText(time)
    }

    private static func address(_ record: FactRecord) -> String {
        if let path = record["path"]?.byteText { return path.forTerminal }
        if let name = record["abstract_name"]?.byteText { return "@" + name.forTerminal }
        return "\(words(record["address"])):\(words(record["port"]))"
    }

    private static func process(_ record: FactRecord) -> String {
        var parts = [words(record["name"])]
        if case .list(let arguments) = record["arguments"] ?? .none, !arguments.elements.isEmpty {
            parts.append("(" + words(record["arguments"]) + ")")
        }
        parts.append("child of \(words(record["ppid"]))")
        if let threads = record["threads"]?.number, threads > 1 { parts.append("\(threads) threads") }
        if let count = record["descriptors"]?.number { parts.append(counted(Int(clamping: count), "descriptor")) }
        if record["state"]?.byteText?.string != "alive" { parts.append(words(record["state"])) }
        return parts.joined(separator: ", ").replacing(", (", with: " (")
    }

    private static func activity(_ record: FactRecord) -> String {
        guard let number = record["number"], case .number = number else { return "running its program" }
        let call = record["name"]?.byteText?.forTerminal ?? "system call \(FactText.text(number))"
        return "in \(call), \(words(record["progress"]))"
    }

    /// One id, if all are the same.
    private static func identity(_ record: FactRecord) -> String {
        let all = Set(record.members.compactMap { $0.value.number })
        return all.count == 1 ? words(record.members.first?.value) : members(record)
    }

    private static func descriptor(_ record: FactRecord) -> String { words(record["target"]) }

    private static func socket(_ record: FactRecord) -> String {
        var parts: [String] = []
        if let state = record["state"]?.byteText { parts.append(state.forTerminal) }
        if let waiting = record["receive_queue"]?.number, waiting > 0 { parts.append("\(byteText(waiting)) unread") }
        if let unsent = record["send_queue"]?.number, unsent > 0 { parts.append("\(byteText(unsent)) unacknowledged") }
        return parts.joined(separator: ", ")
    }

    /// The members that say something, with their names; those that others put into words are left to these.
    private static func members(_ record: FactRecord) -> String {
        let wordy = Set(record.members.compactMap(\.traits.wordsOf))
        let parts = record.members.compactMap { member -> String? in
            guard !wordy.contains(member.traits.key), member.traits.key != "anchor" else { return nil }
            switch member.value {
            case .none, .missing: return nil
            case .list(let list) where list.elements.isEmpty: return nil
            default: return "\(member.traits.key) \(FactText.text(member.value))"
            }
        }
        return parts.count > 8 ? parts.prefix(8).joined(separator: ", ") + ", …" : parts.joined(separator: ", ")
    }
}
