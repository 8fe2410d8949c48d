internal import CRIUImages

/// The entries of an image in order, of which those that come next can be looked at before they are taken.
struct EntryQueue: ~Copyable {
    private var cursor: EntryCursor
    private let image: ImageFile
    private let key: EntryKey?
    private var window: ReleaseWindow
    private var waiting: [EntryFrame] = []
    private var taken = 0
    /// The damage behind the last entry; nil if there is none, or if nobody has come as far.
    private(set) var damage: ImageError?
    private var isAtEnd = false

    /// - Parameter key: What tells entries apart; nil if nothing does.
    init(_ image: ImageFile, _ key: EntryKey?) {
        (self.image, self.key) = (image, key)
        cursor = image.entries()
        window = ReleaseWindow(image.bytes, from: 0)
    }

    /// How many entries wait at most, after looking as many ahead.
    mutating func look(ahead count: Int) -> Int {
        while waiting.count - taken < count, let frame = read() { waiting.append(frame) }
        return min(waiting.count - taken, count)
    }

    /// An entry that waits, counted from the next one.
    ///
    /// - Precondition: ``look(ahead:)`` found it.
    subscript(place: Int) -> EntryFrame { waiting[taken + place] }

    /// What tells the entries that wait apart; nil if nothing does, or if they are not in its order.
    ///
    /// - Precondition: ``look(ahead:)`` found as many.
    func keys(_ count: Int) -> [UInt64]? {
        guard let key, count > 0 else { return nil }
        let keys = EntryQueue.keys(of: waiting[taken..<(taken + count)], image, key)
        guard let keys, zip(keys, keys.dropFirst()).allSatisfy({ $0 < $1 }) else { return nil }
        return keys
    }

    /// What tells entries apart; nil if one of them lacks it.
    static func keys(
        of entries: some Sequence<EntryFrame>, _ image: ImageFile, _ key: EntryKey
    ) -> [UInt64]? {
        var cursor = image.entries()
        var keys: [UInt64] = []
        for entry in entries {
            cursor.move(to: entry.place)
            // The entry was read before.
            guard (try? cursor.next()) == true, let number = cursor.number(key) else { return nil }
            keys.append(number)
        }
        return keys
    }

    /// Takes entries that wait.
    mutating func take(_ count: Int) -> ArraySlice<EntryFrame> {
        let entries = waiting[taken..<(taken + count)]
        taken += count
        if taken == waiting.count {
            waiting.removeAll(keepingCapacity: true)
            taken = 0
        }
        return entries
    }

    private mutating func read() -> EntryFrame? {
        guard !isAtEnd else { return nil }
        do {
            guard try cursor.next() else {
                isAtEnd = true
                return nil
            }
            window.advance(to: cursor.offset)
            return EntryFrame(index: cursor.index, start: cursor.offset, end: cursor.position)
        } catch {
            damage = error
            isAtEnd = true
            return nil
        }
    }
}

/// Where an entry is, with its payload.
struct EntryFrame {
    let index: Int
    let start: Int
    let end: Int

    var place: EntryPlace { EntryPlace(index: index, offset: start) }
    var range: Range<Int> { start..<end }
}
