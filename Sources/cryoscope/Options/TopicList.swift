import ArgumentParser
import CheckpointAnalysis

/// Topics of a comparison, separated by commas.
struct TopicList: ExpressibleByArgument, Sendable {
    let topics: Set<DifferenceTopic>

    init?(argument: String) {
        let words = argument.split(separator: ",").map { DifferenceTopic(rawValue: String($0)) }
        let topics = words.compactMap { $0 }.filter { DifferenceTopic.ofCheckpoints.contains($0) }
        guard !topics.isEmpty, topics.count == words.count else { return nil }
        self.topics = Set(topics)
    }
}
