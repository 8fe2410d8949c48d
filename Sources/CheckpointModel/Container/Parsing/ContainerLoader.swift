internal import EvidenceText

/// Reads what a container engine noted beside the images.
struct ContainerLoader {
    private let library: ImageLibrary

    init(_ library: ImageLibrary) {
        self.library = library
    }

    /// The container, or why there is none. What is broken is listed as a problem, and the rest is read.
    func container() -> Known<Container> {
        let files = EngineFiles(library)
        let present = files.present
        guard !present.isEmpty else {
            return .missing(Absence(.noImage, "no metadata of a container engine is beside the images"))
        }
        return .value(Container(files, present: present, imagesWritten: imagesWritten))
    }

    private var imagesWritten: Known<Int64> {
        let images = library.source.imageNames.filter { $0.hasSuffix(".img") }
        let times = images.compactMap { library.source.modificationTime(of: $0) }
        return times.max().map { .value($0) } ?? .missing(Absence(.notRecorded, "the source has no times"))
    }
}
