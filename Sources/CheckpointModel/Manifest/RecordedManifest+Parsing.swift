public import SystemPackage

internal import CRIUImages
internal import EvidenceText

extension RecordedManifest {
    /// The largest file that is read, and how many values it can have: some million members.
    private static let sizeLimit = 1 << 30
    private static let valueLimit = 10_000_000

    /// Reads the file of a manifest. It is not trusted: size, depth and number of values are bounded, and what it says is
    /// taken only if all of it has the form that manifests have.
    ///
    /// - Throws: ``ManifestError`` if it cannot be read, is no manifest, is damaged anywhere, or is of a newer version.
    public init(path: FilePath) throws(ManifestError) {
        let bytes: ImageBytes
        do throws(Errno) {
            // What is no regular file could have no end.
            guard try fileStatus(path, followsLink: true).isRegular else { throw .invalidArgument }
            bytes = try ImageBytes(path: path)
        } catch {
            throw ManifestError(detail: "cannot be read: \(error)")
        }
        try self.init(parsing: bytes)
    }

    init(parsing bytes: ImageBytes) throws(ManifestError) {
        guard bytes.count <= RecordedManifest.sizeLimit else {
            throw ManifestError(detail: "is larger than any manifest that is read")
        }
        let document = RecordedObject(try RecordedManifest.value(bytes), place: "")
        guard let document, try document.word("format") == "cryoscope-manifest" else {
            throw ManifestError(detail: "is no manifest of cryoscope")
        }
        let version = try document.count("version")
        guard version <= UInt64(RecordedManifest.version) else {
            throw ManifestError(
                detail: "has version \(version) of the form, and this cryoscope reads up to \(RecordedManifest.version)"
            )
        }
        manifest = EvidenceManifest(
            path: try document.text("path"), sources: try document.objects("sources", EvidenceSource.init(recorded:)),
            problems: [])
        recordedDigest = try document.digest("digest")
        madeAt = try document.text("made_at")
        caseID = try document.optional("case", document.text)
        examiner = try document.optional("examiner", document.text)
    }

    private static func value(_ bytes: ImageBytes) throws(ManifestError) -> MetadataValue {
        let (value, damage, duplicate) = bytes.withUnsafeBytes { text in
            var parser = MetadataParser(text, valueLimit: valueLimit)
            let value = parser.document()
            return (value, parser.damage, parser.duplicates.first)
        }
        if let damage { throw ManifestError(detail: "is damaged at byte \(damage.offset): \(damage.detail)") }
        // Two readers could take different ones.
        if let duplicate { throw ManifestError(detail: "has the key \(duplicate.forTerminal) twice in one object") }
        guard let value else { throw ManifestError(detail: "is empty") }
        return value
    }
}

extension EvidenceSource {
    fileprivate init(recorded object: RecordedObject) throws(ManifestError) {
        guard let kind = Kind(rawValue: try object.word("kind")) else { throw object.wrong("kind", "a kind of source") }
        let file = try object.optional("sha256") { key throws(ManifestError) in
            File(size: try object.count("size"), sha256: try object.digest(key))
        }
        guard (file == nil) == [.directory, .parent, .neighbours].contains(kind) else {
            throw object.wrong("sha256", "there for archives and files, and for nothing else")
        }
        self.init(
            try object.text("name"), kind, file: file,
            compression: try object.optional("compression", object.word),
            try object.objects("members", EvidenceMember.init(recorded:)))
    }
}

extension EvidenceMember {
    fileprivate init(recorded object: RecordedObject) throws(ManifestError) {
        guard let type = Kind(rawValue: try object.word("type")) else { throw object.wrong("type", "a type of file") }
        let digest: Known<String>?
        if object.isNull("sha256") {
            digest = .missing(Absence(.unreadable, "the manifest has no digest of it"))
        } else {
            digest = try object.optional("sha256", object.digest).map { .value($0) }
        }
        self.init(
            try object.text("name"), type, size: try object.optional("size", object.count),
            sha256: digest, target: try object.optional("target", object.text),
            imageKind: nil)
    }
}
