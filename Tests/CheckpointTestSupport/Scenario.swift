public import Foundation

/// A dump with known contents: one folder of images below `fixtures`.
public struct Scenario: Sendable, CustomStringConvertible {
    /// The name, such as `tree`, or `chain/2` for a link of the chain.
    public let name: String
    /// The folder of the images.
    public let folder: URL
    /// The folder of what CRIU's own tool prints of the images.
    public let goldenFolder: URL

    /// What a failed test shows.
    public var description: String { name }

    /// The folder `fixtures` at the top of the package.
    public static let fixtures = packageFolder.appending(path: "fixtures")

    /// The names of the dumps by CRIU 4.2.
    public static let recorded = [
        "tree", "files", "sockets", "memory", "crash", "crash-nofp", "signals-timers", "container", "diff-before",
        "diff-after", "python-app",
    ]

    /// Every scenario, the links of the chain one by one.
    public static let all: [Scenario] =
        (recorded + ["arm64", "s390x", "ppc64el"]).map(Scenario.init(named:))
        + ["1", "2", "3"].map(Scenario.init(linkOfChain:))

    /// The scenario with a name.
    public static func named(_ name: String) -> Scenario {
        all.first { $0.name == name } ?? Scenario(named: name)
    }

    private init(named name: String) {
        let base = Scenario.fixtures.appending(path: name)
        self.init(name: name, folder: base.appending(path: "images"), goldenFolder: base.appending(path: "golden"))
    }

    private init(linkOfChain link: String) {
        let base = Scenario.fixtures.appending(path: "chain")
        self.init(
            name: "chain/\(link)", folder: base.appending(path: link),
            goldenFolder: base.appending(path: "golden/\(link)"))
    }

    private init(name: String, folder: URL, goldenFolder: URL) {
        self.name = name
        self.folder = folder
        self.goldenFolder = goldenFolder
    }

    /// What the workload and /proc said just before the dump, as JSON.
    public func truth() throws -> Data {
        let base = name.hasPrefix("chain/") ? "chain" : name
        return try Data(contentsOf: Scenario.fixtures.appending(path: "\(base)/truth.json"))
    }

    /// The image with a file name.
    public func image(_ fileName: String) -> FixtureImage {
        FixtureImage(scenario: self, fileName: fileName)
    }

    /// Every image of the dump, framed or raw, in the order of the names. The logs beside them are not images.
    public var images: [FixtureImage] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { $0 != "parent" && !$0.hasSuffix(".log") }.sorted().map(image)
    }
}

/// The folder that holds Package.swift, found from where this file was compiled.
private let packageFolder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
