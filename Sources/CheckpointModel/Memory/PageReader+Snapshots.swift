internal import CRIUImages

extension PageReader {
    /// The stack of snapshots under a page map. The parents are opened only if a run says that pages are in them.
    ///
    /// - Parameters:
    ///   - map: The page map of this dump.
    ///   - name: The name of its image, which is the same in parent snapshots.
    ///   - pageSize: The size of a page in bytes.
    ///   - library: The images of this dump.
    init(_ map: Known<PageMap>, name: String, _ pageSize: UInt64, _ library: ImageLibrary) {
        guard var level = map.value else {
            self.init(levels: [], missingLevel: map.absence)
            return
        }
        var levels = [level]
        var library = library
        while level.runs.contains(where: { $0.location == .parent }) {
            let below = library.parent.flatMap { parent in
                PageMapParser(parent, name, knownPageSize: pageSize).parse().map { (parent, $0) }
            }
            guard case .value((let parent, let map)) = below else {
                self.init(levels: levels, missingLevel: below.absence)
                return
            }
            (library, level) = (parent, map)
            levels.append(map)
        }
        self.init(levels: levels, missingLevel: nil)
    }
}
