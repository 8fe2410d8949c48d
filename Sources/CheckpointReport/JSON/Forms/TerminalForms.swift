import CheckpointModel
import EvidenceText

extension Forms {
    /// A terminal.
    static let terminal = Form<Terminal>.object(
        "terminal", "A terminal and its state.",
        [
            .must("id", .integer.aside, "Its id in the images.") { $0.id },
            .must("kind", .string, "The kind of terminal; else its number.") {
                $0.kind.name ?? String($0.kind.rawValue)
            },
            .optional("index", .integer, "The number of a pseudoterminal.") { $0.index },
            .optional("master", .flag, "Whether it is the master side of a pseudoterminal.") { $0.isMaster },
            .must("locked", .flag, "Whether the slave side cannot be opened yet.") { $0.isLocked },
            .must("exclusive", .flag, "Whether further opens are refused.") { $0.isExclusive },
            .must("packet_mode", .flag, "Whether the master reads status bytes too.") { $0.isPacketMode },
            .must("sid", .processID, "The session that it controls; 0 for none.") { $0.sessionID },
            .must("pgid", .processID, "The foreground process group; 0 for none.") { $0.groupID },
            .must("device", .string, "The number of its device.") { $0.device.description },
            .optional("node_device", .string, "The device of the file system with its node.") {
                $0.nodeDevice?.description
            },
            .optional("uid", .integer, "The owner of the node.") { $0.userID },
            .optional("gid", .integer, "The group of the node.") { $0.nodeGroupID },
            .known("settings", terminalSettings, "The line settings.") { $0.settings },
            .known("locked_settings", terminalSettings, "The settings that are locked, as set bits.") {
                $0.lockedSettings
            },
            .known("window", window, "The window size.") { $0.windowSize },
            .known("unread", .content, "What waits to be read at this side.") { $0.unread },
            .must("origin", .origin, "Where it was read.") { $0.origin },
        ]
    ).matched(by: "kind", "index", "master")

    private static let terminalSettings = Form<TerminalSettings>.object(
        "terminal_settings", "The line settings of a terminal.",
        [
            .must("input", .hexadecimal, "The treatment of input.") { $0.inputFlags },
            .must("input_names", .strings, "Its flags.") { $0.inputFlagNames },
            .must("output", .hexadecimal, "The treatment of output.") { $0.outputFlags },
            .must("output_names", .strings, "Its flags.") { $0.outputFlagNames },
            .must("control", .hexadecimal, "Speed, character size, parity.") { $0.controlFlags },
            .must("control_names", .strings, "Its flags.") { $0.controlFlagNames },
            .must("local", .hexadecimal, "Echo, line editing, signals from keys.") { $0.localFlags },
            .must("local_names", .strings, "Its flags.") { $0.localFlagNames },
            .must("line_discipline", .integer, "The line discipline.") { $0.lineDiscipline },
            .must("input_speed", .integer, "The input speed as the image has it.") { $0.inputSpeed },
            .must("output_speed", .integer, "The output speed as the image has it.") { $0.outputSpeed },
            .must("characters", .bytes, "The control characters, in the order of the kernel.") {
                $0.controlCharacters
            },
            .must("named_characters", .list(controlCharacter), "The same with their names, where these are known.") {
                $0.namedCharacters.map { ControlCharacter(name: $0.name, value: $0.value) }
            },
        ])

    private static let controlCharacter = Form<ControlCharacter>.object(
        "control_character", "A control character of a terminal.",
        [
            .must("name", .string, "Its name.") { $0.name },
            .must("value", .integer, "The character.") { $0.value },
        ]
    ).matched(by: "name")

    private static let window = Form<Terminal.WindowSize>.object(
        "window_size", "A window size.",
        [
            .must("rows", .integer, "The height in characters.") { $0.rows },
            .must("columns", .integer, "The width in characters.") { $0.columns },
            .must("width", .integer, "The width in pixels.") { $0.width },
            .must("height", .integer, "The height in pixels.") { $0.height },
        ])
}

private struct ControlCharacter: Sendable {
    let name: String
    let value: UInt8
}
