import CRIUImages
import CheckpointTestSupport

/// Encodes JSON. What is made of it has to be an image that gives the same image again.
func fuzzJSON(_ input: [UInt8]) {
    for byteOrder in [nil, ByteOrder.big] {
        guard let image = try? encode(input, byteOrder: byteOrder) else { continue }
        checkJSON(of: image, byteOrder, isPretty: false)
        checkJSON(of: image, byteOrder, isPretty: true)
    }
}
