import ArgumentParser
import CRIUImages
import EvidenceText

/// `info`: the kind of an image and how many entries it has.
struct Info: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Tell the kind of an image and how many entries it has.")

    @Argument(help: ArgumentHelp("The image.", valueName: "file"))
    var input: String

    func run() throws {
        let input = try Input(input)
        try OutputFile(nil).write { out in
            do {
                let image = try ImageFile(input.bytes, name: input.name)
                let count = try image.countEntries()
                out.append(string: "{\n    \"magic\": \"\(image.kind.name)\",\n    \"count\": \(count)\n}\n")
            } catch let error as ImageError where error.code == .notFramed {
                try writeRaw(input, error, to: out)
            }
        }
    }

    /// A raw image has no entries to count, but a kind and a size.
    private func writeRaw(_ input: Input, _ error: ImageError, to out: OutputBuffer) throws {
        guard let kind = error.kind, let content = kind.content else { throw error }
        out.append(string: "{\n    \"magic\": \"\(kind.name)\",\n    \"content\": ")
        out.append(jsonString: content)
        out.append(string: ",\n    \"bytes\": \(input.bytes.count)\n}\n")
    }
}
