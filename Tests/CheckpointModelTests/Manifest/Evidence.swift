import CheckpointTestSupport
import EvidenceText
import Foundation
import SystemPackage

@testable import CheckpointModel

/// Makes manifests of what a test wrote.
enum Evidence {
    static func manifest(_ path: String) throws -> EvidenceManifest { try EvidenceManifest(path: FilePath(path)) }

    /// A chain of snapshots, each in a folder of its own.
    static func chain() throws -> ScratchFolder {
        let folder = try ScratchFolder()
        for link in ["1", "2", "3"] {
            try folder.makeFolder(link)
            try folder.write("\(link)/inventory.img", Array("inventory \(link)".utf8))
            try folder.write("\(link)/pages-1.img", Array("pages \(link)".utf8))
            if link > "1" { try folder.link("\(link)/parent", to: "../\(link == "2" ? 1 : 2)") }
        }
        return folder
    }
}

extension EvidenceManifest {
    /// Members by their paths from what the user named on.
    var byPath: [ByteText: EvidenceMember] {
        var members: [ByteText: EvidenceMember] = [:]
        for source in sources {
            for member in source.members { members[source.path(of: member)] = member }
        }
        return members
    }
}
