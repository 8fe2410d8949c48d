import CheckpointAnalysis
import CheckpointModel
import CheckpointTestSupport
import EvidenceText
import Foundation
import SystemPackage

@testable import CRIUImages

/// A copy of a bundled checkpoint, to be broken in one place.
final class BrokenSet {
    private let scratch: ScratchFolder
    /// Where the images of the dump are, below the scratch folder: empty, or with a slash at the end.
    private let prefix: String
    /// What is opened.
    private var target: String

    /// Copies a checkpoint; of a link of the chain, the ones that it builds on too.
    init(_ name: String) throws {
        guard name.hasPrefix("chain/") else {
            scratch = try ScratchFolder(copyOf: .named(name))
            (prefix, target) = ("", scratch.path)
            return
        }
        scratch = try ScratchFolder()
        let last = name.dropFirst("chain/".count)
        (prefix, target) = ("\(last)/", scratch.path(String(last)))
        for link in ["1", "2", "3"] where link <= last {
            try scratch.makeFolder(link)
            for image in Scenario.named("chain/\(link)").images {
                try scratch.write("\(link)/\(image.fileName)", image.bytes())
            }
            if link > "1" { try scratch.link("\(link)/parent", to: "../\(link == "2" ? 1 : 2)") }
        }
    }

    /// The path of an image, which can be of a parent snapshot.
    private func path(_ image: String) -> String { prefix + image }

    func bytes(_ image: String) throws -> [UInt8] { try scratch.bytes(path(image)) }

    func write(_ image: String, _ bytes: [UInt8]) throws { try scratch.write(path(image), bytes) }

    func remove(_ image: String) throws {
        try FileManager.default.removeItem(atPath: scratch.path(path(image)))
    }

    func link(_ image: String, to other: String) throws { try scratch.link(path(image), to: other) }

    /// Changes an image in its JSON form.
    func edit(_ image: String, _ change: (String) throws -> String) throws {
        let text = JSONForm(try ImageFile(ImageBytes(try bytes(image)), name: image)).text
        let changed = try change(text)
        guard changed != text else { throw Unchanged(image: image) }
        try write(image, encode(changed))
    }

    /// Replaces the first place of a text in the JSON form of an image.
    func replace(_ image: String, _ old: String, _ new: String) throws {
        try edit(image) { text in
            guard let range = text.range(of: old) else { throw Unchanged(image: image) }
            return text.replacingCharacters(in: range, with: new)
        }
    }

    /// Appends bytes to an image.
    func append(_ image: String, _ more: [UInt8]) throws { try write(image, bytes(image) + more) }

    /// Appends an entry to an image.
    func append(_ image: String, _ message: MessageBuilder) throws {
        try append(image, ImageBuilder().entry(message).bytes)
    }

    /// Sets when an image was written, in seconds from now.
    func setTime(of image: String, _ seconds: Double) throws {
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSinceNow: seconds)], ofItemAtPath: scratch.path(path(image)))
    }

    /// Makes an OCI layout with the images in a layer, and opens that.
    ///
    /// - Parameter name: Names the blob of the layer by the digest that it has.
    func open(layoutNaming name: (String) -> String) throws {
        let layer = name(ImageBytes(try tar().archive).sha256())
        let folder = "layout/blobs/" + layer.split(separator: ":")[0]
        try scratch.makeFolder("layout/blobs/sha256")
        try scratch.makeFolder(folder)
        try scratch.write(folder + "/" + layer.split(separator: ":")[1], tar().archive)
        let manifest = Array(
            #"""
            {"schemaVersion": 2, "layers": [
             {"mediaType": "application/vnd.oci.image.layer.v1.tar", "digest": "\#(layer)"}]}
            """#.utf8)
        let digest = ImageBytes(manifest).sha256()
        try scratch.write("layout/blobs/sha256/" + digest, manifest)
        try scratch.write("layout/oci-layout", Array(#"{"imageLayoutVersion": "1.0.0"}"#.utf8))
        try scratch.write(
            "layout/index.json",
            Array(
                #"""
                {"schemaVersion": 2, "manifests": [
                 {"mediaType": "application/vnd.oci.image.manifest.v1+json", "digest": "sha256:\#(digest)", "size": 1}]}
                """#.utf8))
        target = scratch.path("layout")
    }

    /// Makes a file of a type of its own, and opens that.
    func open(archive: [UInt8]) throws {
        try scratch.write("made.tar", archive)
        target = scratch.path("made.tar")
    }

    /// The images as members of a tar.
    func tar() throws -> TarBuilder {
        var tar = TarBuilder()
        for name in scratch.names where name != "layout" { tar.add("checkpoint/" + name, try scratch.bytes(name)) }
        return tar
    }

    func verify() throws -> Verification {
        Verification(try Checkpoint(path: FilePath(target)))
    }

    /// Where an entry begins, by the size words alone: of images that have nothing behind their entries.
    func start(ofEntry entry: Int, _ image: String) throws -> Int {
        let bytes = try bytes(image)
        var offset = 8
        for _ in 0..<entry {
            guard offset + 4 <= bytes.count else { throw Unchanged(image: image) }
            let size = (0..<4).reduce(0) { $0 | Int(bytes[offset + $1]) << ($1 * 8) }
            offset += 4 + size
        }
        return offset
    }
}

/// A test that changes nothing proves nothing.
struct Unchanged: Error {
    let image: String
}
