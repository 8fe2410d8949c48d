internal import CRIUImages

extension EntryKey {
    /// The field that tells the entries of a kind of image apart; nil if there is none. The first entry of some kinds is
    /// another message, and told apart by being the first.
    init?(_ kind: ImageKind) {
        guard let type = kind.message(ofEntry: 1) else { return nil }
        self.init(type, names: MessageValue.keyNames)
    }
}

extension MessageValue {
    /// The names of fields that tell messages of a kind apart, the strongest first.
    fileprivate static let keyNames = [
        "id", "vaddr", "start", "pid", "fd", "mnt_id", "pipe_id", "map_id", "ifindex", "orig_id", "it_id", "off",
        "id_for", "desc",
    ]

    /// The name of the field that tells messages of this kind apart; nil if there is none.
    var keyName: String? { Self.keyNames.first { name in fields.contains { $0.key == name } } }

    /// What tells the message from others of its kind, a number; nil if nothing does.
    var key: Fact? {
        switch keyName.flatMap({ self[$0] }) {
        case .number(let number): FieldValue.number(number).fact
        // An object of System V IPC has its number in its description.
        case .message(let message): message["id"]?.fact
        default: nil
        }
    }
}
