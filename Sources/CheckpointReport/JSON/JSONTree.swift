import EvidenceText

/// A JSON value of the tool's own, for schemas.
indirect enum JSONTree: Sendable, ExpressibleByStringLiteral, ExpressibleByBooleanLiteral {
    case string(String)
    case number(Int64)
    case flag(Bool)
    case array([JSONTree])
    case object([(key: String, value: JSONTree)])

    init(stringLiteral value: String) { self = .string(value) }

    init(booleanLiteral value: Bool) { self = .flag(value) }

    /// Writes the value as a document for people to read, and a newline.
    func writeDocument(to out: OutputBuffer) {
        var layout = JSONLayout(out, indent: 2)
        write(to: &layout)
        out.append("\n")
    }

    func write(to layout: inout JSONLayout) {
        switch self {
        case .string(let text): layout.out.append(jsonString: text)
        case .number(let number): layout.out.append(decimal: number)
        case .flag(let flag): layout.out.append(flag ? "true" : "false")
        case .array(let elements):
            layout.open(0x5B)
            for element in elements {
                layout.member()
                element.write(to: &layout)
            }
            layout.close(0x5D)
        case .object(let members):
            layout.open(0x7B)
            for (key, value) in members {
                layout.member()
                layout.out.append(jsonString: key)
                layout.out.append(": ")
                value.write(to: &layout)
            }
            layout.close(0x7D)
        }
    }
}
