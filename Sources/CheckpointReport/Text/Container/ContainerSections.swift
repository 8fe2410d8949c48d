import CheckpointModel
import EvidenceText

/// What a container engine noted, in groups.
struct ContainerSections {
    private let container: Container
    private let checkpoint: Checkpoint
    private let lines: LabelledLines

    init(_ container: Container, _ checkpoint: Checkpoint, _ lines: LabelledLines) {
        self.container = container
        self.checkpoint = checkpoint
        self.lines = lines
    }

    func write() {
        writeIdentity()
        writeTimes()
        writeProcess()
        writeExposures()
        writeEnvironment()
        ContainerNetworkSections(container, lines).write()
        ContainerSecuritySection(container, lines).write()
        writeNotes("labels", container.labels)
        writeNotes("annotations", container.annotations)
        writeNotes("notes of the checkpoint's maker", container.makerNotes)
        writeLog()
    }

    // MARK: Identity

    private func writeIdentity() {
        lines.line("container", container.name.value?.forTerminal ?? "without a name", .name)
        lines.line("full name", ifAny: container.fullName.value?.forTerminal)
        switch container.engine {
        case .value(let engine):
            let evidence = container.engineEvidence.value.map { " (" + ByteText($0).forTerminal + ")" } ?? ""
            lines.line("engine", engine.rawValue + evidence)
        case .missing(let absence):
            lines.line("engine", "not known: " + ByteText(absence.detail).forTerminal, .warning)
        }
        lines.line("id", ifAny: container.id.value?.forTerminal)
        if let image = container.image.name.value ?? container.image.requested.value {
            let asked = container.image.requested.value.flatMap {
                $0 == image ? nil : ", asked for as \($0.forTerminal)"
            }
            lines.line("image", image.forTerminal + (asked ?? ""))
        }
        lines.line("image id", ifAny: container.image.id.value?.forTerminal)
        lines.line("runtime", ifAny: container.runtime.value?.forTerminal)
        if let pod = container.pod.value {
            let ids = [pod.uid.value.map { "uid " + $0.forTerminal }, pod.id.value.map { "id " + $0.forTerminal }]
            lines.line("pod", ([pod.text] + ids.compactMap { $0 }).joined(separator: ", "))
        }
        lines.line("host name", ifAny: container.hostname.value?.forTerminal)
        lines.line("read from", container.files.map { ByteText($0).forTerminal }.joined(separator: ", "))
    }

    private func writeTimes() {
        let times = container.times
        lines.line("created", ifAny: times.created.value?.text.forTerminal)
        lines.line("started", ifAny: times.started.value?.text.forTerminal)
        if let time = times.checkpointed.value {
            lines.line("checkpointed", time.text.forTerminal)
        } else if let time = times.imagesWritten.value {
            lines.line("checkpointed", "time not recorded; images written \(timeText(time)) (time of the files)")
        }
        lines.line("restored", ifAny: times.restored.value?.text.forTerminal)
        let life = container.lifecycle
        let finished = times.finished.value.map { " at " + $0.text.forTerminal } ?? ""
        if let code = life.exitCode.value, !finished.isEmpty || code != 0 {
            lines.line("had ended", "with \(code)" + finished)
        }
        lines.line("state", ifAny: stateText(life))
        if let policy = life.restartPolicy.value {
            let count = life.restartCount.value.map { ", restarted " + counted(Int(clamping: $0), "time") } ?? ""
            lines.line("restart", policy.forTerminal + count)
        } else if let count = life.restartCount.value {
            lines.line("restart", "restarted " + counted(Int(clamping: count), "time"))
        }
    }

    private func stateText(_ life: ContainerLifecycle) -> String? {
        var parts = [life.state.value?.forTerminal].compactMap { $0 }
        if let pid = life.hostPID.value, pid != 0 { parts.append("process \(pid) of the host") }
        if life.isRestored.value == true { parts.append("restored from an earlier checkpoint") }
        return parts.joined(separator: ", ")
    }

    // MARK: Process

