public import CheckpointModel
public import EvidenceText

/// Writes a checkpoint, or parts of it, as one JSON document.
///
/// Every document has the same frame: `format`, `version`, `tool`, `checkpoint`, then the parts, then `problems`. The same
/// input gives the same bytes.
public struct CheckpointJSON {
    /// What of each process is written beside its ids, state and name.
    public struct Parts: OptionSet, Sendable {
        /// One bit for each part.
        public let rawValue: Int

        /// Wraps bits.
        public init(rawValue: Int) { self.rawValue = rawValue }

        /// Program, command line and threads.
        public static let processes = Parts(rawValue: 1)
        /// The environment.
        public static let environment = Parts(rawValue: 2)
        /// The memory areas.
        public static let memory = Parts(rawValue: 4)
        /// Directories and descriptors.
        public static let files = Parts(rawValue: 8)
        /// All of it.
        public static let all: Parts = [.processes, .environment, .memory, .files]
    }

    /// The version of the form: raised when a reader of an older version would misread a newer document.
    public static let version = 1

    private let checkpoint: Checkpoint
    private let reports: [ProcessReport]
    private let parts: Parts
    private let toolVersion: String

    /// Prepares to write.
    ///
    /// - Parameters:
    ///   - checkpoint: What is written.
    ///   - reports: The processes, in the order in which they are written.
    ///   - parts: What of each process is written.
    ///   - toolVersion: The version of the tool.
    public init(_ checkpoint: Checkpoint, _ reports: [ProcessReport], _ parts: Parts, toolVersion: String) {
        self.checkpoint = checkpoint
        self.reports = reports
        self.parts = parts
        self.toolVersion = toolVersion
    }

    /// Writes the document and a newline.
    public func write(to out: OutputBuffer) {
        var writer = JSONWriter(out)
        writer.object { json in
            json.member("format", "cryoscope-checkpoint")
            json.member("version", CheckpointJSON.version)
            json.object("tool") { json in
                json.member("name", "cryoscope")
                json.member("version", toolVersion)
            }
            json.object("checkpoint") { json in
                json.member("path", checkpoint.name)
                json.known("inventory", checkpoint.inventory) { json, value in json.inventory(value) }
                json.known("container", checkpoint.container) { json, value in json.container(value) }
                json.known("process_count", checkpoint.processes) { json, value in json.value(value.count) }
            }
            json.array("processes", reports) { json, report in
                json.object { json in json.process(report, parts, checkpoint.architecture) }
            }
            // Last, since reading the parts finds problems.
            json.array("problems", checkpoint.problems) { json, problem in json.problem(problem) }
        }
        out.append("\n")
    }
}

extension Checkpoint {
    /// The machine that was dumped; nil if it is not known.
    public var architecture: Architecture? { inventory.value?.architecture.value }
}

extension JSONWriter {
    mutating func inventory(_ inventory: Inventory) {
        object { json in
            json.member("image_version", Int(inventory.imageVersion))
            json.known("architecture", inventory.architecture) { json, value in
                json.value(value.name ?? "machine \(value.rawValue)")
            }
            json.known("criu_version", inventory.criuVersion) { json, value in json.value(value) }
            json.known("files_written_at", inventory.writtenAt) { json, value in json.value(timeText(value)) }
            json.known("frozen_microseconds", inventory.frozenMicroseconds) { json, value in json.value(Int(value)) }
        }
    }

    mutating func container(_ container: Container) {
        object { json in
            json.known("engine", container.engine) { json, value in json.value(value.rawValue) }
            json.known("id", container.id) { json, value in json.value(value) }
            json.known("name", container.name) { json, value in json.value(value) }
            json.known("image", container.image) { json, value in json.value(value) }
            json.known("image_id", container.imageID) { json, value in json.value(value) }
            json.known("runtime", container.runtime) { json, value in json.value(value) }
            json.known("created_at", container.createdAt) { json, value in json.value(value) }
            json.known("checkpointed_at", container.checkpointedAt) { json, value in json.value(value) }
            json.known("pod", container.pod) { json, value in
                json.object { json in
                    json.member("name", value.name)
                    json.member("namespace", value.namespace)
                }
            }
        }
    }

    mutating func problem(_ problem: Problem) {
        object { json in
            json.member("image", problem.image)
            if let entry = problem.entry { json.member("entry", entry) }
            if let offset = problem.offset { json.member("offset", offset) }
            json.member("code", problem.code)
            json.member("detail", problem.detail)
        }
    }
}
