/// What is wrong with an archive.
struct ArchiveDamage: Error {
    let detail: String
    /// The number of the member, counted from 0; nil if it is not about one.
    let member: Int?
}
