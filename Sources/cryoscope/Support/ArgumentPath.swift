import SystemPackage

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The path that an argument names.
///
/// Swift has arguments as text, in which bytes that are not UTF-8 are replaced. Paths may have such bytes, so that they are
/// taken from the command line itself.
func argumentPath(_ argument: String) -> FilePath {
    guard argument.unicodeScalars.contains("\u{FFFD}") else { return FilePath(argument) }
    for index in 1..<max(Int(CommandLine.argc), 1) {
        guard let raw = CommandLine.unsafeArgv[index] else { continue }
        if String(cString: raw) == argument { return FilePath(platformString: raw) }
        // --option=PATH
        let text = String(cString: raw)
        guard text.hasSuffix("=" + argument), let start = strchr(raw, 0x3D) else { continue }
        return FilePath(platformString: start + 1)
    }
    return FilePath(argument)
}
