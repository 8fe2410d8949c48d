internal import CRIUImages
internal import EvidenceText

/// The members of an archive, in its order: of a checkpoint, or of an archive inside one (changes of the root file system,
/// volumes, contents of a tmpfs).
///
/// Tar, plain or compressed by gzip, zstd, xz or bzip2, recognised by content. Nothing is ever written under a name from
/// the archive.
public struct ArchiveListing: Sendable {
    /// The members, names that occur several times included.
    public let members: [ArchiveMember]
    /// What is wrong with the archive. What could be read is in ``members`` all the same.
    public let problems: [Problem]

    /// Reads the headers of an archive to its end.
    ///
    /// A compressed archive takes one pass; small members are kept, large ones unpacked when their content is asked for.
    /// Linear in the size of what is unpacked, which is bounded.
    ///
    /// - Parameters:
    ///   - bytes: The archive.
    ///   - name: What problems call it: `NAME/MEMBER`; nil for just the member.
    /// - Throws: ``ArchiveDamage`` if it is no archive.
    init(_ bytes: ImageBytes, name: String?, _ context: SourceContext = SourceContext()) throws(ArchiveDamage) {
        var scan = try ArchiveScan(bytes, context)
        let (members, damage) = scan.run()
        if members.isEmpty, let first = damage.first { throw first }
        self.members = members
        problems = damage.map { damage in
            let member = damage.member.flatMap { $0 < members.count ? members[$0].name.forTerminal : nil }
            let image = [name, member].compactMap { $0 }.joined(separator: "/")
            return Problem(image: image, entry: nil, offset: nil, code: "damaged-archive", detail: damage.detail)
        }
    }
}

extension ImageLibrary {
    /// Opens an archive that is an image (`tmpfs-dev-N.tar.gz.img`) or lies beside the images (`rootfs-diff.tar`).
    ///
    /// - Returns: The members, or why there are none. Damage is listed as a problem; that the file is not there is not.
    func archive(_ name: String) -> Known<ArchiveListing> {
        guard let content = has(name) ? imageBytes(name) : source.attachment(name) else {
            return .missing(Absence(.noImage, "\(name) is not there"))
        }
        return content.flatMap { bytes in
            do throws(ArchiveDamage) {
                let listing = try ArchiveListing(bytes, name: name, source.context)
                listing.problems.forEach(note)
                return .value(listing)
            } catch {
                return .missing(note(ImageError(unreadable: name, error.detail)))
            }
        }
    }

    private func imageBytes(_ name: String) -> Known<ImageBytes> {
        do throws(ImageError) {
            return .value(try source.bytes(of: name))
        } catch {
            return .missing(note(error))
        }
    }
}
