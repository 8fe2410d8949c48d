public import CRIUImages
public import Foundation
import SystemPackage

/// One file of a dump with known contents.
public struct FixtureImage: Sendable, CustomStringConvertible {
    /// The dump.
    public let scenario: Scenario
    /// The file's name, with its suffix.
    public let fileName: String

    /// What a failed test shows.
    public var description: String { "\(scenario.name)/\(fileName)" }

    /// Where the file is.
    public var url: URL { scenario.folder.appending(path: fileName) }

    /// The whole file.
    public func bytes() throws -> [UInt8] {
        [UInt8](try Data(contentsOf: url))
    }

    /// The file, opened as an image.
    ///
    /// - Throws: ``CRIUImages/ImageError`` for raw images.
    public func open() throws(ImageError) -> ImageFile {
        try ImageFile(path: FilePath(url.path))
    }

    /// What CRIU's own tool prints, without the newline that some of the records end in; nil if it was not recorded.
    public func golden(isPretty: Bool) -> [UInt8]? {
        let stem = fileName.hasSuffix(".img") ? String(fileName.dropLast(4)) : fileName
        let name = stem + (isPretty ? ".pretty.json" : ".json")
        guard let data = try? Data(contentsOf: scenario.goldenFolder.appending(path: name)) else { return nil }
        return data.last == 0x0A ? [UInt8](data.dropLast()) : [UInt8](data)
    }

    /// Every file of every dump whose JSON was recorded.
    public static let withGolden: [FixtureImage] = Scenario.all.flatMap { scenario in
        scenario.images.filter { $0.golden(isPretty: false) != nil }
    }

    /// Every file of every dump that is made of entries.
    public static let framed: [FixtureImage] = Scenario.all.flatMap { scenario in
        scenario.images.filter { (try? $0.open()) != nil }
    }
}
