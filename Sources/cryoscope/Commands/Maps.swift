import ArgumentParser
import CheckpointModel
import CheckpointReport

/// `maps`: the memory areas.
struct Maps: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List the memory areas, as /proc/PID/maps does, and shared memory.",
        discussion: """
            DUMPED is how much of an area the images hold, those of parent snapshots included; of memory that processes \
            share, how much of the shared object.
            """)

    @OptionGroup var options: CheckpointOptions

    @Flag(help: "Show counts of pages, flags and advice of each area, as smaps does.")
    var smaps = false

    func run() throws {
        try options.run(.memory) { checkpoint, processes, screen in
            let reports = processes.map { ProcessReport($0, in: checkpoint) }
            MapsText.write(reports, showsDetails: smaps, to: screen.out, screen.style)
            let pids = Set(processes.map(\.pid))
            let objects = checkpoint.sharedMemory.filter { object in
                options.pids.isEmpty || object.mappings.contains { pids.contains($0.pid) }
            }
            SharedMemoryText.write(objects, to: screen.out, screen.style)
        }
    }
}
