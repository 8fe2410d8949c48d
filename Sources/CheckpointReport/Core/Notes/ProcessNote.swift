internal import CheckpointModel
internal import EvidenceText

/// What NT_PRPSINFO says of a process (`struct elf_prpsinfo`).
struct ProcessNote {
    let process: Process
    let leader: ThreadDetails?
    let flags: TaskFlags?
    let arguments: [ByteText]
    let userIDSize: Int

    /// The user id of a process whose credentials are not known: the one that no user has.
    private static let unknownID = UInt64(UInt32.max)

    func note(_ target: ELFTarget) -> ELFNote {
        let state = state
        let credentials = leader?.credentials.value
        return ELFNote(.core, 3, target) { out in
            out.append([state.number, state.letter, 0, UInt8(bitPattern: niceValue)])
            out.align(to: target.wordSize)
            out.word(UInt64(flags?.rawValue ?? 0))
            for identity in [credentials?.user, credentials?.group] {
                out.append(identity.map { UInt64($0.real) } ?? ProcessNote.unknownID, size: userIDSize)
            }
            for id in [process.pid] + process.kinship { out.i32(id) }
            out.text(process.name.value?.bytes ?? [], size: 16)
            out.text(Array(arguments.map(\.bytes).joined(separator: [0x20])), size: 80)
            out.align(to: target.wordSize)
        }
    }

    private var niceValue: Int8 { Int8(clamping: leader?.scheduling.value?.nice.value ?? 0) }

    /// The state's bit number in the kernel and its letter. Whether a thread slept, only its system call tells.
    private var state: (number: UInt8, letter: UInt8) {
        if process.state.value == .stopped { return (3, UInt8(ascii: "T")) }
        return leader?.systemCall?.isRestarted == true ? (1, UInt8(ascii: "S")) : (0, UInt8(ascii: "R"))
    }
}

extension Process {
    /// The ids of parent, group and session. One that is not known is the one that no process has.
    var kinship: [Int] { [parentID, groupID, sessionID].map { $0.value ?? -1 } }
}
