import CRIUImages

/// The SHA-256 of bytes, in hexadecimal: truth.json has the contents of memory as hashes.
func sha256(_ bytes: [UInt8]) -> String {
    ImageBytes(bytes).sha256()
}
