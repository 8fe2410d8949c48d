import ArgumentParser
import CheckpointAnalysis
import CheckpointModel
import EvidenceText

/// Which memory a command goes through.
struct SelectionOptions: ParsableArguments {
    @Option(name: .customLong("pid"), help: ArgumentHelp("Only this process; may be repeated.", valueName: "pid"))
    var pids: [Int] = []

    @Option(
        name: .customLong("vma"),
        help: ArgumentHelp(
            """
            Only areas of this name: a path or its last part, heap, stack, anonymous; may be repeated. Leaves out files and \
            queues.
            """, valueName: "name"))
    var names: [String] = []

    @Option(
        help: ArgumentHelp(
            "Only areas with at least these access rights (r, w, x). Leaves out files and queues.", valueName: "rights")
    )
    var protection: Rights?

    @Option(
        help: ArgumentHelp(
            "Only these addresses: A-B, in hexadecimal with 0x or decimal. Leaves out files and queues.",
            valueName: "a-b"))
    var range: AddressRange?

    /// The selection.
    ///
    /// - Throws: ``CommandFailure`` if there is no process with one of the ids.
    func selection(in checkpoint: Checkpoint) throws -> MemorySelection {
        var selection = MemorySelection()
        let ofPages = Set(checkpoint.pagesOnlyPIDs)
        _ = try processes(pids.filter { !ofPages.contains($0) }, of: checkpoint)
        selection.pids = Set(pids)
        selection.names = names.map { ByteText($0) }
        selection.protection = protection?.protection
        selection.addresses = range?.range
        return selection
    }
}

/// Access rights: some of `r`, `w` and `x`; a `-` stands for none.
struct Rights: ExpressibleByArgument, Sendable {
    let protection: MemorySegment.Protection

    init?(argument: String) {
        let bits: [Character: MemorySegment.Protection] = ["r": .read, "w": .write, "x": .execute, "-": []]
        guard !argument.isEmpty, argument.count <= 3, argument.allSatisfy({ bits[$0] != nil }) else { return nil }
        protection = argument.reduce(into: []) { $0.formUnion(bits[$1] ?? []) }
    }
}
