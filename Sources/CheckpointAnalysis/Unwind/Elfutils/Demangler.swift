internal import CElfutils
internal import EvidenceText

/// Names of functions as their source has them, by the runtimes of C++ and Swift.
///
/// Rust's older names are those of C++ with a hash at the end. Its newer ones (`_R…`) no library of the system undoes: they
/// are left as they are.
enum Demangler {
    /// Longer names are left as they are: short ones can already unfold to much.
    private static let limit = 1024

    /// The name in the source; nil if the name is not a mangled one.
    static func name(_ mangled: ByteText) -> ByteText? {
        guard mangled.count <= limit, let text = mangled.string, !mangled.bytes.contains(0) else { return nil }
        if text.hasPrefix("_Z") || text.hasPrefix("__Z") { return cxx(text).map { ByteText(rust($0)) } }
        if ["$s", "_$s", "$S", "_$S", "$e", "_$e", "_T0"].contains(where: text.hasPrefix) {
            return swift(text).map { ByteText($0) }
        }
        return nil
    }

    private static func cxx(_ text: String) -> String? {
        var status: Int32 = 0
        guard let result = __cxa_demangle(text, nil, nil, &status) else { return nil }
        defer { free(result) }
        return status == 0 ? String(cString: result) : nil
    }

    private static func swift(_ text: String) -> String? {
        guard let result = swift_demangle(text, text.utf8.count, nil, nil, 0) else { return nil }
        defer { free(result) }
        return String(cString: result)
    }

    /// Takes the hash off a name of Rust, and undoes what stands for marks that C++ has no letters for.
    private static func rust(_ name: String) -> String {
        guard let start = name.range(of: "::h", backwards: true), name[start.upperBound...].count == 16,
            name[start.upperBound...].allSatisfy(\.isHexDigit)
        else { return name }
        let marks = [
            ("$LT$", "<"), ("$GT$", ">"), ("$RF$", "&"), ("$BP$", "*"), ("$C$", ","), ("$LP$", "("), ("$RP$", ")"),
            ("$SP$", "@"), ("$u20$", " "), ("$u27$", "'"), ("$u5b$", "["), ("$u5d$", "]"), ("$u7b$", "{"),
            ("$u7d$", "}"), ("$u7e$", "~"), ("..", "::"),
        ]
        var result = String(name[..<start.lowerBound])
        for (mark, text) in marks { result = result.replacing(mark, with: text) }
        return result.replacing("::_<", with: "::<").replacing(
            "_<", with: "<", maxReplacements: result.hasPrefix("_<") ? 1 : 0)
    }
}

extension String {
    /// Where a text is found last.
    fileprivate func range(of text: String, backwards: Bool) -> Range<String.Index>? {
        ranges(of: text).last
    }
}
