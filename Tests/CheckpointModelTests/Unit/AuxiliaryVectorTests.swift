import CheckpointTestSupport
import Testing

@testable import CheckpointModel

@Suite("The auxiliary vector")
struct AuxiliaryVectorTests {
    private func vector(_ words: [UInt64]) throws -> [ProcessMemory.AuxiliaryEntry] {
        var source = MemorySource()
        let entry = MessageBuilder.memory(pageSize: nil).list(13, words)
        source.addMemory(entry, runs: [.run(0x1000, 1)], pages: numberedPages(1))
        return try source.memory().memory.auxiliaryVector
    }

    @Test("Keys and values, up to the end")
    func pairs() throws {
        #expect(
            try vector([6, 4096, 9, 1 << 40, 0, 0, 7, 7]) == [
                .init(key: 6, value: 4096), .init(key: 9, value: 1 << 40), .init(key: 0, value: 0),
            ])
        #expect(try vector([6]) == [])
    }

    @Test("Of a 32-bit program, CRIU takes a key and its value for one word")
    func packed() throws {
        #expect(
            try vector([0xF7FD_0000 << 32 | 32, 4096 << 32 | 6, 0, 0]) == [
                .init(key: 32, value: 0xF7FD_0000), .init(key: 6, value: 4096), .init(key: 0, value: 0),
            ])
    }
}
