internal import CRIUImages

extension ImageLibrary {
    /// A file that is no image, beside the images or among them; nil if there is none. Damage is not listed.
    func file(_ name: String) -> Known<ImageBytes>? {
        if let attachment = source.attachment(name) { return attachment }
        guard has(name) else { return nil }
        do {
            return .value(try source.bytes(of: name))
        } catch {
            return .missing(Absence(.damaged, error.description))
        }
    }

    /// The first of some files that is there, with its name; damage is listed as a problem.
    func firstFile(_ names: [String]) -> Known<(name: String, bytes: ImageBytes)> {
        for name in names {
            guard let content = file(name) else { continue }
            if let absence = content.absence {
                note(Problem(image: name, entry: nil, offset: nil, code: "unreadable", detail: absence.detail))
            }
            return content.map { (name, $0) }
        }
        return .missing(Absence(.noImage, "there is no \(names.joined(separator: " or "))"))
    }
}
