/// Which processes a process belongs to.
struct Kinship {
    let parentID: Known<Int>
    let groupID: Known<Int>
    let sessionID: Known<Int>
    /// How many processes are between it and the root of its tree.
    let depth: Int
    /// Its place in pstree.img; nil if it is not there.
    let imageIndex: Int?
}

extension Kinship {
    /// That of a process that no process tree tells of.
    init(unknown absence: Absence) {
        self.init(
            parentID: .missing(absence), groupID: .missing(absence), sessionID: .missing(absence), depth: 0,
            imageIndex: nil)
    }
}
