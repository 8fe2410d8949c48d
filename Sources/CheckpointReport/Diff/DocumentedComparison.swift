import CheckpointAnalysis
import CheckpointModel
import EvidenceText

/// What a document tells of: two checkpoints that were compared, or two images.
enum DocumentedComparison: Sendable {
    case checkpoints(CheckpointDifference)
    case images(ImageDifference)

    /// What was compared.
    var sides: (before: ComparedSide, after: ComparedSide) {
        switch self {
        case .checkpoints(let difference): (.checkpoint(difference.before), .checkpoint(difference.after))
        case .images(let difference):
            (
                .image(difference.names.before, difference.comparison.before),
                .image(difference.names.after, difference.comparison.after)
            )
        }
    }

    var topics: Set<DifferenceTopic> {
        switch self {
        case .checkpoints(let difference): difference.options.topics
        case .images: [.image]
        }
    }

    /// Whether anything differs.
    var isDifferent: Bool {
        switch self {
        case .checkpoints(let difference): difference.isDifferent
        case .images(let difference): difference.isDifferent
        }
    }

    /// Whether the kernel's numbers of pipes and sockets mean the same in both checkpoints; nil for images.
    var areInodesKept: Bool? {
        guard case .checkpoints(let difference) = self else { return nil }
        return difference.areInodesKept
    }

    /// Of images that are not made of entries, the offset of the first byte that differs; nil if there is none.
    var firstDifference: UInt64? {
        guard case .images(let difference) = self else { return nil }
        return difference.comparison.firstDifference
    }

    /// Calls a function with each difference, in order.
    func forEach(_ body: (Difference) -> Void) {
        switch self {
        case .checkpoints(let difference): difference.forEach(body)
        case .images(let difference): difference.forEach(body)
        }
    }

    /// What could not be read, or is not as it should be.
    var problems: [(side: FactChange.Side, problem: Problem)] {
        switch self {
        case .checkpoints(let difference):
            let isOne = difference.before === difference.after
            return difference.before.problems.map { (.before, $0) }
                + (isOne ? [] : difference.after.problems.map { (.after, $0) })
        case .images(let difference): return difference.problems
        }
    }
}

/// A side of a comparison.
enum ComparedSide: Sendable {
    case checkpoint(Checkpoint)
    /// An image, by the name that the user gave it.
    case image(ByteText, ComparedImage)

    var name: ByteText {
        switch self {
        case .checkpoint(let checkpoint): checkpoint.name
        case .image(let name, _): name
        }
    }

    var checkpoint: Checkpoint? {
        guard case .checkpoint(let checkpoint) = self else { return nil }
        return checkpoint
    }

    var image: ComparedImage? {
        guard case .image(_, let image) = self else { return nil }
        return image
    }
}
