package import CRIUImages

extension Content {
    /// Bytes of an image, such as what follows an entry. For the layers above that read images themselves.
    package init(of bytes: ImageBytes) { self.init(bytes) }
}
