internal import CRIUImages

extension MessageValue {
    /// The names of fields that tell messages of a kind apart, the strongest first.
    private static let keyNames = [
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
