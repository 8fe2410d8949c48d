internal import CRIUImages
internal import SystemPackage

/// Where members of a compressed archive are kept while it is looked through: in memory, or in a temporary file.
struct MemberStore: ~Copyable {
    private let context: SourceContext
    private var memory = 0
    private var spool: Spool?

    init(_ context: SourceContext) {
        self.context = context
    }

    /// Unpacks the current member of a pass.
    mutating func keep(_ member: inout ArchiveMember, of pass: inout ArchivePass) {
        let size = member.header.size
        if size <= context.limits.smallMember, memory + size <= context.limits.memory {
            memory += size
            member.place = .memory(copy(&member, of: &pass))
            return
        }
        do throws(Errno) {
            if spool == nil { spool = try Spool(in: context.options.spoolFolder) }
            guard let (range, shortage) = try spool?.append(member.header, of: &pass) else { return }
            (member.place, member.shortage) = (.spooled(range), shortage)
        } catch {
            member.place = .lost("its \(size) bytes cannot be unpacked: \(unpackingFailure(error, context))")
        }
    }

    private func copy(_ member: inout ArchiveMember, of pass: inout ArchivePass) -> ImageBytes {
        var bytes = [UInt8](repeating: 0, count: member.header.size)
        var reached = 0
        let shortage = try? pass.read(member.header) { offset, block in
            bytes.withUnsafeMutableBytes { $0[offset..<(offset + block.count)].copyBytes(from: block) }
            reached = offset + block.count
        }
        if let shortage {
            member.shortage = shortage
            bytes.removeLast(bytes.count - reached)
        }
        return ImageBytes(bytes)
    }

    /// The bytes of a member that was kept; nil if it cannot be read.
    func bytes(_ place: ArchiveContents.Place) -> ImageBytes? {
        switch place {
        case .memory(let bytes): bytes
        case .spooled(let range): spooled.value?[range]
        default: nil
        }
    }

    /// What is in the temporary file.
    var spooled: Known<ImageBytes> {
        guard spool != nil else { return .missing(Absence(.noImage, "nothing was unpacked")) }
        do throws(Errno) {
            guard let bytes = try spool?.map() else { return .missing(Absence(.noImage, "nothing was unpacked")) }
            return .value(bytes)
        } catch {
            return .missing(Absence(.damaged, "the temporary file cannot be read: \(error)"))
        }
    }
}
