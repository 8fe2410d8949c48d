public import CheckpointAnalysis
public import EvidenceText

internal import CheckpointModel

/// What was found about the wholeness of a checkpoint, in SARIF 2.1.0, which code scanners and their viewers read.
///
/// The images are artifacts below the base `CHECKPOINT`; an entry is a logical location, and its place a byte offset.
public struct VerificationSARIF {
    private let path: ByteText
    private let tool: ToolCall
    private let verification: Verification
    private static let base = "CHECKPOINT"

    /// Prepares to write.
    ///
    /// - Parameters:
    ///   - path: The checkpoint, as the user named it.
    ///   - tool: How the tool was called.
    ///   - verification: What was found.
    public init(_ path: ByteText, _ tool: ToolCall, _ verification: Verification) {
        (self.path, self.tool) = (path, tool)
        self.verification = verification
    }

    /// Writes the log and a newline.
    public func write(to out: OutputBuffer) {
        var json = JSONWriter(out, .init())
        json.object { json in
            json.member("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
            json.member("version", "2.1.0")
            json.key("runs")
            json.elements { json in json.element { json in writeRun(&json) } }
        }
        out.append("\n")
    }

    private func writeRun(_ json: inout JSONWriter) {
        json.object { json in
            writeTool(&json)
            writeInvocation(&json)
            json.key("originalUriBaseIds")
            json.object { json in
                json.key(text: Self.base)
                json.object { json in writeText("description", path.forTerminal, &json) }
            }
            json.key("artifacts")
            json.elements(verification.images) { json, image in
                json.object { json in
                    writeArtifact("location", image.name, &json)
                    json.member("length", count: UInt64(clamping: image.byteCount))
                }
            }
            json.key("results")
            let places = Dictionary(
                VerificationRule.catalogue.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { $1 })
            json.elements(verification.findings) { json, finding in
                writeResult(finding, at: places[finding.rule] ?? -1, &json)
            }
        }
    }

    // MARK: The tool

    private func writeTool(_ json: inout JSONWriter) {
        json.key("tool")
        json.object { json in
            json.key("driver")
            json.object { json in
                json.member("name", "cryoscope")
                json.member("version", tool.version)
                json.key("rules")
                json.elements(VerificationRule.catalogue) { json, rule in writeRule(rule, &json) }
            }
        }
    }

    private func writeRule(_ rule: VerificationRule, _ json: inout JSONWriter) {
        json.object { json in
            json.member("id", rule.id)
            writeText("shortDescription", rule.meaning, &json)
            writeText("fullDescription", rule.meaning + " " + rule.explanation, &json)
            json.key("defaultConfiguration")
            json.object { json in json.member("level", rule.severity.rawValue) }
        }
    }

    private func writeInvocation(_ json: inout JSONWriter) {
        json.key("invocations")
        json.elements { json in
            json.element { json in
                json.object { json in
                    json.member("executionSuccessful", true)
                    json.key("arguments")
                    json.elements(tool.arguments) { json, word in json.value(word.forTerminal) }
                    json.key("toolExecutionNotifications")
                    json.elements(verification.omitted) { json, omitted in
                        json.object { json in
                            json.member("level", "note")
                            let image = ByteText(omitted.image).forTerminal
                            writeText("message", "\(omitted.count) more of \(omitted.rule.id) in \(image)", &json)
                        }
                    }
                }
            }
        }
    }

    // MARK: Results

    private func writeResult(_ finding: Finding, at index: Int, _ json: inout JSONWriter) {
        json.object { json in
            json.member("ruleId", finding.rule.id)
            json.key("ruleIndex")
            json.integer(index)
            json.member("level", finding.rule.severity.rawValue)
            writeText("message", ByteText(finding.explanation).forTerminal, &json)
            json.key("locations")
            json.elements { json in
                guard !finding.image.isEmpty else { return }
                json.element { json in writeLocation(of: finding, &json) }
            }
        }
    }

    private func writeLocation(of finding: Finding, _ json: inout JSONWriter) {
        json.object { json in
            json.key("physicalLocation")
            json.object { json in
                writeArtifact("artifactLocation", finding.image, &json)
                if let offset = finding.offset {
                    json.key("region")
                    json.object { json in json.member("byteOffset", count: UInt64(clamping: offset)) }
                }
            }
            guard let entry = finding.entry else { return }
            json.key("logicalLocations")
            json.elements { json in
                json.element { json in json.object { json in json.member("name", "entry \(entry)") } }
            }
        }
    }

    private func writeArtifact(_ key: StaticString, _ image: String, _ json: inout JSONWriter) {
        json.key(key)
        json.object { json in
            json.member("uri", uriPath(image))
            json.member("uriBaseId", Self.base)
        }
    }

    private func writeText(_ key: StaticString, _ text: String, _ json: inout JSONWriter) {
        json.key(key)
        json.object { json in json.member("text", text) }
    }
}

/// A name as a relative path of a URI (RFC 3986): what may not stand there as it is, in hexadecimal.
private func uriPath(_ name: String) -> String {
    let plain = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/".utf8)
    var bytes: [UInt8] = []
    for byte in name.utf8 {
        if plain.contains(byte) {
            bytes.append(byte)
        } else {
            bytes += [UInt8(ascii: "%")] + hexadecimalText([byte]).uppercased().utf8
        }
    }
    return String(decoding: bytes, as: UTF8.self)
}
