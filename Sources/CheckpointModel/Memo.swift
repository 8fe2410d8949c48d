internal import Synchronization

/// Keeps values that are costly to make, one of each type.
final class Memo: Sendable {
    private let values = Mutex<[ObjectIdentifier: any Sendable]>([:])

    /// The value of a type, made when it is first asked for.
    ///
    /// - Parameter make: Makes the value. It may ask for values of other types; two that ask at the same time may both
    ///   make one, of which the first is kept.
    func value<Value: Sendable>(_ make: () -> Value) -> Value {
        let key = ObjectIdentifier(Value.self)
        if let value = made(Value.self) { return value }
        let new = make()
        return values.withLock { values in
            if let earlier = values[key] as? Value { return earlier }
            values[key] = new
            return new
        }
    }

    /// The value of a type, if it has been made.
    func made<Value: Sendable>(_ type: Value.Type) -> Value? {
        values.withLock { $0[ObjectIdentifier(type)] } as? Value
    }
}
