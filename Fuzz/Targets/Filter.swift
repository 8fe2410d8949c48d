import CRIUImages
import CheckpointModel
import CheckpointReport
import CheckpointTestSupport
import EvidenceText

/// Disassembles a packet filter, which is the seccomp filter of a thread, in both orders of bytes.
func fuzzFilter(_ input: [UInt8]) {
    for byteOrder in ByteOrder.allCases {
        var source = FuzzSource()
        let thread = MessageBuilder().varint(1, 0).varint(2, 0).varint(11, 2).varint(12, 0)
        let core = MessageBuilder.core(name: "fuzz").message(5, thread)
        source["core-1.img"] = ImageBuilder(.core, byteOrder: byteOrder).entry(core)
        source["seccomp.img"] = ImageBuilder(.seccomp, byteOrder: byteOrder).entry(
            MessageBuilder().message(1, MessageBuilder().bytes(1, input)))
        let checkpoint = source.checkpoint
        let processes = checkpoint.processes.value ?? []
        checkText { ThreadsText.write(checkpoint, processes, .filters, to: $0, TextStyle()) }
        checkJSON { CheckpointDocument(fuzzSubject(checkpoint), .threads).write(to: $0) }
    }
}
