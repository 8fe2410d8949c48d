public import CheckpointAnalysis
public import EvidenceText

internal import CheckpointModel

/// Prints what was found about the wholeness of a checkpoint, and the rules.
public enum VerificationText {
    /// Prints the findings, the worst first, and a line that sums up.
    public static func write(
        _ verification: Verification, of name: ByteText, to out: OutputBuffer, _ style: TextStyle
    ) {
        for finding in verification.findings { write(finding, to: out, style) }
        for omitted in verification.omitted {
            let place = ByteText(omitted.image).forTerminal
            out.append(string: "and \(omitted.count) more in \(place)  [\(omitted.rule.id)]\n")
        }
        if !verification.findings.isEmpty { out.append("\n") }
        out.append(string: name.forTerminal + ": ")
        let isWhole = verification.isWhole
        out.append(string: style.paint(verdict(verification), isWhole ? .good : .bad))
        if let manifest = verification.manifest {
            out.append(string: ", by the manifest of \(manifest.madeAt.forTerminal)")
        }
        out.append(string: ": " + summary(verification) + "\n")
    }

    private static func verdict(_ verification: Verification) -> String {
        guard verification.manifest == nil else { return verification.isWhole ? "unchanged" : "changed" }
        return verification.isWhole ? "whole" : "not whole"
    }

    private static func write(_ finding: Finding, to out: OutputBuffer, _ style: TextStyle) {
        let severity = finding.rule.severity
        out.append(string: style.paint(severity.rawValue, severity.role))
        out.append(spaces: 9 - severity.rawValue.utf8.count)
        out.append(string: finding.place.forTerminal)
        out.append(string: "  " + style.paint("[\(finding.rule.id)]", .faint) + "\n")
        out.append(spaces: 9)
        out.append(string: finding.rule.meaning + "\n")
        out.append(spaces: 9)
        out.append(string: ByteText(finding.explanation).forTerminal + "\n")
    }

    private static func summary(_ verification: Verification) -> String {
        let images = counted(verification.images.count, "file")
        let counts = VerificationRule.Severity.allCases.map { (verification.count($0), $0.rawValue) }
        guard counts.contains(where: { $0.0 > 0 }) else { return "\(images), no findings" }
        return images + ", " + counts.map { counted($0.0, $0.1) }.joined(separator: ", ")
    }

    /// Prints the rules: name, severity, meaning, explanation.
    public static func writeRules(to out: OutputBuffer, _ style: TextStyle) {
        for (index, rule) in VerificationRule.catalogue.enumerated() {
            if index > 0 { out.append("\n") }
            out.append(
                string: style.paint(rule.id, .heading) + "  " + style.paint(rule.severity.rawValue, rule.severity.role))
            out.append(string: "\n  \(rule.meaning)\n")
            for line in wrappedLines(rule.explanation, (style.width ?? 100) - 2) { out.append(string: "  \(line)\n") }
        }
    }
}

extension Finding {
    /// Where it is, for a person. Not escaped.
    var place: ByteText {
        var text = image.isEmpty ? "the checkpoint" : image
        if let entry { text += ", entry \(entry)" }
        if let offset { text += ", byte \(offset)" }
        return ByteText(text)
    }
}

extension VerificationRule.Severity {
    fileprivate var role: TextStyle.Role {
        switch self {
        case .error: .bad
        case .warning: .warning
        case .note: .faint
        }
    }
}
