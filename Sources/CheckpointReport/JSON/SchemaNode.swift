/// What a schema says of a value.
indirect enum SchemaNode: Sendable {
    /// A value of any sort.
    case any
    case number
    case real
    case hexadecimal
    case boolean
    /// Text of the evidence.
    case text
    case digest
    case string(String?, pattern: String? = nil)
    case words([String])
    case list(SchemaNode)
    case nullable(SchemaNode)
    case object(ObjectSchema)
}

/// What a schema says of an object.
struct ObjectSchema: Sendable {
    let name: String
    let about: String
    let members: [MemberSchema]
    /// The keys of members that tell objects from others of their kind.
    var identity: Set<String> = []
}

/// What a schema says of a member of an object.
struct MemberSchema: Sendable {
    let key: StaticString
    let about: String
    let node: SchemaNode
    let presence: Presence
    /// Whether some documents leave it out, since they are about other parts.
    var isPartial = false
    /// Whether its elements are records, with lines of their own in documents of one line for each record.
    var listsRecords = false

    /// When a member is there.
    enum Presence: Sendable {
        case always
        /// Always, but perhaps as null with a reason.
        case known
        /// Only where it applies.
        case optional
        /// Only where it applies, and then perhaps as null with a reason.
        case optionalKnown
    }

    init(_ key: StaticString, _ about: String, _ node: SchemaNode, _ presence: Presence) {
        self.key = key
        self.about = about
        self.node = node
        self.presence = presence
    }
}
