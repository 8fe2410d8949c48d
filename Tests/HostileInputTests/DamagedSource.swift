import CRIUImages
import CheckpointTestSupport
import EvidenceText
import Foundation
import SystemPackage

@testable import CheckpointModel

/// The images of a dump, one of which is another one.
struct DamagedSource: ImageSource {
    let name: ByteText = "damaged"
    private var images: [String: ImageBytes] = [:]
    private var parents: [DamagedSource] = []

    /// Maps the images of a dump, and of the snapshots that it builds on.
    init(_ scenario: Scenario) throws {
        for image in scenario.images { images[image.fileName] = try ImageBytes(path: FilePath(image.url.path)) }
        guard scenario.name.hasPrefix("chain/"), let link = Int(scenario.name.dropFirst("chain/".count)), link > 1
        else { return }
        parents = [try DamagedSource(.named("chain/\(link - 1)"))]
    }

    var imageNames: [String] { (images.keys + (parents.isEmpty ? [] : ["parent"])).sorted() }

    func bytes(of name: String) throws(ImageError) -> ImageBytes {
        guard let bytes = images[name] else { throw ImageError(unreadable: name, "is not there") }
        return bytes
    }

    func modificationTime(of name: String) -> Int64? { nil }

    func parent() throws(ImageError) -> (any ImageSource)? { parents.first }

    /// The same images, with one of them replaced.
    func replacing(_ name: String, by bytes: ImageBytes) -> DamagedSource {
        var other = self
        other.images[name] = bytes
        return other
    }

    /// The size of an image, by its name in problems; nil if there is no such image.
    func size(_ name: String) -> Int? {
        name.hasPrefix("parent/") ? parents.first?.size(String(name.dropFirst(7))) : images[name]?.count
    }
}
