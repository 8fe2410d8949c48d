import Testing

@testable import CheckpointReport

@Suite("Names in the schema")
struct SchemaNameTests {
    @Test("Objects of one name have the same members, so that none is described as another")
    func names() {
        var seen: [String: [String]] = [:]
        var pending = [Forms.document.schema]
        while let node = pending.popLast() {
            switch node {
            case .list(let inner), .nullable(let inner): pending.append(inner)
            case .object(let schema):
                let keys = schema.members.map(\.key.description)
                if let others = seen.updateValue(keys, forKey: schema.name) {
                    #expect(others == keys, "\(schema.name)")
                    continue
                }
                #expect(Set(keys).count == keys.count, "\(schema.name)")
                pending += schema.members.map(\.node)
            default: break
            }
        }
        #expect(seen.count > 20)
    }
}
