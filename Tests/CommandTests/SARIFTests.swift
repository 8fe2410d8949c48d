import CheckpointTestSupport
import Foundation
import Testing

/// SARIF by a schema that says what the standard requires of the parts that are used.
@Suite("Findings as SARIF 2.1.0")
struct SARIFTests {
    private static let root = Scenario.fixtures.deletingLastPathComponent()

    /// The parts of the standard's schema that the output touches, with nothing beside them allowed.
    private static let schema = #"""
        {"$schema": "https://json-schema.org/draft/2020-12/schema",
         "type": "object", "additionalProperties": false, "required": ["version", "runs"],
         "properties": {"$schema": {"type": "string", "format": "uri"}, "version": {"const": "2.1.0"},
          "runs": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/run"}}},
         "$defs": {
          "message": {"type": "object", "additionalProperties": false, "required": ["text"],
           "properties": {"text": {"type": "string", "minLength": 1}}},
          "level": {"enum": ["none", "note", "warning", "error"]},
          "artifactLocation": {"type": "object", "additionalProperties": false,
           "properties": {"uri": {"type": "string", "pattern": "^[A-Za-z0-9._~/%-]+$"}, "uriBaseId": {"const": "CHECKPOINT"}}},
          "run": {"type": "object", "additionalProperties": false, "required": ["tool", "results"],
           "properties": {
            "tool": {"type": "object", "required": ["driver"], "additionalProperties": false, "properties": {"driver":
             {"type": "object", "additionalProperties": false, "required": ["name"], "properties": {
              "name": {"type": "string"}, "version": {"type": "string"},
              "rules": {"type": "array", "uniqueItems": true, "items": {"type": "object", "required": ["id"],
               "additionalProperties": false, "properties": {"id": {"type": "string"},
               "shortDescription": {"$ref": "#/$defs/message"}, "fullDescription": {"$ref": "#/$defs/message"},
               "defaultConfiguration": {"type": "object", "properties": {"level": {"$ref": "#/$defs/level"}}}}}}}}}},
            "invocations": {"type": "array", "items": {"type": "object", "required": ["executionSuccessful"],
             "additionalProperties": false, "properties": {"executionSuccessful": {"type": "boolean"},
              "arguments": {"type": "array", "items": {"type": "string"}},
              "toolExecutionNotifications": {"type": "array", "items": {"type": "object", "required": ["message"],
               "properties": {"message": {"$ref": "#/$defs/message"}, "level": {"$ref": "#/$defs/level"}}}}}}},
            "originalUriBaseIds": {"type": "object", "additionalProperties": {"type": "object",
             "properties": {"description": {"$ref": "#/$defs/message"}}}},
            "artifacts": {"type": "array", "uniqueItems": true, "items": {"type": "object", "additionalProperties": false,
             "properties": {"location": {"$ref": "#/$defs/artifactLocation"}, "length": {"type": "integer", "minimum": -1}}}},
            "results": {"type": "array", "items": {"type": "object", "required": ["message"], "additionalProperties": false,
             "properties": {"ruleId": {"type": "string"}, "ruleIndex": {"type": "integer", "minimum": 0},
              "level": {"$ref": "#/$defs/level"}, "message": {"$ref": "#/$defs/message"},
              "locations": {"type": "array", "items": {"type": "object", "additionalProperties": false, "properties": {
               "physicalLocation": {"type": "object", "required": ["artifactLocation"], "additionalProperties": false,
                "properties": {"artifactLocation": {"$ref": "#/$defs/artifactLocation"}, "region": {"type": "object",
                 "additionalProperties": false, "properties": {"byteOffset": {"type": "integer", "minimum": -1}}}}},
               "logicalLocations": {"type": "array", "items": {"type": "object", "properties": {
                "name": {"type": "string"}}}}}}}}}}}}}}
        """#

    @Test("It has the structure of the standard, and every result its rule and place", arguments: ["crash", "chain/3"])
    func structure(_ name: String) throws {
        let folder = try ScratchFolder(copyOf: .named(name))
        let pages = try folder.bytes("pages-1.img")
        try folder.write("pages-1.img", pages + [0])
        try folder.write("a b%.txt", [1])
        let run = try cryoscope("verify", folder.path, "--format", "sarif")
        #expect(run.status == 1)
        let out = try ScratchFolder()
        try out.write("sarif.json", run.output)
        try out.write("schema.json", Array(SARIFTests.schema.utf8))
        let validator = try ToolRun(
            SARIFTests.root.appending(path: ".build/python/bin/python"),
            [
                SARIFTests.root.appending(path: "Scripts/validate.py").path, out.path("schema.json"),
                out.path("sarif.json"),
            ])
        #expect(validator.outputText.hasSuffix("1 validated, 0 findings\n"), "\(validator.outputText)")
        let log = try JSONDecoder().decode(Log.self, from: Data(run.output))
        let result = try #require(log.runs.first?.results.first { $0.ruleId == "pages/surplus" })
        let place = try #require(result.locations.first?.physicalLocation)
        #expect(place.artifactLocation.uri == "pages-1.img" && place.region?.byteOffset == pages.count)
        #expect(log.runs[0].artifacts.contains { $0.location.uri == "a%20b%25.txt" })
        for result in log.runs[0].results {
            #expect(log.runs[0].tool.driver.rules[result.ruleIndex].id == result.ruleId)
        }
    }

    private struct Log: Decodable {
        let runs: [Run]
    }

    private struct Run: Decodable {
        let tool: Tool
        let results: [Result]
        let artifacts: [Artifact]
    }

    private struct Tool: Decodable {
        let driver: Driver
    }

    private struct Driver: Decodable {
        let rules: [Rule]
    }

    private struct Rule: Decodable {
        let id: String
    }

    private struct Result: Decodable {
        let ruleId: String
        let ruleIndex: Int
        let locations: [Location]
    }

    private struct Location: Decodable {
        let physicalLocation: Place
    }

    private struct Place: Decodable {
        let artifactLocation: ArtifactLocation
        let region: Region?
    }

    private struct ArtifactLocation: Decodable {
        let uri: String
    }

    private struct Region: Decodable {
        let byteOffset: Int
    }

    private struct Artifact: Decodable {
        let location: ArtifactLocation
    }
}
