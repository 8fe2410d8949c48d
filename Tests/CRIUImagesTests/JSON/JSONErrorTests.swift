import CRIUImages
import CheckpointTestSupport
import Testing

@Suite("JSON that is no image")
struct JSONErrorTests {
    private static let deep = String(repeating: "[", count: 100_000)

    private static let topLevel = [
        JSONErrorCase("", word: "expected '{'"),
        JSONErrorCase("null", word: "expected '{'"),
        JSONErrorCase("[]", word: "expected '{'"),
        JSONErrorCase("{}", word: "magic and entries"),
        JSONErrorCase(#"{"magic": "FDINFO"}"#, word: "magic and entries"),
        JSONErrorCase(#"{"entries": []}"#, word: "magic and entries"),
        JSONErrorCase(#"{"magic": "NOPE", "entries": []}"#, word: "NOPE"),
        JSONErrorCase(#"{"magic": "PAGES", "entries": []}"#, word: "PAGES"),
        JSONErrorCase(#"{"magic": 1, "entries": []}"#, word: "expected '\"'"),
        JSONErrorCase(#"{"magic": "FDINFO", "entries": {}}"#, word: "expected '['"),
        JSONErrorCase(#"{"magic": "FDINFO", "entries": [], "more": 1}"#, word: "framing and entries only"),
        JSONErrorCase(#"{"magic": "FDINFO", "entries": [], "framing": "new"}"#, word: "framing new"),
        JSONErrorCase(#"{"magic": "FDINFO", "entries": [], "framing": "old"}"#, word: "behind the entries"),
        JSONErrorCase(#"{"magic": "FDINFO", "entries": []} x"#, word: "text after"),
        JSONErrorCase(#"{"magic": "FDINFO", "entries": []}{}"#, word: "text after"),
        JSONErrorCase(#"{"magic": "FDINFO", "entries": []"#, word: "expected '}'"),
        JSONErrorCase(#"{"magic": "FDINFO", "entries": [}"#, entry: 0, word: "expected '{'"),
        JSONErrorCase(#"{"magic": "FDINFO" "entries": []}"#, word: "expected '}'"),
        JSONErrorCase(#"{"magic": "FDINFO", "entries": [],}"#, word: "expected '\"'"),
        JSONErrorCase(#"{"magic" "FDINFO", "entries": []}"#, word: "expected ':'"),
        JSONErrorCase(#"{"magic": "FDINFO, "entries": []}"#, word: "no kind of image is called FDINFO, "),
        JSONErrorCase(#"{"magic": "FDIN"#, word: "not ended"),
        JSONErrorCase(#"{"magic": "FDINFO", "entries": ["#, entry: 0, word: "expected '{'"),
        JSONErrorCase(#"{"magic": "FDINFO", "entries": [{"a": ["b"#, entry: 0, word: "no field a"),
        JSONErrorCase(#"{"entries": [{"a": ["b"#, word: "not ended"),
        JSONErrorCase(#"{"entries": \#(deep)"#, word: "nested too deeply"),
        JSONErrorCase(#"{"magic": "FDINFO", "magic": "FDINFO", "entries": []}"#, word: "twice"),
        JSONErrorCase(#"{"magic": "FDINFO", "entries": [], "entries": []}"#, word: "twice"),
        JSONErrorCase(#"{"magic": "FDINFO", "framing": "old", "framing": "old", "entries": []}"#, word: "twice"),
        JSONErrorCase(#"{"ma\u0067ic": "FDINFO", "entries": []}"#, word: "escape in a key"),
    ]

    @Test("At the top", arguments: topLevel)
    func atTheTop(_ test: JSONErrorCase) throws {
        try test.check()
    }

    private static let fieldCases = [
        JSONErrorCase(fdinfo: #"1"#, word: "expected '{'"),
        JSONErrorCase(fdinfo: #"{"id": 1, "flags": 0, "type": "REG"}"#, word: "fdinfo_entry lacks its field fd"),
        JSONErrorCase(fdinfo: #"{}"#, word: "lacks its field id"),
        JSONErrorCase(fdinfo: #"{"id": 1, "nope": 1}"#, word: "no field nope"),
        JSONErrorCase(fdinfo: #"{"id": 1, "id": 1, "flags": 0, "type": "REG", "fd": 1}"#, word: "id occurs twice"),
        JSONErrorCase(fdinfo: #"{"id": -1}"#, word: "id is out of range"),
        JSONErrorCase(fdinfo: #"{"id": 4294967296}"#, word: "id is out of range"),
        JSONErrorCase(fdinfo: #"{"id": "0x100000000"}"#, word: "id is out of range"),
        JSONErrorCase(fdinfo: #"{"id": 18446744073709551616}"#, word: "beyond 64 bits"),
        JSONErrorCase(fdinfo: #"{"id": 99999999999999999999999}"#, word: "beyond 64 bits"),
        JSONErrorCase(fdinfo: #"{"id": 1.0}"#, word: "not whole"),
        JSONErrorCase(fdinfo: #"{"id": 1e3}"#, word: "not whole"),
        JSONErrorCase(fdinfo: #"{"id": null}"#, word: "expected a number"),
        JSONErrorCase(fdinfo: #"{"id": true}"#, word: "expected a number"),
        JSONErrorCase(fdinfo: #"{"id": [1]}"#, word: "expected a number"),
        JSONErrorCase(fdinfo: #"{"id": "one"}"#, word: "one is no value of id"),
        JSONErrorCase(fdinfo: #"{"id": ""}"#, word: "no value of id"),
        JSONErrorCase(fdinfo: #"{"id": "0x"}"#, word: "no value of id"),
        JSONErrorCase(fdinfo: #"{"id": "--1"}"#, word: "no value of id"),
        JSONErrorCase(fdinfo: #"{"id": "+1"}"#, word: "no value of id"),
        JSONErrorCase(fdinfo: #"{"id": "1 "}"#, word: "no value of id"),
        JSONErrorCase(fdinfo: #"{"id": 1, "type": "NOPE"}"#, word: "type has no value NOPE"),
        JSONErrorCase(fdinfo: #"{"id": 1, "type": 2147483648}"#, word: "type is out of range"),
        JSONErrorCase(fdinfo: #"{"id": 1, "type": -2147483649}"#, word: "type is out of range"),
        JSONErrorCase(fdinfo: #"{"id": 1, "xattr_security_selinux": 1}"#, word: "expected '\"'"),
    ]

    @Test("Fields", arguments: fieldCases)
    func fields(_ test: JSONErrorCase) throws {
        try test.check()
    }

    private static let textCases = [
        (#"\ud800"#, "surrogate"), (#"\ud800x"#, "surrogate"), (#"\ud800\n"#, "surrogate"),
        (#"\udbff\u0041"#, "surrogate"), (#"\ud800\ud800"#, "surrogate"), (#"\udc00"#, "surrogate"),
        (#"\udc7f"#, "surrogate"), (#"\udd00"#, "surrogate"), (#"\udfff"#, "surrogate"), (#"\x41"#, "unknown escape"),
        (#"\u12"#, "bad \\u escape"), (#"\u12G4"#, "bad \\u escape"), ("a\nb", "control character"),
        ("a\u{0}b", "control character"), ("a\u{1B}", "control character"),
    ].map { JSONErrorCase(fdinfo: #"{"xattr_security_selinux": "\#($0.0)"}"#, word: $0.1) }

    @Test("Text", arguments: textCases)
    func texts(_ test: JSONErrorCase) throws {
        try test.check()
    }

    private static let otherCases = [
        JSONErrorCase(.fileLocks, #"{"flag": 0, "type": 0, "pid": 2147483648}"#, word: "pid is out of range"),
        JSONErrorCase(.fileLocks, #"{"flag": 0, "type": 0, "pid": -2147483649}"#, word: "pid is out of range"),
        JSONErrorCase(.fileLocks, #"{"start": 9223372036854775808}"#, word: "start is out of range"),
        JSONErrorCase(.fileLocks, #"{"start": -9223372036854775809}"#, word: "start is out of range"),
        JSONErrorCase(.vmas, #"{"fd": 9223372036854775808}"#, word: "fd is out of range"),
        JSONErrorCase(.vmas, #"{"start": -1}"#, word: "start is out of range"),
        JSONErrorCase(.vmas, #"{"prot": "PROT_READ | PROT_NOPE"}"#, word: "no value of prot"),
        JSONErrorCase(.vmas, #"{"prot": "PROT_READ |"}"#, word: "no value of prot"),
        JSONErrorCase(.vmas, #"{"prot": "0x100000000"}"#, word: "prot is out of range"),
        JSONErrorCase(.irmapCache, #"{"dev": "8:1:2"}"#, word: "no value of dev"),
        JSONErrorCase(.irmapCache, #"{"dev": "8:1048576"}"#, word: "no value of dev"),
        JSONErrorCase(.irmapCache, #"{"dev": "4096:0"}"#, word: "dev is out of range"),
        JSONErrorCase(.irmapCache, #"{"dev": ":1"}"#, word: "no value of dev"),
        JSONErrorCase(.inetsk, #"{"family": "NOPE"}"#, word: "no value of family"),
        JSONErrorCase(.inetsk, #"{"src_addr": ["1.2.3"]}"#, word: "no IP address"),
        JSONErrorCase(.inetsk, #"{"src_addr": "1.2.3.4"}"#, word: "expected '['"),
        JSONErrorCase(.ghostFile, #"{"chunks": 1}"#, word: "true or false"),
        JSONErrorCase(.ghostFile, #"{"chunks": "true"}"#, word: "true or false"),
        JSONErrorCase(.signal, #"{"siginfo": "!!!!"}"#, word: "not base64"),
        JSONErrorCase(.signal, #"{"siginfo": "YQ="}"#, word: "cut off"),
        JSONErrorCase(.signal, #"{"siginfo": "Y"}"#, word: "cut off"),
        JSONErrorCase(.signal, #"{"siginfo": "Y==="}"#, word: "not base64"),
        JSONErrorCase(.signal, #"{"siginfo": "===="}"#, word: "not base64"),
        JSONErrorCase(.signal, #"{"siginfo": "YQ=a"}"#, word: "not base64"),
        JSONErrorCase(.signal, #"{"siginfo": "\u00e9"}"#, word: "not base64"),
        JSONErrorCase(.signal, #"{"siginfo": 1}"#, word: "expected '\"'"),
        JSONErrorCase(.seccomp, #"{"seccomp_filters": {}}"#, word: "expected '['"),
        JSONErrorCase(.seccomp, #"{"unknown_fields": {}}"#, word: "expected '['"),
        JSONErrorCase(.seccomp, #"{"seccomp_filters": [], "seccomp_filters": []}"#, word: "twice"),
    ]

    @Test("Fields of other types", arguments: otherCases)
    func otherTypes(_ test: JSONErrorCase) throws {
        try test.check()
    }

    @Test("Messages nested too deeply", arguments: [100, 1000])
    func nesting(_ depth: Int) throws {
        let open = String(repeating: #"{"name": "", "namespaces": ["#, count: depth)
        let close = String(repeating: "]}", count: depth + 2)
        let text = #"{"magic": "APPARMOR", "entries": [{"namespaces": ["# + open + close
        let error = #expect(throws: ImageJSONError.self) { try encode(text) }
        #expect(error?.detail.contains("nested too deeply") == true)
    }

    @Test(
        "The place of the error is that of the fault",
        arguments: [
            ("FDINFO", #"{"id": 1, "nope": "#, "1}]}"), ("FDINFO", #"{"id": "#, ""),
            ("FDINFO", #"{"id": 4294967296"#, #", "fd": 1}]}"#), ("SIGNAL", #"{"siginfo": "#, #""!!!!"}]}"#),
            ("FDINFO", #"{"id": 1}"#, "]}"),
        ])
    func offsets(_ kind: String, _ before: String, _ after: String) throws {
        let start = #"{"magic": "\#(kind)", "entries": [\#(before)"#
        let error = #expect(throws: ImageJSONError.self) { try encode(start + after) }
        #expect(error?.offset == start.utf8.count)
    }
}
