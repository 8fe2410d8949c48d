import CheckpointModel
import EvidenceText
import Testing

@testable import CheckpointReport

@Suite("One line for each record")
struct RecordLinesTests {
    @Test("Records name their type and what they belong to")
    func owners() {
        var sample = Sample(limit: 2)
        sample.parts = .value([.init(number: 1), .init(number: 2, pieces: [255])])
        #expect(
            sample.lines() == [
                #"{"record": "sample", "name": "a", "size": 1, "limit": 2, "words": []}"#,
                #"{"record": "part", "name": "a", "number": 1}"#,
                #"{"record": "part", "name": "a", "number": 2}"#,
                #"{"record": "piece", "name": "a", "number": 2, "mask": "0xff"}"#,
            ])
    }

    @Test("The owner's line says why there are no records")
    func missing() {
        var sample = Sample()
        sample.parts = .missing(Absence(.noImage, "gone"))
        let reason = #""missing": {"parts": {"reason": "no-image", "detail": "gone"}}"#
        #expect(
            sample.lines() == [
                #"{"record": "sample", "name": "a", "size": 1, "words": [], "parts": null, \#(reason)}"#
            ])
    }
}
