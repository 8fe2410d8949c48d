import CRIUImages
import CheckpointTestSupport
import Testing

@Suite("Images of the graphics plugin")
struct SizedImageTests {
    private let name = "amdgpu-dmabuf_12.img"
    private let message = MessageBuilder().varint(1, 77)
    private let json = #"{"gem_handle": 77}"#

    /// A 64-bit size in a byte order.
    private func size(_ count: UInt8, _ order: ByteOrder) -> [UInt8] {
        let zeros: [UInt8] = Array(repeating: 0, count: 7)
        return order == .little ? [count] + zeros : zeros + [count]
    }

    @Test("A 64-bit size before the one message, in both byte orders", arguments: ByteOrder.allCases)
    func sized(_ order: ByteOrder) throws {
        let image = ImageBuilder(byteOrder: order).raw(size(2, order) + message.bytes)
        let file = try image.open(name: name)
        #expect(file.kind == .amdgpuDmabuf)
        #expect(file.header.byteOrder == order)
        #expect(!file.header.isOldForm)
        let text = #"{"magic": "AMDGPU_DMABUF", "entries": [\#(json)]}"#
        #expect(try image.plain(name: name) == text)
        #expect(try encode(text, byteOrder: order) == image.bytes)
    }

    @Test("The message alone, as older versions of the plugin wrote it")
    func bare() throws {
        let image = ImageBuilder().raw(message.bytes)
        let file = try image.open(name: name)
        #expect(file.header.isOldForm)
        let text = #"{"magic": "AMDGPU_DMABUF", "framing": "old", "entries": [\#(json)]}"#
        #expect(try image.plain(name: name) == text)
        #expect(try encode(text) == image.bytes)
        #expect(try file.countEntries() == 1)
    }

    @Test("A bare message of eight bytes and more is not taken for a size")
    func longBare() throws {
        let image = ImageBuilder().raw(message.varint(9, .max).bytes)
        #expect(try image.open(name: name).header.isOldForm)
        #expect(try encode(image.plain(name: name)) == image.bytes)
    }

    @Test("A size that is not that of the rest leaves a bare message, which is damaged")
    func wrongSize() throws {
        let image = try ImageBuilder().raw(size(3, .little) + message.bytes).open(name: name)
        #expect(image.header.isOldForm)
        let damage = try #require(JSONForm(image).damage)
        #expect(damage.code == .malformedMessage)
        #expect(damage.entry == 0)
    }

    @Test("An empty file and an empty message lack the required field", arguments: [[], Array(repeating: 0, count: 8)])
    func empty(_ bytes: [UInt8]) throws {
        let image = try ImageBuilder().raw(bytes).open(name: name)
        let damage = try #require(JSONForm(image).damage)
        #expect(damage.code == .missingField)
        #expect(damage.offset == bytes.count)
        #expect(damage.detail.contains("gem_handle"))
    }

    @Test("There is exactly one entry")
    func oneEntry() {
        for entries in ["", "\(json), \(json)"] {
            let text = #"{"magic": "AMDGPU_DMABUF", "entries": [\#(entries)]}"#
            #expect(throws: ImageJSONError.self) { try encode(text) }
        }
    }
}
