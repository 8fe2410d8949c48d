package import CRIUImages

extension Problem {
    /// Damage of an image. For the layers above that read images themselves.
    package init(_ error: ImageError) {
        self.init(
            image: error.image, entry: error.entry, offset: error.offset, code: error.code.rawValue,
            detail: error.detail)
    }
}
