import CheckpointModel
import EvidenceText

extension Mount {
    /// Whether its content is in memory, and in the images.
    var isMemory: Bool { fileSystem.value == "tmpfs" }

    /// The options of the file system, as far as they say more than those of the mount.
    var superOptionsText: String {
        let flags = superFlags.value.map {
            $0.isReadOnly == self.flags.isReadOnly ? Array($0.names.dropFirst()) : $0.names
        }
        return ((flags ?? []) + (superOptions.isEmpty ? [] : [superOptions.forTerminal])).joined(separator: ",")
    }

    /// What is worth to be told of a mount, beside its line.
    var notes: [String] {
        var notes: [String] = []
        if isPartial { notes.append("of " + root.forTerminal) } else if isBound { notes.append("bound elsewhere too") }
        if let external { notes.append(external.text) }
        if isDeleted { notes.append("deleted") }
        if let sharedGroup { notes.append("shared:\(sharedGroup)" + (hasInternalSharing ? " (inside)" : "")) }
        if let masterGroup { notes.append("master:\(masterGroup)") }
        if flags.isUnbindable { notes.append("unbindable") }
        if usesPlugin { notes.append("by a plugin of CRIU") }
        if isTraceOfCRIU { notes.append("CRIU's own") }
        if !optionsOfCRIU.isEmpty {
            notes.append(optionsOfCRIU.map(\.forTerminal).joined(separator: ",") + " added by CRIU")
        }
        return notes
    }

    var noteRole: TextStyle.Role? { isDeleted ? .warning : .faint }
}

extension ExternalMount {
    /// Where it comes from, in words.
    var text: String {
        switch self {
        case .key(let key): "external " + key.forTerminal
        case .device: "external device"
        case .autodetected: "external, found by CRIU"
        case .old(let key): "external " + key.forTerminal
        }
    }
}
