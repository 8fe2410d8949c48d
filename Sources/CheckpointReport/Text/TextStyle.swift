/// How text is laid out for its reader.
public struct TextStyle: Sendable {
    /// Whether colour is used.
    public var usesColour: Bool
    /// How many columns a line may take; nil for no limit, as for a file or a pipe.
    public var width: Int?

    /// Makes a style.
    ///
    /// - Parameters:
    ///   - usesColour: Whether colour is used.
    ///   - width: How many columns a line may take; nil for no limit.
    public init(usesColour: Bool = false, width: Int? = nil) {
        self.usesColour = usesColour
        self.width = width
    }

    /// What a piece of text is, which decides its colour.
    enum Role: String {
        case heading = "1"
        case good = "32"
        case warning = "33"
        case bad = "31"
        case faint = "2"
        case name = "36"
    }

    /// Colours a text, which must be free of control characters.
    func paint(_ text: String, _ role: Role?) -> String {
        guard usesColour, let role, !text.isEmpty else { return text }
        return "\u{1B}[\(role.rawValue)m\(text)\u{1B}[0m"
    }
}
