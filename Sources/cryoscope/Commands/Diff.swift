import ArgumentParser
import CRIUImages
import CheckpointAnalysis
import CheckpointModel
import CheckpointReport
import EvidenceText

/// `diff`: what changed between two checkpoints.
struct Diff: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show what changed between two checkpoints, or two images.",
        discussion: """
            Processes are matched by id and by program and address space, so that an id that was given out again is not \
            taken for the same process, and a restored copy with other ids is. With CHECKPOINT:PID on both sides, two \
            processes are compared, also of one checkpoint.

            What one side lacks is told as unknown with the reason, and is no difference.

            Exit status: 0 the same, 1 different, 2 damaged or unreadable input, 64 wrong usage.
            """)

    @Argument(help: ArgumentHelp("The first checkpoint, process or image.", valueName: "before"))
    var before: String

    @Argument(help: ArgumentHelp("The second checkpoint, process or image.", valueName: "after"))
    var after: String

    @Option(
        help: ArgumentHelp(
            "Only these topics, separated by commas: \(DifferenceTopic.ofCheckpoints.map(\.rawValue).joined(separator: ", ")).",
            valueName: "topics"))
    var only: TopicList?

    @Option(
        name: .customLong("pid"),
        help: ArgumentHelp("Only processes with this id on either side; may be repeated.", valueName: "pid"))
    var pids: [Int] = []

    @Flag(help: "Show the bytes of pages that differ, of both sides.")
    var bytes = false

    @Flag(help: "Show what is the same, too.")
    var unchanged = false

    @Flag(name: .customLong("ignore-criu"), help: "Leave out differences that CRIU itself makes.")
    var ignoreCRIU = false

    @Flag(exclusivity: .exclusive)
    var format: Format = .text

    @OptionGroup var sysroot: SysrootOptions

    @OptionGroup var source: SourceOptions

    /// The forms of output.
    enum Format: String, EnumerableFlag {
        case text, json, ndjson

        static func help(for value: Format) -> ArgumentHelp? {
            switch value {
            case .text: "Print text for a person (default)."
            case .json: "Print one JSON document; see schema --diff."
            case .ndjson: "Print one JSON object a line: the comparison, then each difference."
            }
        }
    }

    func run() throws {
        let sources = (ComparedSource(before), ComparedSource(after))
        if let images = try images(sources) { return try compare(images.0, images.1) }
        let old = try openCheckpoint(sources.0.path, source.openOptions)
        let new = sources.1.path == sources.0.path ? old : try openCheckpoint(sources.1.path, source.openOptions)
        let difference = CheckpointDifference(old, new, try options(sources, old, new))
        try OutputFile(nil).write { out in write(difference, to: out) }
        try finishComparison(old === new ? [old] : [old, new])
        if difference.isDifferent { throw DifferencesFound() }
    }

    private func options(
        _ sources: (ComparedSource, ComparedSource), _ old: Checkpoint, _ new: Checkpoint
    ) throws -> CheckpointDifference.Options {
        var options = CheckpointDifference.Options()
        options.topics = only?.topics ?? options.topics
        options.pids = Set(pids)
        options.keepsUnchanged = unchanged
        options.ignoresCRIU = ignoreCRIU
        options.files = (try sysroot.files(of: old), try sysroot.files(of: new))
        switch (sources.0.pid, sources.1.pid) {
        case (nil, nil): break
        case (let pid?, let other?):
            if let first = try process(pid, old), let second = try process(other, new) {
                options.processes = (first, second)
            }
        default: throw ValidationError("Name a process on both sides, or on none.")
        }
        if let unknown = pids.first(where: { old.process($0) == nil && new.process($0) == nil }) {
            throw CommandFailure(message: "neither checkpoint has a process \(unknown)")
        }
        return options
    }

    private func process(_ pid: Int, _ checkpoint: Checkpoint) throws -> Process? {
        try processes([pid], of: checkpoint).first
    }

    // MARK: Images

    /// The images that the arguments name; nil if they are checkpoints.
    private func images(_ sources: (ComparedSource, ComparedSource)) throws -> (Input, Input)? {
        switch (try imageInput(sources.0.path), try imageInput(sources.1.path)) {
        case (nil, nil): return nil
        case (let old?, let new?):
            guard only == nil, pids.isEmpty, !ignoreCRIU, sources.0.pid == nil, sources.1.pid == nil else {
                throw ValidationError(
                    "An image has no topics or processes: --only, --pid, --ignore-criu and :PID go "
                        + "with checkpoints.")
            }
            return (old, new)
        case (_?, nil): throw CommandFailure(message: "\(before) is a single image, and \(after) is not")
        case (nil, _?): throw CommandFailure(message: "\(after) is a single image, and \(before) is not")
        }
    }

    private func compare(_ old: Input, _ new: Input) throws {
        let images = (
            try ComparedImage(old.bytes, name: old.name), try ComparedImage(new.bytes, name: new.name)
        )
        guard images.0.isComparable(to: images.1) else {
            throw CommandFailure(
                message: "images of different kinds: \(before) is \(images.0.kind), \(after) is \(images.1.kind)")
        }
        let comparison = ImageComparison(images.0, images.1, keepsUnchanged: unchanged)
        let difference = ImageDifference(comparison, names: (ByteText(before), ByteText(after)))
        try OutputFile(nil).write { out in write(difference, to: out) }
        for (side, problem) in difference.problems {
            report("\(side == .before ? before : after): \(problem.description)")
        }
        if !difference.problems.isEmpty { throw DamagedInput() }
        if difference.isDifferent { throw DifferencesFound() }
    }

    private func write(_ difference: ImageDifference, to out: OutputBuffer) {
        let document = DifferenceDocument(
            difference, showsBytes: bytes, toolVersion: toolVersion, arguments: arguments)
        write(document, to: out) {
            ImageDifferenceText(difference, showsBytes: bytes, to: out, .standardOutput).write()
        }
    }

    // MARK: Output

    private func write(_ difference: CheckpointDifference, to out: OutputBuffer) {
        let document = DifferenceDocument(
            difference, showsBytes: bytes, toolVersion: toolVersion, arguments: arguments)
        write(document, to: out) {
            DifferenceText(difference, showsBytes: bytes, to: out, .standardOutput).write()
        }
    }

    private var arguments: [ByteText] { CommandLine.arguments.dropFirst().map { ByteText($0) } }

    private func write(_ document: DifferenceDocument, to out: OutputBuffer, text: () -> Void) {
        switch format {
        case .text: text()
        case .json: document.write(to: out)
        case .ndjson: document.writeLines(to: out)
        }
    }
}
