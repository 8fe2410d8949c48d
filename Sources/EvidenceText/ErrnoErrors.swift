public import SystemPackage

/// Calls a function of swift-system, which throws `Errno` and nothing else, but does not say so in its type.
///
/// - Throws: `Errno`.
public func throwingErrno<Result>(_ body: () throws -> Result) throws(Errno) -> Result {
    do {
        return try body()
    } catch let error as Errno {
        throw error
    } catch {
        throw .ioError
    }
}
