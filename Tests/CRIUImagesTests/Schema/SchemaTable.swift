import CheckpointTestSupport
import Foundation

/// The table of facts about the format, `fixtures/schema/schema.json`.
struct SchemaTable {
    /// A field of a message.
    struct Field {
        let number: UInt32
        let name: String
        let label: String
        let type: String
        let defaultValue: String?
        let format: [String: Any]
    }

    /// The fields of each message, in the order of their numbers.
    private(set) var messages: [String: [Field]] = [:]
    /// The values of each enum; the name of one in a message has that message's name before it.
    private(set) var enums: [String: [String: Int]] = [:]

    init() throws {
        let table = try jsonObject("schema.json")
        let plugin = table["amdgpu_plugin"] as? [String: Any] ?? [:]
        for files in [table["files"], plugin["files"]] {
            for file in (files as? [String: [String: Any]] ?? [:]).values { add(file: file) }
        }
        for (message, fields) in table["development_branch"] as? [String: Any] ?? [:] {
            guard let fields = fields as? [[String: Any]] else { continue }
            messages[message]?.append(contentsOf: fields.compactMap(Field.init))
        }
        for message in messages.keys { messages[message]?.sort { $0.number < $1.number } }
    }

    private mutating func add(file: [String: Any]) {
        for (name, values) in file["enums"] as? [String: [String: Int]] ?? [:] { enums[name] = values }
        for (name, message) in file["messages"] as? [String: [String: Any]] ?? [:] {
            messages[name] = (message["fields"] as? [[String: Any]] ?? []).compactMap(Field.init)
            for (inner, values) in message["enums"] as? [String: [String: Int]] ?? [:] {
                enums["\(name).\(inner)"] = values
            }
        }
    }
}

extension SchemaTable.Field {
    fileprivate init?(_ facts: [String: Any]) {
        guard let number = facts["number"] as? Int, let name = facts["name"] as? String,
            let label = facts["label"] as? String, let type = facts["type"] as? String
        else { return nil }
        self.init(
            number: UInt32(number), name: name, label: label, type: type,
            defaultValue: facts["default"].map { "\($0)" }, format: facts["format"] as? [String: Any] ?? [:])
    }
}

/// A table of facts as Foundation reads it.
func jsonObject(_ name: String) throws -> [String: Any] {
    let url = Scenario.fixtures.appending(path: "schema/\(name)")
    let object = try JSONSerialization.jsonObject(with: Data(contentsOf: url))
    return object as? [String: Any] ?? [:]
}
