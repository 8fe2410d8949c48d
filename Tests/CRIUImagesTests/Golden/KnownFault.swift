import CheckpointTestSupport
import Foundation

/// A fault of CRIU's tool in its recorded JSON, and what stands there rightly.
struct KnownFault: Sendable {
    /// The image, as `scenario/file`.
    let image: String
    /// Whether it shows in the form of one line, in the form for people, or in both.
    let plain: (wrong: String, right: String)?
    let pretty: (wrong: String, right: String)?

    /// Every fault that the fixtures show.
    static let all: [KnownFault] = [
        // The tool swaps the names of the states 3 (stopped) and 6 (zombie).
        KnownFault(
            image: "tree/core-4680.img", plain: nil,
            pretty: (#""task_state": "Zombie""#, #""task_state": "Stopped""#)),
        // The content of a segment is in the page images (in_pagemaps), but the tool takes what follows for it.
        KnownFault(
            image: "memory/ipcns-shm-9.img", plain: (#", "extra": """#, ""),
            pretty: (",\n            \"extra\": \"\"", "")),
        KnownFault(
            image: "container/ipcns-shm-11.img",
            plain: (#", "extra": "GgAAAAoTCIKAtPcFEAAYACAAKAAwgAM4ARCAQBgB\n"}"#, "}, " + secondSegment),
            pretty: (
                ",\n" + #"            "extra": "GgAAAAoTCIKAtPcFEAAYACAAKAAwgAM4ARCAQBgB\n""# + "\n        }",
                "\n        },\n" + secondSegmentLines
            )),
    ]

    /// The entry that the tool takes for the content of the one before it. The bytes are those of its base64.
    private static let secondSegment = """
        {"desc": {"key": 1592590338, "uid": 0, "gid": 0, "cuid": 0, "cgid": 0, "mode": 384, "id": 1}, \
        "size": 8192, "in_pagemaps": true}
        """

    private static let secondSegmentLines = """
                {
                    "desc": {
                        "key": 1592590338,
                        "uid": 0,
                        "gid": 0,
                        "cuid": 0,
                        "cgid": 0,
                        "mode": 384,
                        "id": 1
                    },
                    "size": 8192,
                    "in_pagemaps": true
                }
        """

    /// The recorded JSON of an image with the tool's faults put right.
    ///
    /// - Returns: nil if a fault of the table is not in the text, so that the table is wrong.
    static func corrected(_ golden: String, of image: FixtureImage, isPretty: Bool) -> String? {
        var text = golden
        for fault in all where fault.image == image.description {
            guard let change = isPretty ? fault.pretty : fault.plain else { continue }
            guard text.contains(change.wrong) else { return nil }
            text = text.replacingOccurrences(of: change.wrong, with: change.right)
        }
        return text
    }
}
