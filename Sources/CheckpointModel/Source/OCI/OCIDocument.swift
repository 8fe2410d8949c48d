internal import CRIUImages

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// What cryoscope reads of an index or a manifest of the OCI image specification.
struct OCIDocument: Decodable {
    var manifests: [OCIDescriptor]?
    var layers: [OCIDescriptor]?
    var annotations: [String: String]?

    /// Documents are some KiB; more than this is not read.
    private static let limit = 16 << 20

    /// Reads JSON; nil if it is no index or manifest.
    init?(_ bytes: ImageBytes) {
        guard bytes.count <= OCIDocument.limit,
            let document = try? JSONDecoder().decode(OCIDocument.self, from: Data(bytes.copy(0..<bytes.count))),
            document.manifests != nil || document.layers != nil
        else { return nil }
        self = document
    }
}

/// A reference to a blob.
struct OCIDescriptor: Decodable {
    var mediaType: String?
    var digest: String?
    var size: Int64?
    var annotations: [String: String]?

    /// Whether the media type ends so, whatever the vendor calls its tree of types.
    func isOf(_ type: String) -> Bool { mediaType?.hasSuffix(type) == true }
}
