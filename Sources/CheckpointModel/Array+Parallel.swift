internal import Dispatch

extension Array where Element: Sendable {
    /// What a function makes of each element, in order, on all processors.
    ///
    /// - Parameter body: Called once for each element, on several threads.
    public func inParallel<Result: Sendable>(_ body: @Sendable (Element) -> Result) -> [Result] {
        guard count > 1 else { return map(body) }
        var results: [Result?] = map { _ in nil }
        results.withUnsafeMutableBufferPointer { buffer in
            let slots = Slots(buffer: buffer)
            DispatchQueue.concurrentPerform(iterations: count) { index in slots.buffer[index] = body(self[index]) }
        }
        return results.compactMap { $0 }
    }

    /// Changes each element, on all processors.
    public mutating func changeInParallel(_ body: @Sendable (inout Element) -> Void) {
        guard count > 1 else {
            for index in indices { body(&self[index]) }
            return
        }
        withUnsafeMutableBufferPointer { buffer in
            let slots = Slots(buffer: buffer)
            DispatchQueue.concurrentPerform(iterations: buffer.count) { index in body(&slots.buffer[index]) }
        }
    }
}

/// Lets threads that touch different elements use one buffer.
private struct Slots<Element>: @unchecked Sendable {
    let buffer: UnsafeMutableBufferPointer<Element>
}