    private func writeProcess() {
        let process = container.process
        lines.line("command", ifAny: process.arguments.value.map(commandText))
        lines.line("entrypoint", ifAny: process.entrypoint.value.map(commandText))
        if process.command.value != process.arguments.value {
            lines.line("image's command", ifAny: process.command.value.map(commandText))
        }
        lines.line("made by", ifAny: process.createCommand.value.map(commandText))
        lines.line("directory", ifAny: process.workingDirectory.value?.forTerminal)
        lines.line("user", ifAny: userText(process.user))
        lines.line("stop signal", ifAny: container.lifecycle.stopSignal.value.map(stopSignalText))
        lines.line("streams", ifAny: streamsText(checkpoint.standardStreams))
        lines.line("limits", ifAny: limitsText(process.limits.value ?? []))
        lines.line("resources", ifAny: container.resources.text)
        lines.line("root", ifAny: container.paths.root.value?.forTerminal)
        let parent = container.paths.cgroupParent.value.map { ", in " + $0.forTerminal } ?? ""
        lines.line("cgroup", ifAny: container.paths.cgroup.value.map { $0.forTerminal + parent })
        let driver = container.paths.logDriver.value.map { " (" + $0.forTerminal + ")" } ?? ""
        lines.line("log", ifAny: container.paths.log.value.map { $0.forTerminal + driver })
    }

    private func userText(_ user: ContainerUser) -> String? {
        var parts: [String] = []
        if let uid = user.uid.value { parts.append("\(uid):" + (user.gid.value.map(String.init) ?? "?")) }
        if let groups = user.additionalGroups.value, !groups.isEmpty {
            parts.append("groups " + groups.map(String.init).joined(separator: ","))
        }
        if let asked = user.requested.value { parts.append("asked for as " + asked.forTerminal) }
        if let umask = user.umask.value { parts.append("umask " + octalText(umask, width: 4)) }
        return parts.joined(separator: ", ")
    }

    private func stopSignalText(_ signal: ByteText) -> String {
        signal.string.flatMap { Int($0) }.map { Signal($0, .common).name } ?? signal.forTerminal
    }

    private func limitsText(_ limits: [ContainerLimit]) -> String {
        limits.map { limit in
            let values = [limit.soft, limit.hard].map { $0.value.map(limitText) ?? "?" }
            return limit.type.forTerminal + " " + values.joined(separator: "/")
        }.joined(separator: ", ")
    }

    private func limitText(_ value: UInt64) -> String { value == .max ? "unlimited" : String(value) }

    // MARK: Lists

    private func writeExposures() {
        if container.exposures.isEmpty { return }
        lines.heading("weakens the wall to the host")
        for exposure in container.exposures {
            lines.item(exposure.text + " (" + ByteText(exposure.origin.image).forTerminal + ")", .warning)
        }
    }

    private func writeEnvironment() {
        guard let words = container.process.environment.value, !words.isEmpty else { return }
        lines.heading("environment, as the engine gave it")
        for word in words { lines.item(word.forTerminal) }
    }

    private func writeNotes(_ title: String, _ notes: Known<[ContainerNote]>) {
        guard let notes = notes.value, !notes.isEmpty else { return }
        lines.heading(title)
        for note in notes { lines.item(note.key.forTerminal + "=" + note.value.forTerminal) }
    }

    /// How many lines of a log are shown.
    private static let shownLines = 20

    private func writeLog() {
        guard let log = checkpoint.containerLog.value else { return }
        let shown = log.lines(last: ContainerSections.shownLines)
        let left = log.lineCount - shown.count
        let note = left > 0 ? ", the last \(shown.count) of \(log.lineCount) lines" : ""
        lines.heading("log: \(ByteText(log.origin.image).forTerminal) (\(log.format.rawValue))\(note)")
        for line in shown {
            let lead = [line.time, line.stream].compactMap { $0?.forTerminal }
            lines.item((lead + [line.text.forTerminal + (line.isPartial ? "…" : "")]).joined(separator: " "))
        }
    }
}
