import CheckpointReport
import EvidenceText
import SystemPackage

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// How the tool was called.
var toolCall: ToolCall { ToolCall(version: toolVersion, arguments: rawArguments) }

/// The arguments as the system has them, which need not be UTF-8; the tool's name is left out.
private var rawArguments: [ByteText] {
    (1..<max(Int(CommandLine.argc), 1)).compactMap { index in
        CommandLine.unsafeArgv[index].map { ByteText(Array(UnsafeRawBufferPointer(start: $0, count: strlen($0)))) }
    }
}

/// The bytes of an argument, which need not be UTF-8.
func argumentText(_ argument: String) -> ByteText {
    argumentPath(argument).withPlatformString { pointer in
        ByteText(Array(UnsafeRawBufferPointer(start: pointer, count: strlen(pointer))))
    }
}

/// The machine that the tool runs on.
func hostFacts() -> ManifestDocument.Host {
    var names = utsname()
    uname(&names)
    func text<Field>(_ field: Field) -> ByteText {
        withUnsafeBytes(of: field) { ByteText(Array($0)).upToNUL }
    }
    let kernel = ByteText(text(names.sysname).bytes + [0x20] + text(names.release).bytes)
    return ManifestDocument.Host(
        name: text(names.nodename), kernel: kernel, machine: text(names.machine), userID: getuid())
}

/// The time that documents are said to be made at, in seconds since 1970: that of `SOURCE_DATE_EPOCH`, or now.
///
/// - Throws: ``CommandFailure`` if the variable is no such time.
func timeOfMaking() throws -> Int64 {
    guard let value = getenv("SOURCE_DATE_EPOCH").map({ String(cString: $0) }) else { return Int64(time(nil)) }
    // Years have four digits in ISO 8601.
    guard let seconds = Int64(value), (0..<253_402_300_800).contains(seconds) else {
        throw CommandFailure(message: "SOURCE_DATE_EPOCH is \(ByteText(value).forTerminal), not seconds since 1970")
    }
    return seconds
}
