import CheckpointAnalysis
import CheckpointModel
import EvidenceText

/// What differences stand below.
struct DifferenceHeading: Equatable {
    private let group: Group
    /// Whether the heading tells the difference, since a process came or went.
    let isWhole: Bool

    private enum Group: Equatable {
        case checkpoint
        case process(ProcessPair.Key)
        case pages(pid: Int)
        case shared
    }

    init(_ difference: Difference) {
        let subject = difference.subject
        if let pair = subject.process {
            group = .process(pair.key)
            isWhole = pair.before == nil || pair.after == nil
            return
        }
        isWhole = false
        if let owner = subject.memoryOwner {
            group = .pages(pid: owner.pair.after)
        } else if subject.isMemory {
            group = .shared
        } else {
            group = .checkpoint
        }
    }

    func write(_ first: Difference, to out: OutputBuffer, _ style: TextStyle) {
        out.append("\n")
        switch group {
        case .checkpoint: out.append(string: style.paint("Checkpoint", .heading))
        case .shared: out.append(string: style.paint("Shared memory and deleted files", .heading))
        case .pages(let pid):
            out.append(string: style.paint("Process \(pid)", .heading) + "  (a pre-dump has pages only)")
        case .process: first.subject.process.map { write($0, isWhole ? first : nil, to: out, style) }
        }
        out.append("\n")
    }

    private func write(_ pair: ProcessPair, _ whole: Difference?, to out: OutputBuffer, _ style: TextStyle) {
        let mark = whole?.mark ?? ("~", .warning)
        out.append(string: style.paint(mark.text, mark.role) + " ")
        out.append(string: style.paint("Process \(idText(pair))", .heading) + "  ")
        out.append(string: whole?.text ?? nameText(pair))
        guard pair.isIDReused else { return }
        let other = "another process has this id \(pair.after == nil ? "after" : "before")"
        out.append(string: style.paint("  (\(other))", .warning))
    }

    private func idText(_ pair: ProcessPair) -> String {
        let ids = [pair.before?.pid, pair.after?.pid].compactMap { $0 }
        return ids.count == 2 && ids[0] != ids[1] ? "\(ids[0]) → \(ids[1])" : ids.first.map(String.init) ?? "?"
    }

    private func nameText(_ pair: ProcessPair) -> String {
        let (old, new) = (pair.before?.name.value?.forTerminal, pair.after?.name.value?.forTerminal)
        return old == new ? new ?? "?" : "\(old ?? "?") → \(new ?? "?")"
    }
}
