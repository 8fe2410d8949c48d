public import CheckpointAnalysis
public import CheckpointModel
public import EvidenceText

/// What differs between two images.
public struct ImageDifference: Sendable {
    let comparison: ImageComparison
    let names: (before: ByteText, after: ByteText)

    /// Prepares to tell what differs.
    ///
    /// - Parameters:
    ///   - comparison: The images, compared.
    ///   - names: The images, as the user named them.
    public init(_ comparison: ImageComparison, names: (before: ByteText, after: ByteText)) {
        (self.comparison, self.names) = (comparison, names)
    }

    /// Calls a function with each difference: those of the image as a whole, then of its entries. They are made while they
    /// are told, since there can be many.
    public func forEach(_ body: (Difference) -> Void) {
        let whole = ImageSubject(before: nil, after: nil, label: nil)
        for change in comparison.header { body(Difference(.image, .image(whole), change)) }
        if let sides = comparison.sides {
            for pages in comparison.pages {
                let subject = PageSubject(
                    owner: nil, change: pages, pageSize: 4096, sides: (sides.before, sides.after), object: nil)
                body(Difference(subject, .image))
            }
        }
        comparison.forEachEntry { entry in
            let subject = ImageSubject(before: entry.before, after: entry.after, label: entry.label)
            for change in entry.changes { body(Difference(.image, .image(subject), change)) }
            return true
        }
    }

    /// Whether anything differs. What one side has lost, so that nobody can tell, is no difference.
    public var isDifferent: Bool {
        if !comparison.pages.isEmpty || comparison.header.contains(where: \.kind.isDifference) { return true }
        var isDifferent = false
        comparison.forEachEntry { entry in
            isDifferent = entry.changes.contains { $0.kind.isDifference }
            return !isDifferent
        }
        return isDifferent
    }

    /// The damage of either image.
    public var problems: [(side: FactChange.Side, problem: Problem)] {
        let (before, after) = comparison.damage
        return (before.map { [(.before, $0)] } ?? []) + (after.map { [(.after, $0)] } ?? [])
    }
}
