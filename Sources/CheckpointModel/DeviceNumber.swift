/// The number of a device: of a file system, or of what a device node stands for.
public struct DeviceNumber: Sendable, Hashable {
    /// The driver.
    public let major: UInt32
    /// The device among those of the driver.
    public let minor: UInt32

    /// A number in the kernel's own form, with 20 bits of minor number.
    init(kernel number: UInt32) {
        (major, minor) = (number >> 20, number & 0xFFFFF)
    }

    /// A number in the form of `st_dev` and `st_rdev`, whose minor number is in two parts.
    init(status number: UInt32) {
        major = number >> 8 & 0xFFF
        minor = number & 0xFF | number >> 12 & 0xFFF00
    }

    /// Major and minor number with a colon between them.
    public var description: String { "\(major):\(minor)" }
}
