import CRIUImages
import CheckpointTestSupport
import Testing

@Suite("JSON of broken payloads")
struct PayloadErrorTests {
    private static let description = Sample.descriptionJSON

    private static let bytes = [
        JSONErrorCase(fdinfo: Sample.fdinfoJSON(1).dropLast() + #", "extra": ""}"#, word: "no payload"),
        JSONErrorCase(fdinfo: Sample.fdinfoJSON(1).dropLast() + #", "padding": ""}"#, word: "no filler"),
        JSONErrorCase(.pipesData, #"{"pipe_id": 1, "bytes": 1}"#, word: "lacks its payload"),
        JSONErrorCase(.pipesData, #"{"pipe_id": 1, "bytes": 2, "extra": "AA=="}"#, word: "payload of 1"),
        JSONErrorCase(.pipesData, #"{"pipe_id": 1, "bytes": 0, "extra": "AA=="}"#, word: "payload of 1"),
        JSONErrorCase(.pipesData, #"{"pipe_id": 1, "bytes": 1, "extra": 0}"#, word: "expected '\"'"),
        JSONErrorCase(.pipesData, #"{"pipe_id": 1, "bytes": 1, "extra": "?"}"#, word: "not base64"),
        JSONErrorCase(.pipesData, #"{"pipe_id": 1, "bytes": 1, "extra": "AA==", "extra": "AA=="}"#, word: "twice"),
        JSONErrorCase(.pipesData, #"{"pipe_id": 1, "bytes": 1, "extra": "AA==", "padding": ""}"#, word: "no filler"),
        JSONErrorCase(.skQueues, #"{"id_for": 1, "length": 4294967295, "extra": ""}"#, word: "payload of 0"),
        JSONErrorCase(
            .bpfmapData, #"{"map_id": 1, "keys_bytes": 1, "values_bytes": 1, "count": 1, "extra": "AA=="}"#,
            word: "says 2"),
        JSONErrorCase(
            .ipcnsShm, #"{"desc": \#(description), "size": 1, "in_pagemaps": true, "extra": "AA=="}"#,
            word: "no payload"),
        JSONErrorCase(
            .ipcnsShm, #"{"desc": \#(description), "size": 1, "extra": "AA==", "padding": "AA=="}"#,
            word: "padding is not 3 bytes"),
        JSONErrorCase(.ipcnsShm, #"{"desc": \#(description), "size": 1}"#, word: "lacks its payload"),
        JSONErrorCase(.ghostFile, #"{"uid": 0, "gid": 0, "mode": 0}"#, word: "lacks its payload"),
        JSONErrorCase(.ghostFile, #"{"uid": 0, "gid": 0, "mode": 0, "chunks": true, "extra": ""}"#, word: "no payload"),
    ]

    private static let tcp = [
        (#"{"inq": "AA=="}"#, "outq is missing"), (#"{"outq": "AA=="}"#, "outq is missing"), (#"{}"#, "missing"),
        (#""AA==""#, "expected '{'"), (#"{"inq": "", "outq": ""}"#, "payload of 0"),
        (#"{"inq": "AA==", "outq": "AA==", "more": ""}"#, "inq and outq"),
        (#"{"inq": "AA==", "outq": "AA==", "outq": "AA=="}"#, "twice"),
        // As many bytes as the two queues have together, but not in either.
        (#"{"inq": "AAA=", "outq": ""}"#, "payload of 2"),
    ].map { extra, word in
        JSONErrorCase(
            .tcpStream,
            """
            {"inq_len": 1, "inq_seq": 0, "outq_len": 1, "outq_seq": 0, "opt_mask": 0, "snd_wscale": 0, "mss_clamp": 0, \
            "extra": \(extra)}
            """, word: word)
    }

    private static let semaphores = [
        ("[1]", "payload of 1"), ("[1, 2, 3]", "payload of 3"), ("[1, 65536]", "16 bits"), ("[1, -1]", "16 bits"),
        (#"["AA==", 1]"#, "expected a number"), ("{}", "expected '['"), (#"[1, 2], "padding": "AA==""#, "not 4 bytes"),
        (#"[1, 2], "padding": "AAAAAA==", "padding": "AAAAAA==""#, "twice"),
    ].map { JSONErrorCase(.ipcnsSem, #"{"desc": \#(description), "nsems": 2, "extra": \#($0.0)}"#, word: $0.1) }

    private static let messages = [
        ("[]", "payload of 0"), (#"[{"mtype": 1, "msize": 1}]"#, "lacks its text"),
        (#"[{"mtype": 1, "msize": 2}, "AA=="]"#, "msize"), (#"[{"mtype": 1}, ""]"#, "msize"),
        (#"["AA=="]"#, "expected '{'"),
        (#"[{"mtype": 1, "msize": 1}, {"mtype": 1, "msize": 1}]"#, "expected '\"'"),
        (#"[{"mtype": 1, "msize": 1, "more": 1}, "AA=="]"#, "no field more"),
        (#"[{"mtype": 1, "msize": 1, "padding": "AA=="}, "AA=="]"#, "not 7 bytes"),
        (
            #"[{"mtype": 1, "msize": 1, "padding": "AAAAAAAAAA==", "padding": "AAAAAAAAAA=="}, "AA=="]"#,
            "twice"
        ),
        (#"[{"mtype": 1, "msize": 0}, "", {"mtype": 1, "msize": 0}, ""]"#, "payload of 2"),
    ].map {
        JSONErrorCase(.ipcnsMsg, #"{"desc": \#(description), "qbytes": 1, "qnum": 1, "extra": \#($0.0)}"#, word: $0.1)
    }

    @Test("Is refused", arguments: bytes + tcp + semaphores + messages)
    func refused(_ test: JSONErrorCase) throws {
        try test.check()
    }
}
