import CCRIUSchema
import CheckpointTestSupport
import Testing

@testable import CRIUImages

@Suite("Memory of a decoded message")
struct ArenaTests {
    /// Allocates as protobuf-c does.
    private func allocate(_ count: Int, in arena: borrowing Arena) -> UnsafeMutableRawPointer? {
        arena.allocator.pointee.alloc(arena.allocator.pointee.allocator_data, count)
    }

    @Test("Pieces are aligned, do not overlap, and can be written to their ends")
    func pieces() throws {
        let arena = Arena()
        for _ in 0..<3 {
            arena.reset(limit: 1 << 22)
            var pieces: [Range<UInt>] = []
            for count in [1, 16, 17, 0, 60_000, 5, 200_000, 3, 1_000_000] {
                let allocated = allocate(count, in: arena)
                let piece = try #require(allocated)
                #expect(UInt(bitPattern: piece) % 16 == 0)
                piece.initializeMemory(as: UInt8.self, repeating: 0xA5, count: count)
                pieces.append(UInt(bitPattern: piece)..<(UInt(bitPattern: piece) + UInt(count)))
            }
            pieces.sort { $0.lowerBound < $1.lowerBound }
            #expect(zip(pieces, pieces.dropFirst()).allSatisfy { $0.upperBound <= $1.lowerBound })
            let isExhausted = arena.isExhausted
            #expect(!isExhausted)
        }
    }

    @Test("What goes beyond the limit is refused, until the next message")
    func limit() {
        let arena = Arena()
        // What #expect is given must be copyable.
        func succeeds(_ counts: [Int], after limit: Int) -> [Bool] {
            arena.reset(limit: limit)
            return counts.map { allocate($0, in: arena) != nil } + [!arena.isExhausted]
        }
        #expect(succeeds([65, 1], after: 64) == [false, false, false])
        #expect(succeeds([32, 32], after: 64) == [true, true, true])
        #expect(succeeds([32, 32, 1], after: 64) == [true, true, false, false])
        #expect(succeeds([.max], after: 64) == [false, false])
    }

    @Test("A message that is refused for its size is told from a broken one")
    func tooLarge() throws {
        let decoder = MessageDecoder()
        // The limit is 1 MiB and 64 bytes for each one of the entry: nothing at all.
        decoder.prepare(forEntryOf: -(1 << 20) / 64)
        let damage = Sample.fdinfo(1).bytes.withUnsafeBytes { bytes in
            do throws(MessageDamage) {
                _ = try decoder.decode(.fdinfoEntry, bytes, at: 7)
                return nil as MessageDamage?
            } catch {
                return error
            }
        }
        #expect(damage?.code == .tooLarge)
        #expect(damage?.offset == 7)
        #expect(damage?.detail.contains("8 bytes") == true)
    }

    @Test("A hundred thousand empty messages are not too many")
    func emptyMessages() throws {
        let controllers = (0..<200_000).map { UInt8($0 % 2 == 0 ? 2 << 3 | 2 : 0) }
        let image = ImageBuilder(.cgroup).entry(MessageBuilder(controllers))
        #expect(try encode(image.plain()) == image.bytes)
    }
}
