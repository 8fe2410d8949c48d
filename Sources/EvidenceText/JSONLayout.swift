/// Writes the punctuation of JSON objects and arrays, on one line or indented, as Python's `json` module does.
public struct JSONLayout: ~Copyable {
    /// Where the text goes.
    public let out: OutputBuffer
    /// How many spaces each level is indented; nil for everything on one line.
    public let indent: Int?
    @usableFromInline var depth = 0
    /// Whether the innermost object or array has no member yet.
    @usableFromInline var isEmpty = true

    /// Prepares to write.
    ///
    /// - Parameters:
    ///   - out: Where the text goes.
    ///   - indent: How many spaces each level is indented; nil for everything on one line.
    public init(_ out: OutputBuffer, indent: Int?) {
        self.out = out
        self.indent = indent
    }

    /// Prepares to write members of an object or array that was begun elsewhere.
    ///
    /// - Parameters:
    ///   - out: Where the text goes.
    ///   - indent: How many spaces each level is indented; nil for everything on one line.
    ///   - depth: How many objects and arrays are open around the members.
    ///   - isFirst: Whether no member was written before.
    public init(_ out: OutputBuffer, indent: Int?, depth: Int, isFirst: Bool) {
        self.out = out
        self.indent = indent
        self.depth = depth
        self.isEmpty = isFirst
    }

    /// Takes note that members were written elsewhere.
    public mutating func noteMembers() {
        isEmpty = false
    }

    /// Begins an object (`{`) or array (`[`).
    @inlinable
    public mutating func open(_ bracket: UInt8) {
        out.append(bracket)
        depth += 1
        isEmpty = true
    }

    /// Ends an object (`}`) or array (`]`).
    @inlinable
    public mutating func close(_ bracket: UInt8) {
        depth -= 1
        if indent != nil && !isEmpty { newLine() }
        out.append(bracket)
        isEmpty = false
    }

    /// Begins a member of an array, or the key of an object.
    @inlinable
    public mutating func member() {
        if !isEmpty { out.append(0x2C) }
        if indent != nil {
            newLine()
        } else if !isEmpty {
            out.append(0x20)
        }
        isEmpty = false
    }

    /// Begins a member of an object with a key that needs no escape.
    public mutating func member(_ key: StaticString) {
        member()
        out.append(0x22)
        out.append(key)
        out.append("\": ")
    }

    @inlinable
    func newLine() {
        out.append(0x0A)
        out.append(spaces: depth * (indent ?? 0))
    }
}
