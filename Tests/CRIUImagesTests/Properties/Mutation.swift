import CheckpointTestSupport

/// Damages bytes at random.
struct Mutation {
    private var generator: SeededGenerator

    init(_ generator: SeededGenerator) {
        self.generator = generator
    }

    /// The bytes with some bits turned, a part taken out or put in twice, or the end cut off.
    mutating func damaged(_ bytes: [UInt8]) -> [UInt8] {
        var result = bytes
        for _ in 0..<Int.random(in: 1...3, using: &generator) where !result.isEmpty { change(&result) }
        return result
    }

    private mutating func change(_ bytes: inout [UInt8]) {
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        let part = place..<min(bytes.count, place + Int.random(in: 1...8, using: &generator))
        switch Int.random(in: 0..<6, using: &generator) {
        case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
        case 1: bytes[place] = UInt8.random(in: .min ... .max, using: &generator)
        case 2: bytes[place] = [0x00, 0x7F, 0x80, 0xFF].randomElement(using: &generator)!
        case 3: bytes.removeLast(bytes.count - place)
        case 4: bytes.removeSubrange(part)
        default: bytes.insert(contentsOf: bytes[part], at: place)
        }
    }
}
