/// A value of a checkpoint, or why there is none.
///
/// Absent is not zero and unknown is not empty: what could not be read says so.
public enum Known<Value: Sendable>: Sendable {
    /// The value.
    case value(Value)
    /// Why there is none.
    case missing(Absence)

    /// The value, or nil.
    public var value: Value? {
        guard case .value(let value) = self else { return nil }
        return value
    }

    /// Why there is no value, or nil if there is one.
    public var absence: Absence? {
        guard case .missing(let absence) = self else { return nil }
        return absence
    }

    /// The value transformed, or the same absence.
    public func map<Result>(_ transform: (Value) -> Result) -> Known<Result> {
        switch self {
        case .value(let value): .value(transform(value))
        case .missing(let absence): .missing(absence)
        }
    }

    /// What a function makes of the value, or the same absence.
    public func flatMap<Result>(_ transform: (Value) -> Known<Result>) -> Known<Result> {
        switch self {
        case .value(let value): transform(value)
        case .missing(let absence): .missing(absence)
        }
    }
}

extension Known: Equatable where Value: Equatable {}

/// Why a value is missing.
public struct Absence: Sendable, Equatable {
    /// The sorts of reasons. Open, so that adding one breaks no reader.
    public struct Reason: RawRepresentable, Hashable, Sendable {
        /// A stable word for the reason, as reports print it.
        public let rawValue: String

        /// Wraps a word.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// The image that would have it is not there.
        public static let noImage = Reason(rawValue: "no-image")
        /// The image is there but lacks it.
        public static let notRecorded = Reason(rawValue: "not-recorded")
        /// The image that has it is damaged.
        public static let damaged = Reason(rawValue: "damaged")
        /// It could not be unpacked or read on this machine.
        public static let unreadable = Reason(rawValue: "unreadable")
        /// There is no such thing: a zombie has no memory.
        public static let notApplicable = Reason(rawValue: "not-applicable")
        /// The memory pages that hold it are not in the images.
        public static let pagesAbsent = Reason(rawValue: "pages-absent")
        /// The memory pages were left behind to be fetched later, and never written.
        public static let pagesLazy = Reason(rawValue: "pages-lazy")
        /// It is stored in a form that this version does not read.
        public static let unsupported = Reason(rawValue: "unsupported")
    }

    /// The sort of reason.
    public let reason: Reason
    /// A few words for a person.
    public let detail: String

    /// Makes an absence.
    ///
    /// - Parameters:
    ///   - reason: The sort of reason.
    ///   - detail: A few words for a person.
    public init(_ reason: Reason, _ detail: String) {
        self.reason = reason
        self.detail = detail
    }
}
