#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// What libFuzzer calls with each input. The environment names the target, so that one binary has all of them.
///
/// - Returns: 0: the input may be kept.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    FuzzTarget.chosen.run(Array(UnsafeBufferPointer(start: start, count: count)))
    return 0
}

extension FuzzTarget {
    /// The target that `FUZZ_TARGET` names.
    fileprivate static let chosen: FuzzTarget = {
        let name = getenv("FUZZ_TARGET").map { String(cString: $0) } ?? ""
        guard let target = FuzzTarget(rawValue: name) else {
            fatalError("FUZZ_TARGET is one of \(allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return target
    }()
}
