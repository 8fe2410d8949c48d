import CRIUImages
import CheckpointModel
import CheckpointReport
import CheckpointTestSupport
import EvidenceText

@testable import CheckpointModel

/// Reads messages as every image of netlink messages, with its magic word before them, in both orders of bytes.
func fuzzNetlink(_ input: [UInt8]) {
    let magics: [(String, UInt32?)] = [
        ("ifaddr", InterfaceAddress.magic), ("route", Route.magic), ("route6", Route.magic),
        ("rule", RoutingRule.magic), ("netns-ct", nil), ("netns-exp", nil),
    ]
    for byteOrder in ByteOrder.allCases {
        var source = FuzzSource()
        source["inventory.img"] = ImageBuilder(.inventory, byteOrder: byteOrder).raw(
            Array(source["inventory.img"].bytes.dropFirst(8)))
        source["netns-10.img"] = ImageBuilder(.netns, byteOrder: byteOrder).entry(MessageBuilder())
        for (name, magic) in magics {
            var image = ImageBuilder(byteOrder: byteOrder)
            if let magic { image.append(word: magic) }
            source["\(name)-10.img"] = image.raw(input)
        }
        let checkpoint = source.checkpoint
        checkText {
            NetworkText.write(
                NamespaceSelection(checkpoint, checkpoint.processes.value ?? []), to: $0, TextStyle())
        }
        checkJSON { CheckpointDocument(fuzzSubject(checkpoint), .network).write(to: $0) }
    }
}
