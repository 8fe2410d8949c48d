internal import CRIUImages
internal import EvidenceText
internal import Synchronization

/// Reads records out of a source, and keeps a list of what could not be read.
///
/// Each problem is listed once, however often its image is asked for.
final class ImageLibrary: Sendable {
    let source: any ImageSource
    private let names: Set<String>
    private let log: ProblemLog
    /// What stands before the names of images in problems: empty, or `parent/` as often as it takes.
    let prefix: String
    private let openedParent = Mutex<Known<ImageLibrary>?>(nil)

    convenience init(_ source: any ImageSource) {
        self.init(source, prefix: "", log: ProblemLog())
    }

    private init(_ source: any ImageSource, prefix: String, log: ProblemLog) {
        self.source = source
        self.names = Set(source.imageNames)
        self.prefix = prefix
        self.log = log
    }

    /// What could not be read so far, here and in the parent snapshots, in the order of asking.
    var problems: [Problem] { log.problems }

    /// The images of the snapshot that this one builds on. It is opened once.
    var parent: Known<ImageLibrary> {
        openedParent.withLock { opened in
            if let opened { return opened }
            let parent = openParent()
            opened = parent
            return parent
        }
    }

    private func openParent() -> Known<ImageLibrary> {
        do {
            guard let parent = try source.parent() else {
                noteIfAbsent("parent")
                return .missing(Absence(.noImage, "the parent snapshot is not there"))
            }
            return .value(ImageLibrary(parent, prefix: prefix + "parent/", log: log))
        } catch {
            return .missing(note(error))
        }
    }

    /// Whether there is a file.
    func has(_ name: String) -> Bool { names.contains(name) }

    /// Opens an image.
    ///
    /// - Returns: The image, or why there is none; damage is listed as a problem, an absent image is not.
    func image(_ name: String) -> Known<ImageFile> {
        guard has(name) else { return .missing(Absence(.noImage, "\(name) is not there")) }
        do {
            return .value(try ImageFile(try source.bytes(of: name), name: name))
        } catch {
            return .missing(note(error))
        }
    }

    /// All records of an image as far as they can be read; damage is listed as a problem.
    func records<Record: ImageRecord>(_ name: String, _ type: Record.Type) -> Known<[Record]> {
        recordsAndGap(name, type).records
    }

    /// All records of an image as far as they can be read, and why that may not be all of them; nil if it is. An image of no
    /// records is none that CRIU writes. Damage is listed as a problem.
    func recordsAndGap<Record: ImageRecord>(
        _ name: String, _ type: Record.Type
    ) -> (records: Known<[Record]>, gap: Absence?) {
        switch image(name) {
        case .missing(let absence): return (.missing(absence), absence)
        case .value(let image):
            guard image.kind.message(ofEntry: 0) == type.messageType || image.kind == .pagemap else {
                let absence = note(ImageError(unexpected: image.kind, in: name))
                return (.missing(absence), absence)
            }
            let (records, damage) = image.records(type)
            let gap = damage.map { note($0) }
            if records.isEmpty { return (gap.map { .missing($0) } ?? .value([]), gap ?? .noEntry(in: name)) }
            return (.value(records), gap)
        }
    }

    /// The first record of an image.
    func record<Record: ImageRecord>(_ name: String, _ type: Record.Type) -> Known<Record> {
        records(name, type).flatMap { records in
            guard let first = records.first else { return .missing(.noEntry(in: name)) }
            return .value(first)
        }
    }

    /// The first record of an image that others call for; its absence is listed as a problem.
    func needed<Record: ImageRecord>(_ name: String, _ type: Record.Type) -> Known<Record> {
        noteIfAbsent(name)
        return record(name, type)
    }

    /// Lists it as a problem if an image that others call for is not there.
    func noteIfAbsent(_ name: String) {
        guard !has(name) else { return }
        note(
            Problem(image: name, entry: nil, offset: nil, code: Absence.Reason.noImage.rawValue, detail: "is not there")
        )
    }

    /// Lists an error as a problem and returns it as an absence.
    @discardableResult
    func note(_ error: ImageError) -> Absence {
        let problem = Problem(error)
        note(problem)
        return Absence(.damaged, problem.description)
    }

    /// Lists a problem.
    func note(_ problem: Problem) {
        log.append(
            Problem(
                image: prefix + problem.image, entry: problem.entry, offset: problem.offset, code: problem.code,
                detail: problem.detail))
    }
}

extension Absence {
    fileprivate static func noEntry(in name: String) -> Absence { Absence(.notRecorded, "\(name) has no entry") }
}

/// The problems of a checkpoint, each listed once.
private final class ProblemLog: Sendable {
    private let list = Mutex<(problems: [Problem], seen: Set<Problem>)>(([], []))

    var problems: [Problem] { list.withLock { $0.problems } }

    func append(_ problem: Problem) {
        list.withLock { list in
            if list.seen.insert(problem).inserted { list.problems.append(problem) }
        }
    }
}
