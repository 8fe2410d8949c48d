import CheckpointTestSupport
import Testing

@testable import CRIUImages

@Suite("Nested messages")
struct NestingTests {
    /// An `apparmor_entry` with a namespace in a namespace, and so on.
    private func apparmor(depth: Int) -> ImageBuilder {
        ImageBuilder(.apparmor).entry(MessageBuilder().message(1, nested(depth, field: 3)))
    }

    /// A `cgroup_entry` with a folder in a folder, and so on.
    private func cgroups(depth: Int) -> ImageBuilder {
        let controller = MessageBuilder().message(2, nested(depth, field: 2))
        return ImageBuilder(.cgroup).entry(MessageBuilder()).entry(MessageBuilder().message(2, controller))
    }

    /// Messages with an empty name, each in the field of the one around it. Built from the inside, in linear time.
    private func nested(_ depth: Int, field: UInt8) -> MessageBuilder {
        var reversed: [UInt8] = [0, 0x0A]
        for _ in 1..<depth {
            reversed += varintBytes(UInt64(reversed.count)).reversed() + [field << 3 | 2, 0, 0x0A]
        }
        return MessageBuilder(reversed.reversed())
    }

    @Test("As deep as the limit is read, shown and encoded")
    func deepest() throws {
        let limit = MessageDecoder.depthLimit
        for image in [apparmor(depth: limit - 1), cgroups(depth: limit - 2)] {
            #expect(try encode(image.plain()) == image.bytes)
            #expect(try encode(image.pretty()) == image.bytes)
        }
    }

    @Test("Namespaces nested more deeply are refused", arguments: [100, 101, 200, 100_000])
    func namespaces(_ depth: Int) throws {
        let damage = try #require(JSONForm(try apparmor(depth: depth).open()).damage)
        #expect(damage.code == .nestedTooDeeply)
        #expect(damage.kind == .apparmor)
        #expect(damage.entry == 0)
        #expect(try #require(damage.offset) > 12 + 99 * 2)
        #expect(damage.detail.contains("100"))
    }

    @Test("Folders nested more deeply are refused", arguments: [99, 200, 100_000])
    func folders(_ depth: Int) throws {
        let form = JSONForm(try cgroups(depth: depth).open())
        #expect(form.text == #"{"magic": "CGROUP", "entries": [{}]}"#)
        let damage = try #require(form.damage)
        #expect(damage.code == .nestedTooDeeply)
        #expect(damage.entry == 1)
    }

    @Test("Depth in bytes of which the schema knows nothing does no harm")
    func unknownDepth() throws {
        let image = ImageBuilder(.fdinfo).entry(Sample.fdinfo(1).message(90, nested(100_000, field: 3)))
        #expect(try encode(image.plain()) == image.bytes)
    }
}
