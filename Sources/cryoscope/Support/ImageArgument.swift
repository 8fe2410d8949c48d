import CRIUImages

/// The image that an argument names, by its content or else by its name; nil if it is a checkpoint.
func imageInput(_ path: String) throws -> Input? {
    if isDirectory(path) { return nil }
    let input = try Input(path)
    let isImage = (try? ImageFile(input.bytes, name: input.name)) != nil || ImageKind(fileName: input.name) != nil
    return isImage ? input : nil
}
