internal import CheckpointModel

/// The files of an image set, to be looked up by name.
struct ImageSet {
    let all: [ImageSummary]
    private let places: [String: Int]

    init(_ images: [ImageSummary]) {
        all = images
        places = Dictionary(images.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// A file. Constant time.
    subscript(name: String) -> ImageSummary? { places[name].map { all[$0] } }

    /// The files of the dump itself.
    var own: some Sequence<ImageSummary> { all.lazy.filter { $0.level == 0 } }

    /// Whether there is a file. Constant time.
    func has(_ name: String) -> Bool { places[name] != nil }

    /// The files of the dump whose names are a prefix and a number, such as `core-12.img`, with the number.
    func numbered(_ prefix: String) -> [(image: ImageSummary, number: UInt64)] {
        own.compactMap { image in ImageSet.number(image.baseName, prefix).map { (image, $0) } }
    }

    /// The number in a name that is a prefix, a number and `.img`.
    static func number(_ name: Substring, _ prefix: String) -> UInt64? {
        guard name.hasPrefix(prefix), name.hasSuffix(".img") else { return nil }
        let digits = name.dropFirst(prefix.count).dropLast(".img".count)
        guard let number = UInt64(digits), String(number) == digits else { return nil }
        return number
    }
}
