import CheckpointModel
import EvidenceText

extension Forms {
    /// The whole document.
    static let document = Form<CheckpointDocument.Subject>.object(
        "checkpoint", "A checkpoint.",
        [
            .must("format", Form.enumerated(["cryoscope-checkpoint"]).aside, "What the document is.") { _ in
                "cryoscope-checkpoint"
            },
            .must("version", .integer.aside, "The version of the form.") { _ in CheckpointDocument.version },
            .must("tool", tool.aside, "What wrote the document.") { $0.tool },
            .must("path", .text.aside, "The checkpoint, as the user named it.") { $0.checkpoint.name },
            .known("inventory", inventory, "The description of the dump.") { $0.checkpoint.inventory },
            .known("container", container, "What a container engine noted beside the images.") {
                $0.checkpoint.container
            },
        ] + containerParts + [
            .known("process_count", .integer.aside, "How many processes were dumped.") {
                $0.checkpoint.processes.map(\.count)
            },
            .each("processes", process.aside, "The processes, each followed by its children.") { subject, body in
                for process in subject.processes { body(ProcessReport(process, in: subject.checkpoint)) }
            }.part([.processes, .environment, .memory, .files, .threads, .signals]),
            .knownRecords("seccomp_filters", seccompFilter, "The seccomp filters of all threads.") {
                $0.checkpoint.seccompFilters
            }.part([.processes, .threads]),
        ] + openFiles + namespaces + [
            .known("manifest_digest", .digest, "The digest of the manifest of what the user named, as manifest has it.")
            {
                $0.checkpoint.manifestDigest
            }.aside.part(.source),
            // Last, since reading the parts reads files and finds problems.
            .records("source_files", sourceFile.aside, "The files that were read, an archive before its members.") {
                $0.checkpoint.sourceFiles
            }.part(.source),
            .records("problems", problem.aside, "What could not be read, or is not as it should be.") {
                $0.checkpoint.problems
            },
        ])

    /// What a checkpoint of a container holds beside the images.
    private static let containerParts: [Field<CheckpointDocument.Subject>] = [
        .known("standard_streams", .texts, "What the standard streams led to, by descriptor number.") {
            $0.checkpoint.standardStreams
        }.part(.container),
        .known("file_system_changes", fileSystemChanges, "What the container changed in its root file system.") {
            $0.checkpoint.fileSystemChanges
        }.part(.container),
        .records("volumes", containerVolume, "The named volumes that the checkpoint holds.") {
            $0.checkpoint.volumes
        }.part(.container),
        .known("shared_memory_files", .list(archivedFile), "What was in /dev/shm.") {
            $0.checkpoint.sharedMemoryFiles
        }.part(.container),
        .known("container_log", containerLog, "What the container wrote to its standard streams.") {
            $0.checkpoint.containerLog
        }.part(.container),
        .known("statistics", statistics, "How the dump went.") { $0.checkpoint.statistics }.part(.container),
        .known("dump_log", dumpLog, "The log that CRIU wrote of the dump.") { $0.checkpoint.dumpLog }.part(.container),
    ]

    static let tool = Form<ToolCall>.object(
        "tool", "The tool that wrote a document.",
        [
            .must("name", .string, "Its name.") { _ in "cryoscope" },
            .must("version", .string, "Its version.") { $0.version },
            .must("arguments", .texts, "The arguments that it was called with.") { $0.arguments },
        ])

    static let problem = Form<Problem>.object(
        "problem", "Something that could not be read, or is not as it should be.",
        [
            .must("image", .text, "The image, or the file of the source; empty for the checkpoint as a whole.") {
                ByteText($0.image)
            },
            .optional("entry", .integer, "The entry in the image, counted from 0.") { $0.entry },
            .optional("offset", .integer, "The byte offset in the image.") { $0.offset },
            .must("code", .string, "A stable word for the sort of problem.") { $0.code },
            .must("detail", .text, "What is wrong, for a person.") { ByteText($0.detail) },
        ])
}
