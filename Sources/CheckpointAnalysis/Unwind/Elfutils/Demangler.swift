internal import CElfutils
internal import EvidenceText

/// Names of functions as their source has them, by the runtimes of C++ and Swift.
///
/// Rust's older names are those of C++ with a hash at the end. Its newer ones (`_R…`) no library of the system undoes: they
/// are left as they are.
enum Demangler {
    /// Longer names are left as they are.
    private static let limit = 1024
    /// A name can refer to parts of itself, and so unfold to a length that doubles with every few letters. Names with more
    /// references are left as they are.
    private static let referenceLimit = 24

    /// The name in the source; nil if the name is not a mangled one.
    static func name(_ mangled: ByteText) -> ByteText? {
        guard mangled.count <= limit, let text = mangled.string, !mangled.bytes.contains(0) else { return nil }
        if text.hasPrefix("_Z") || text.hasPrefix("__Z") {
            guard references(mangled, markedBy: "ST") <= referenceLimit else { return nil }
            return cxx(text).map { ByteText(rust($0)) }
        }
        if ["$s", "_$s", "$S", "_$S", "$e", "_$e", "_T0"].contains(where: text.hasPrefix) {
            guard references(mangled, markedBy: "A") <= referenceLimit else { return nil }
            return swift(text).map { ByteText($0) }
        }
        return nil
    }

    /// How many letters can begin a reference.
    private static func references(_ name: ByteText, markedBy letters: String) -> Int {
        let letters = Set(letters.utf8)
        return name.bytes.count { letters.contains($0) }
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
        guard let start = name.ranges(of: "::h").last?.lowerBound else { return name }
        let hash = name[start...].dropFirst(3)
        guard hash.count == 16, hash.allSatisfy(\.isHexDigit) else { return name }
        var result = String(name[..<start])
        for (mark, text) in rustMarks { result = result.replacing(mark, with: text) }
        // A part that begins with a mark has an underscore in front, since it could not begin a name of C++.
        if result.hasPrefix("_<") { result.removeFirst() }
        return result.replacing("::_<", with: "::<").replacing("::_{", with: "::{")
    }

    private static let rustMarks = [
        ("$LT$", "<"), ("$GT$", ">"), ("$RF$", "&"), ("$BP$", "*"), ("$C$", ","), ("$LP$", "("), ("$RP$", ")"),
        ("$SP$", "@"), ("$u20$", " "), ("$u27$", "'"), ("$u5b$", "["), ("$u5d$", "]"), ("$u7b$", "{"), ("$u7d$", "}"),
        ("$u7e$", "~"), ("..", "::"),
    ]
}
