import Foundation

/// A program that packs what it gets.
public enum Compression: String, CaseIterable, Sendable {
    case gzip, zstd, xz, bzip2

    /// Bytes, packed.
    public func pack(_ bytes: [UInt8]) throws -> [UInt8] {
        let run = try ToolRun(URL(filePath: "/usr/bin/env"), [rawValue, "-c"], input: bytes)
        guard run.status == 0 else { throw CocoaError(.executableNotLoadable) }
        return run.output
    }
}
