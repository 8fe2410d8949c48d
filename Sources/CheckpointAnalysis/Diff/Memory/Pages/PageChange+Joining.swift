internal import CheckpointModel

extension [PageChange] {
    /// Appends a change, as a part of the last one if it continues it.
    mutating func join(_ next: PageChange) {
        guard let last, last.continues(with: next) else {
            append(next)
            return
        }
        self[count - 1] = PageChange(
            afterStart: last.afterStart, beforeStart: last.beforeStart, byteCount: last.byteCount + next.byteCount,
            kind: last.kind, cause: last.cause, holes: last.holes)
    }
}

extension PageChange {
    fileprivate func continues(with next: PageChange) -> Bool {
        guard afterStart &+ byteCount == next.afterStart, beforeStart &+ byteCount == next.beforeStart,
            cause == next.cause, holes == next.holes
        else { return false }
        guard case .unknown(let side, let reason) = kind, case .unknown(let otherSide, let otherReason) = next.kind
        else {
            return kind == next.kind
        }
        return side == otherSide && reason.moved(by: byteCount) == otherReason
    }
}
