internal import EvidenceText

extension ContainerNote {
    /// The notes of several places, sorted; missing if there are none.
    static func merged(_ places: [Known<[ContainerNote]>]) -> Known<[ContainerNote]> {
        let notes = Set(places.compactMap(\.value).joined())
        if !notes.isEmpty { return .value(notes.sorted { ($0.key, $0.value) < ($1.key, $1.value) }) }
        return .missing(
            places.compactMap(\.absence).first { $0.reason == .damaged }
                ?? Absence(.noImage, "no pod.options or OCI manifest is there"))
    }
}
