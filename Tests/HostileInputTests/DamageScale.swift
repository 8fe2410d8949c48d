import CheckpointTestSupport
import Foundation

/// How many random places are damaged: `CRYOSCOPE_DAMAGE` times as many as by default. The seed is printed, and set by
/// `CRYOSCOPE_TEST_SEED`.
enum DamageScale {
    private static let factor = ProcessInfo.processInfo.environment["CRYOSCOPE_DAMAGE"].flatMap(Int.init) ?? 1

    /// So many places of each image, and more of them if that is asked for.
    static func places(_ count: Int) -> Int { count * factor }

    /// Random numbers of a test's own for one image: the same ones in whatever order images are damaged.
    static func generator(_ generator: SeededGenerator, for image: FixtureImage) -> SeededGenerator {
        let name = image.description.utf8.reduce(0) { ($0 as UInt64) &* 31 &+ UInt64($1) }
        return SeededGenerator(seed: generator.seed &+ name)
    }
}

extension FixtureImage {
    /// The images of all fixtures that have entries, each content once.
    static let distinct: [FixtureImage] = {
        var seen: Set<[UInt8]> = []
        return framed.filter { image in
            guard let bytes = try? image.bytes() else { return false }
            return seen.insert(Array(image.fileName.prefix { !$0.isNumber }.utf8) + bytes).inserted
        }
    }()
}
