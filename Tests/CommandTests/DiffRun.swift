import CheckpointTestSupport
import Foundation
import Testing

/// A run of `diff --json`.
struct DiffRun {
    let status: Int32
    let changes: [Change]

    init(_ before: String, _ after: String, _ options: String...) throws {
        try self.init(cryoscope(["diff", before, after, "--json"] + options))
    }

    init(_ run: ToolRun) throws {
        status = run.status
        let document = try JSONSerialization.jsonObject(with: Data(run.output)) as? [String: Any]
        changes = try #require(document?["changes"] as? [[String: Any]]).map(Change.init)
    }

    /// A difference.
    struct Change {
        let object: [String: Any]

        var topic: String { object["topic"] as? String ?? "" }
        var kind: String { object["kind"] as? String ?? "" }
        var subject: String { object["subject"] as? String ?? "" }
        var path: [String] { object["path"] as? [String] ?? [] }
        var pid: Int? { object["pid"] as? Int }
        var fd: Int? { object["fd"] as? Int }
        var file: String { object["file"] as? String ?? "" }
        var start: String? { object["start"] as? String }
        var end: String? { object["end"] as? String }

        func before(_ path: [String]) -> Any? { value("before", path) }
        func after(_ path: [String]) -> Any? { value("after", path) }

        private func value(_ side: String, _ path: [String]) -> Any? {
            path.reduce(object[side]) { value, key in (value as? [String: Any])?[key] }
        }

        /// The content of a side as text.
        func text(_ side: String) -> String? {
            (value(side, ["base64"]) as? String).flatMap { Data(base64Encoded: $0) }.map {
                String(decoding: $0, as: UTF8.self)
            }
        }

        /// The difference as bytes that equal ones have in common.
        var fingerprint: String {
            // Of an area, those of the second side are told.
            let rest = object.filter { $0.key != "permissions" }
            let data = try? JSONSerialization.data(withJSONObject: rest, options: [.sortedKeys])
            return String(decoding: data ?? Data(), as: UTF8.self)
        }

        /// The same difference, the other way round.
        var mirrored: Change {
            var result = object
            for (one, other) in [("before", "after"), ("before_names", "after_names")] {
                (result[one], result[other]) = (object[other], object[one])
            }
            result["kind"] = ["appeared": "gone", "gone": "appeared"][kind] ?? kind
            let words = [
                "before": "after", "after": "before", "appeared": "gone", "gone": "appeared", "mapped": "unmapped",
                "unmapped": "mapped", "grown": "shrunk", "shrunk": "grown",
            ]
            if topic == "memory" { result["path"] = path.map { words[$0] ?? $0 } }
            if let side = object["unknown_side"] as? String { result["unknown_side"] = words[side] }
            return Change(object: result)
        }
    }

    /// The processes that differ in a way.
    func pids(_ subject: String, _ kind: String, whole: Bool) -> [Int] {
        changes.filter { $0.subject == subject && $0.kind == kind && $0.path.isEmpty == whole }.compactMap(\.pid)
    }

    /// The first difference with certain members.
    func first(_ members: [String: Int]) -> Change? {
        changes.first { change in members.allSatisfy { change.object[$0.key] as? Int == $0.value } }
    }

    /// The texts of a property of a process, before and after.
    func change(_ pid: Int, _ property: String) -> Texts? {
        changes.first { $0.pid == pid && $0.subject == "process" && $0.path == [property] }.map {
            Texts($0.object["before"] as? String, $0.object["after"] as? String)
        }
    }

    struct Texts: Equatable {
        let before: String?
        let after: String?

        init(_ before: String?, _ after: String?) { (self.before, self.after) = (before, after) }
    }
}
