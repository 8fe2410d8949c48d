import SystemPackage

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// One side of a comparison as the user named it: a path, or a path, a colon, and a process id.
struct ComparedSource {
    let path: String
    /// The process; nil for all.
    let pid: Int?

    /// Splits what the user typed. A path that is there as it was typed is no path with a process id.
    init(_ argument: String) {
        guard !isThere(argument), let colon = argument.lastIndex(of: ":"),
            let pid = Int(argument[argument.index(after: colon)...]), pid > 0
        else {
            (path, self.pid) = (argument, nil)
            return
        }
        (path, self.pid) = (String(argument[..<colon]), pid)
    }
}

private func isThere(_ path: String) -> Bool {
    argumentPath(path).withPlatformString { access($0, F_OK) } == 0
}
