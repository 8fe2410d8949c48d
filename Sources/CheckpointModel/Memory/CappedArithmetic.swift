/// Arithmetic on numbers of hostile images, which neither overflows nor wraps.
extension UInt64 {
    /// The sum, or the largest number if it is beyond that.
    func addingCapped(_ other: UInt64) -> UInt64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }

    /// The product, or the largest number if it is beyond that.
    func multipliedCapped(_ other: UInt64) -> UInt64 {
        let (product, overflow) = multipliedReportingOverflow(by: other)
        return overflow ? .max : product
    }
}
