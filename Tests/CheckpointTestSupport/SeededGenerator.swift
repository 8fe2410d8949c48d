import Foundation

/// Random numbers that can be had again (SplitMix64).
public struct SeededGenerator: RandomNumberGenerator, Sendable {
    /// What to set `CRYOSCOPE_TEST_SEED` to, to have the same numbers.
    public let seed: UInt64
    private var state: UInt64

    /// Begins at a seed.
    public init(seed: UInt64) {
        self.seed = seed
        self.state = seed
    }

    /// Begins at the seed in the environment's `CRYOSCOPE_TEST_SEED`, or at a new one, and prints it.
    ///
    /// - Parameter test: What the seed is for.
    public init(printingSeedFor test: String) {
        let given = ProcessInfo.processInfo.environment["CRYOSCOPE_TEST_SEED"].flatMap(UInt64.init)
        self.init(seed: given ?? UInt64.random(in: 1...999_999_999))
        print("\(test): CRYOSCOPE_TEST_SEED=\(seed)")
    }

    /// The next 64 bits.
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
