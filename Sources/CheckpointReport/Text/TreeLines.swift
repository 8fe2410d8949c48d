import CheckpointModel

/// The lines that lead to each process in a drawing of the tree.
struct TreeLines {
    /// For each process, in the order of the tree, what stands before its name.
    let prefixes: [String]

    /// - Parameter depths: How deep each process is; each is followed by its children, one deeper.
    init(_ depths: [Int]) {
        // From the end: whether a later process at a depth is a sibling or a sibling of an ancestor.
        var open: Set<Int> = []
        var reversed: [String] = []
        for depth in depths.reversed() {
            // Seen from the end, depths fall by one at most, so that none deeper than the next is open.
            open.remove(depth + 1)
            reversed.append(TreeLines.prefix(depth, open))
            if depth > 0 { open.insert(depth) }
        }
        prefixes = reversed.reversed()
    }

    private static func prefix(_ depth: Int, _ open: Set<Int>) -> String {
        guard depth > 0 else { return "" }
        // A deep tree would push the names off the line.
        let shown = max(depth - 20, 1)
        let lead = shown > 1 ? "⋯ " : ""
        let lines = (shown..<depth).map { open.contains($0) ? "│  " : "   " }.joined()
        return lead + lines + (open.contains(depth) ? "├─ " : "└─ ")
    }
}
