internal import Dispatch
internal import EvidenceText
internal import Synchronization

/// Writes the entries of a large image as JSON on two processors: while one batch is written out, the next is decoded.
struct EntryBatches {
    private let image: ImageFile
    /// Where each batch begins; the last place is the end of what the sizes of the entries reach.
    private let places: [EntryPlace]

    /// From which size on an image is worth it.
    private static let threshold = 2 << 20
    /// How many bytes of the image are in a batch.
    private static let batchSize = 1 << 18
    private static let workers = 2

    /// Divides an image, or returns nil if it is small or has payloads.
    init?(_ image: ImageFile) {
        guard image.bytes.count > EntryBatches.threshold, image.kind.payload == .none, image.kind.lead != .sizeAlone
        else {
            return nil
        }
        self.image = image
        self.places = EntryBatches.divide(image)
    }

    /// Follows the sizes of the entries to the end or to the first size that cannot be.
    private static func divide(_ image: ImageFile) -> [EntryPlace] {
        image.bytes.withUnsafeBytes { bytes in
            var offset = image.header.entriesOffset
            var index = 0
            var places = [EntryPlace(index: 0, offset: offset)]
            while bytes.count - offset >= 4 {
                let size = Int(bytes.word(at: offset, image.header.byteOrder))
                guard size < 1 << 31, size <= bytes.count - offset - 4 else { break }
                offset += 4 + size
                index += 1
                guard let start = places.last?.offset, offset - start >= batchSize else { continue }
                places.append(EntryPlace(index: index, offset: offset))
                image.bytes.release(start..<offset)
            }
            // The worker of the last batch goes on to the end of the file, and meets the damage if there is any.
            return places
        }
    }

    /// What the workers share. Only the one whose turn it is touches it.
    private final class Progress: Sendable {
        let result = Mutex<(count: Int, damage: ImageError?)>((0, nil))
        let turns: [DispatchSemaphore]

        init() {
            turns = (0..<EntryBatches.workers).map { _ in DispatchSemaphore(value: 0) }
            turns[0].signal()
        }
    }

    /// Writes all entries.
    ///
    /// - Parameter writer: The writer that has begun the array of entries.
    /// - Returns: How many entries were written, and the first damage.
    func write(continuing writer: borrowing MessageJSONWriter) -> (count: Int, damage: ImageError?) {
        let progress = Progress()
        let target = Shared(writer.out)
        let isPretty = writer.isPretty
        let work = { @Sendable (worker: Int) in
            let text = OutputBuffer(capacity: 4 << 20)
            for batch in stride(from: worker, to: places.count, by: EntryBatches.workers) {
                if progress.result.withLock({ $0.damage != nil }) { break }
                let (count, damage) = render(batch, to: text, isPretty: isPretty)
                progress.turns[worker].wait()
                progress.result.withLock { result in
                    guard result.damage == nil, !target.value.hasFailed else { return }
                    text.moveCollected(to: target.value)
                    result = (result.count + count, damage)
                }
                progress.turns[(worker + 1) % EntryBatches.workers].signal()
            }
            // A worker that stops early must not keep the other one waiting.
            progress.turns[(worker + 1) % EntryBatches.workers].signal()
        }
        // A thread for each worker, whatever the number of processors: they wait for each other.
        let others = DispatchGroup()
        for worker in 1..<EntryBatches.workers {
            DispatchQueue.global().async(group: others) { work(worker) }
        }
        work(0)
        others.wait()
        return progress.result.withLock { $0 }
    }

    private func render(_ batch: Int, to text: OutputBuffer, isPretty: Bool) -> (count: Int, damage: ImageError?) {
        let place = places[batch]
        let end = batch + 1 < places.count ? places[batch + 1].offset : image.bytes.count
        var writer = MessageJSONWriter(
            entriesTo: text, isPretty: isPretty, byteOrder: image.header.byteOrder, isFirst: batch == 0)
        var cursor = EntryCursor(image, at: place)
        var count = 0
        do {
            while cursor.position < end, try cursor.next() {
                writer.layout.member()
                cursor.withMessage { message in writer.write(message.base, message.type.schema) }
                count += 1
            }
        } catch {
            return (count, error)
        }
        image.bytes.release(place.offset..<end)
        return (count, nil)
    }
}

/// Lets workers that take turns use one object.
private struct Shared<Value>: @unchecked Sendable {
    let value: Value

    init(_ value: Value) {
        self.value = value
    }
}
