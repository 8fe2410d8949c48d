import Foundation
import Testing

/// Holds the code in articles and in the README against ``ArticleSamples``, where it is compiled and run.
@Suite("Code in articles")
struct ArticleTests {
    private static let package = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// The articles, and what else shows Swift.
    private static let pages = ["README.md"] + articles()

    private static func articles() -> [String] {
        let sources = FileManager.default.enumerator(atPath: package.appending(path: "Sources").path)
        let names = sources?.compactMap { $0 as? String } ?? []
        return names.filter { $0.hasSuffix(".md") }.map { "Sources/" + $0 }.sorted()
    }

    @Test("Every module has an article or a landing page")
    func catalogues() {
        let modules = Set(Self.pages.compactMap { $0.split(separator: "/").dropFirst().first.map(String.init) })
        #expect(
            modules == [
                "EvidenceText", "CRIUImages", "CheckpointModel", "CheckpointAnalysis", "CheckpointReport",
            ])
    }

    @Test("What an article shows is what is compiled", arguments: pages)
    func samples(_ page: String) throws {
        let source = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "ArticleSamples.swift")
        let compiled = try String(contentsOf: source, encoding: .utf8).split(separator: "\n").map(trimmed)
        let text = try String(contentsOf: Self.package.appending(path: page), encoding: .utf8)
        for block in blocks(of: text) {
            #expect(compiled.firstRange(of: block) != nil, "\(page): \(block.joined(separator: "\n"))")
        }
    }

    /// The lines of each fenced block of Swift, without imports and empty lines.
    private func blocks(of text: String) -> [[Substring]] {
        var blocks: [[Substring]] = []
        var isInside = false
        for line in text.split(separator: "\n", omittingEmptySubsequences: true) {
            switch line {
            case "```swift":
                blocks.append([])
                isInside = true
            case "```": isInside = false
            default:
                guard isInside, !line.hasPrefix("import ") else { continue }
                blocks[blocks.count - 1].append(trimmed(line))
            }
        }
        return blocks
    }

    private func trimmed(_ line: Substring) -> Substring { line.drop { $0 == " " } }
}
