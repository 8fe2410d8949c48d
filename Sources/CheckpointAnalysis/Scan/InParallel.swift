internal import Dispatch

/// Changes each element of an array, on all processors.
func inParallel<Element: Sendable>(_ elements: inout [Element], _ body: @Sendable (inout Element) -> Void) {
    guard elements.count > 1 else {
        for index in elements.indices { body(&elements[index]) }
        return
    }
    elements.withUnsafeMutableBufferPointer { buffer in
        let elements = Exclusive(buffer)
        DispatchQueue.concurrentPerform(iterations: buffer.count) { index in body(&elements.buffer[index]) }
    }
}

/// Lets threads that touch different elements use one buffer.
private struct Exclusive<Element>: @unchecked Sendable {
    let buffer: UnsafeMutableBufferPointer<Element>

    init(_ buffer: UnsafeMutableBufferPointer<Element>) {
        self.buffer = buffer
    }
}
