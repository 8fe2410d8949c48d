/// A note of an ELF core.
struct ELFNote: Sendable, Equatable {
    /// Whose number the type is: `CORE` for the ones that System V had already, `LINUX` for others.
    let owner: Owner
    /// What the note tells (`NT_*`).
    let type: UInt32
    let content: [UInt8]

    enum Owner: String, Sendable {
        case core = "CORE"
        case linux = "LINUX"
    }

    init(_ owner: Owner, _ type: UInt32, _ content: [UInt8]) {
        self.owner = owner
        self.type = type
        self.content = content
    }

    /// Makes the content in the machine's form.
    init(_ owner: Owner, _ type: UInt32, _ target: ELFTarget, _ write: (inout ELFBytes) -> Void) {
        var content = ELFBytes(target)
        write(&content)
        self.init(owner, type, content.bytes)
    }
}

extension ELFBytes {
    /// Appends a note, with its name and content each filled to a multiple of 4 bytes.
    mutating func note(_ note: ELFNote) {
        let name = Array(note.owner.rawValue.utf8) + [0]
        u32(UInt32(name.count))
        u32(UInt32(clamping: note.content.count))
        u32(note.type)
        append(name)
        align(to: 4)
        append(note.content)
        align(to: 4)
    }
}
