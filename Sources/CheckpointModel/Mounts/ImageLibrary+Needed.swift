internal import CRIUImages

extension ImageLibrary {
    /// All records of an image that others call for; its absence is listed as a problem.
    func needed<Record: ImageRecord>(all name: String, _ type: Record.Type) -> Known<[Record]> {
        noteIfAbsent(name)
        return records(name, type)
    }
}
