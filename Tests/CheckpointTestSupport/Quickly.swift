public import Testing

/// Runs what takes a second or so, however hostile its input is, and expects that it takes no minute: a slow, busy machine
/// with sanitizers does not break that limit, an algorithm of another order does.
///
/// - Parameters:
///   - sourceLocation: Where the expectation is shown.
///   - body: What is run.
/// - Returns: What the body gave.
public func quickly<Result>(
    sourceLocation: SourceLocation = #_sourceLocation, _ body: () throws -> Result
) rethrows -> Result {
    let start = ContinuousClock.now
    let result = try body()
    let duration = ContinuousClock.now - start
    #expect(duration < .seconds(60), sourceLocation: sourceLocation)
    return result
}
