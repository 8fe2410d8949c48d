internal import CRIUImages

/// An image of netlink messages as the kernel sent them, some after a magic word.
struct NetlinkImage {
    private let library: ImageLibrary
    private let name: String

    init(_ library: ImageLibrary, name: String) {
        self.library = library
        self.name = name
    }

    /// The messages of one type, made into items. Damage is listed as a problem, and ends the list.
    ///
    /// - Parameters:
    ///   - magic: The word before the messages, which tells the order of bytes; nil if there is none, so that the order is
    ///     that of the other images.
    ///   - type: The type of the messages; others are listed as a problem.
    ///   - make: Makes an item of a message; nil if the message is too short for one.
    func items<Item>(
        magic: UInt32?, type: UInt16, _ make: (NetlinkMessage, Origin) -> Item?
    ) -> Known<[Item]> {
        guard library.has(name) else { return .missing(Absence(.noImage, "\(name) is not there")) }
        let bytes: ImageBytes
        do {
            bytes = try library.source.bytes(of: name)
        } catch {
            return .missing(library.note(error))
        }
        guard let (order, start) = beginning(bytes, magic) else {
            return .missing(note("does not begin with its magic word", at: 0, nil))
        }
        return .value(read(bytes, order, from: start, type, make))
    }

    private func beginning(_ bytes: ImageBytes, _ magic: UInt32?) -> (ByteOrder, Int)? {
        guard let magic else { return (library.byteOrder, 0) }
        let head = bytes.copy(0..<min(bytes.count, 4))
        for order in ByteOrder.allCases where NetlinkBytes(bytes: head, order: order).whole(as: UInt32.self) == magic {
            return (order, 4)
        }
        return nil
    }

    private func read<Item>(
        _ bytes: ImageBytes, _ order: ByteOrder, from start: Int, _ type: UInt16,
        _ make: (NetlinkMessage, Origin) -> Item?
    ) -> [Item] {
        var items: [Item] = []
        var place = start
        var index = 0
        while place < bytes.count {
            let left = bytes.count - place
            let header = NetlinkBytes(bytes: bytes.copy(place..<(place + min(left, 16))), order: order)
            guard header.count == 16, let length = header.number(0, as: UInt32.self), length >= 16, Int(length) <= left
            else {
                note("a message is cut off, or its length cannot be", at: place, index)
                break
            }
            let message = NetlinkMessage(
                type: header.number(4, as: UInt16.self) ?? 0, flags: header.number(6, as: UInt16.self) ?? 0,
                body: NetlinkBytes(bytes: bytes.copy((place + 16)..<(place + Int(length))), order: order), index: index)
            if message.type != type {
                note("a message of type \(message.type) is not one of this image", at: place, index)
            } else if let item = make(message, Origin(name, entry: index)) {
                items.append(item)
            } else {
                note("a message is too short for its type, or has a damaged attribute", at: place, index)
            }
            place += (Int(length) + 3) & ~3
            index += 1
        }
        return items
    }

    @discardableResult
    private func note(_ detail: String, at offset: Int, _ entry: Int?) -> Absence {
        let problem = Problem(image: name, entry: entry, offset: offset, code: "bad-netlink", detail: detail)
        library.note(problem)
        return Absence(.damaged, problem.description)
    }
}
