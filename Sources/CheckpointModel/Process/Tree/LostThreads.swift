internal import CRIUImages

/// Threads that no process tree names. Core images of threads do not say whose they are; what the C library keeps of a thread
/// in the memory of its process does.
struct LostThreads {
    private let library: ImageLibrary
    private let threads: [UInt32]

    /// In how many memories threads are looked for, all in all: a hostile folder can have very many of both.
    private static let limit = 1_000_000

    init(_ library: ImageLibrary, _ threads: [UInt32]) {
        self.library = library
        self.threads = threads
    }

    /// The threads of each process that has any, ascending. A thread of which nothing tells whose it is, or that is of a
    /// process that the tree lists without it, is noted as a problem.
    ///
    /// - Parameters:
    ///   - processes: The processes whose threads are not known.
    ///   - listed: Those of which the tree has the threads.
    /// - Complexity: Linear in the product of threads and processes, up to a million.
    func byOwner(_ processes: [UInt32], besides listed: [UInt32]) -> [UInt32: [UInt32]] {
        guard !threads.isEmpty else { return [:] }
        let memories = (processes + listed).filter { library.has("pagemap-\($0).img") }.compactMap { pid in
            library.pages(of: Int(pid)).value.map { (pid: pid, reader: $0.pages) }
        }
        let tried = LostThreads.limit / max(1, memories.count)
        let listed = Set(listed)
        var owned: [UInt32: [UInt32]] = [:]
        for (index, thread) in threads.enumerated() {
            let place = index < tried ? place(ofNumberOf: thread) : nil
            let holders = place.map { place in memories.filter { holds(thread, place, $0.reader) } } ?? []
            if holders.count != 1 {
                note(thread, "nothing tells which process the thread \(thread) is of")
            } else if listed.contains(holders[0].pid) {
                note(thread, "the tree does not list the thread \(thread), which is in the memory of \(holders[0].pid)")
            } else {
                owned[holders[0].pid, default: []].append(thread)
            }
        }
        return owned
    }

    private func note(_ thread: UInt32, _ detail: String) {
        library.note(
            Problem(image: "core-\(thread).img", entry: nil, offset: nil, code: "lost-thread", detail: detail))
    }

    /// Where the kernel was to clear a thread's number when the thread ends: C libraries keep it there.
    private typealias Place = (addresses: Range<UInt64>, order: ByteOrder)

    private func place(ofNumberOf thread: UInt32) -> Place? {
        let name = "core-\(thread).img"
        guard let core = library.record(name, CoreEntry.self).value,
            let registers = RegisterSet.parse(core, Origin(name, entry: 0)),
            let order = library.image(name).value?.header.byteOrder
        else { return nil }
        let address = registers.clearThreadIDAddress
        return address == 0 || address > .max - 4 ? nil : (address..<address + 4, order)
    }

    /// Whether the number of a thread is there. In a child, glibc clears the numbers of its parent's other threads.
    private func holds(_ thread: UInt32, _ place: Place, _ memory: PageReader) -> Bool {
        guard let word = memory.bytes(at: place.addresses).value else { return false }
        let bytes = place.order == .little ? word.reversed() : word
        return bytes.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } == thread
    }
}
