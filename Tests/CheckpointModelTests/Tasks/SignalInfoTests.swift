import CheckpointTestSupport
import Testing

@testable import CheckpointModel

@Suite("What signals tell, from siginfo made by hand")
struct SignalInfoTests {
    /// The bytes of a siginfo: words at offsets.
    private struct Info {
        var bytes = [UInt8](repeating: 0, count: 128)
        var isBigEndian = false

        func word(_ offset: Int, _ value: UInt64, _ count: Int = 4) -> Info {
            var copy = self
            for index in 0..<count {
                let shift = UInt64(isBigEndian ? count - 1 - index : index) * 8
                copy.bytes[offset + index] = UInt8(truncatingIfNeeded: value >> shift)
            }
            return copy
        }

        func long(_ offset: Int, _ value: UInt64) -> Info { word(offset, value, 8) }

        static func header(_ signal: Int, _ code: Int32, isBigEndian: Bool = false) -> Info {
            Info(isBigEndian: isBigEndian).word(0, UInt64(signal)).word(8, UInt64(UInt32(bitPattern: code)))
        }
    }

    private func signal(_ info: Info, _ machine: Architecture = .x86_64) throws -> PendingSignal {
        try #require(PendingSignal(parsing: info.bytes, SignalLayout(machine), Origin("test", entry: 0)))
    }

    @Test("A fault, its address easily reached")
    func fault() throws {
        let plain = try signal(.header(11, 1).long(16, 0x10))
        #expect(plain.signal.name == "SIGSEGV" && plain.codeName == "SEGV_MAPERR" && plain.faultAddress == 0x10)
        let key = try signal(.header(11, 4).long(16, 0x10).word(32, 7))
        #expect(key.detail == .value(.fault(SignalFault(address: 0x10, cause: .protectionKey(7)))))
        let bounds = try signal(.header(11, 3).long(16, 0x10).long(32, 1).long(40, 2))
        #expect(bounds.detail == .value(.fault(SignalFault(address: 0x10, cause: .bounds(lower: 1, upper: 2)))))
        let memory = try signal(.header(7, 4).long(16, 0x1000).word(24, 12, 2))
        #expect(memory.detail == .value(.fault(SignalFault(address: 0x1000, cause: .memoryError(lowestBit: 12)))))
        let event = try signal(.header(5, 6).long(16, 1).long(24, 2).word(32, 3).word(36, 4))
        let cause = SignalFault.Cause.performance(data: 2, type: 3, flags: 4)
        #expect(event.detail == .value(.fault(SignalFault(address: 1, cause: cause))))
        // The kernel sends it without an address.
        let kernel = try signal(.header(11, 0x80))
        #expect(kernel.codeName == "SI_KERNEL" && kernel.faultAddress == nil)
    }

    @Test("A child")
    func child() throws {
        let info = Info.header(17, 2).word(16, 77).word(20, 1000).word(24, 9).long(32, 12).long(40, 34)
        let found = try signal(info)
        #expect(found.codeName == "CLD_KILLED")
        let sender = SignalSender(pid: 77, uid: 1000)
        #expect(
            found.detail == .value(.child(SignalChild(sender: sender, status: 9, userTime: 12, systemTime: 34))))
    }

    @Test("A descriptor, a refused call")
    func others() throws {
        let poll = try signal(.header(29, 1).long(16, 0x41).word(24, 5))
        #expect(poll.codeName == "POLL_IN" && poll.detail == .value(.poll(band: 0x41, descriptor: 5)))
        // With F_SETSIG any signal has these codes.
        let other = try signal(.header(34, 1).long(16, 0x41).word(24, 5))
        #expect(other.detail == .value(.poll(band: 0x41, descriptor: 5)))
        let call = try signal(.header(31, 1).long(16, 0x4000).word(24, 39).word(28, 0xC000_003E))
        #expect(call.codeName == "SYS_SECCOMP")
        #expect(
            call.detail == .value(.systemCall(address: 0x4000, number: 39, auditArchitecture: 0xC000_003E)))
    }

    @Test("Big-endian: numbers in the upper half of a value")
    func bigEndian() throws {
        let info = Info.header(37, -1, isBigEndian: true).word(16, 5).word(20, 6).word(24, 4711)
        let found = try signal(info, .s390)
        guard case .queued(let sender, let value) = found.detail.value else { throw TruthError(text: "\(found)") }
        #expect(sender == SignalSender(pid: 5, uid: 6) && value.integer == 4711)
        #expect(value.pointer == 4711 << 32)
    }

    @Test("MIPS: own numbers, and code before error number")
    func mips() throws {
        var info = Info().word(0, 11).word(4, 1).word(8, 99).long(16, 0x44)
        let fault = try signal(info, .mips)
        #expect(fault.signal.name == "SIGSEGV" && fault.code == 1 && fault.errorNumber == 99)
        #expect(fault.faultAddress == 0x44)
        info = Info().word(0, 18).word(4, UInt64(UInt32(bitPattern: -3))).word(16, 4).word(20, 1).long(24, 8)
        let timer = try signal(info, .mips)
        #expect(timer.signal.name == "SIGCHLD" && timer.codeName == "SI_TIMER")
        #expect(
            timer.detail == .value(.timer(id: 4, overrun: 1, value: SignalValue(8, isBigEndian: false))))
        #expect(Signal(10, .mips).name == "SIGBUS" && Signal(127, .mips).name == "SIGRTMIN+93")
    }

    @Test("ARM: addresses of 32 bits")
    func arm() throws {
        let fault = try signal(.header(11, 1).word(12, 0xFFFF_0FF0), .arm)
        #expect(fault.faultAddress == 0xFFFF_0FF0)
        let queued = try signal(.header(34, -1).word(12, 5).word(16, 6).word(20, 7), .arm)
        let value = SignalValue(7, isBigEndian: false)
        #expect(queued.detail == .value(.queued(by: SignalSender(pid: 5, uid: 6), value: value)))
    }

    @Test("Too short: what is there, and that the rest is missing")
    func short() throws {
        let bytes = Array(Info.header(11, 1).bytes.prefix(20))
        let found = try #require(PendingSignal(parsing: bytes, SignalLayout(nil), Origin("test")))
        #expect(found.signal.name == "SIGSEGV" && found.detail.absence?.reason == .damaged)
        #expect(PendingSignal(parsing: Array(bytes.prefix(11)), SignalLayout(nil), Origin("test")) == nil)
        for count in 0..<128 {
            for signal in [5, 7, 11, 17, 29, 31, 34, 10_000] {
                for code in [-60, -6, -2, -1, 0, 1, 3, 4, 6, 0x80, 9999] as [Int32] {
                    let cut = Array(Info.header(signal, code).bytes.prefix(count))
                    _ = PendingSignal(parsing: cut, SignalLayout(.mips), Origin("test"))
                    _ = PendingSignal(parsing: cut, SignalLayout(.arm), Origin("test"))
                }
            }
        }
    }

    @Test("A signal in an image that is too short is left out, and noted")
    func damaged() throws {
        let queue = MessageBuilder().message(1, MessageBuilder().bytes(1, [1, 2, 3]))
            .message(1, MessageBuilder().bytes(1, Info.header(10, 0).word(16, 4).bytes))
        let source = MemorySource.task(.x86, task: .taskCore().message(10, queue))
        let checkpoint = source.open()
        let details = checkpoint.details(of: try #require(checkpoint.process(1)))
        #expect(details.pendingSignals.value?.map(\.signal.name) == ["SIGUSR1"])
        #expect(checkpoint.damage.map(\.detail) == ["a signal of only 3 bytes"])
    }

    @Test("Names of signals")
    func names() {
        #expect(Signal(1, .common).name == "SIGHUP" && Signal(31, .common).name == "SIGSYS")
        #expect(
            [32, 33, 34, 35, 64].map { Signal($0, .common).name } == [
                "SIG32", "SIG33", "SIGRTMIN", "SIGRTMIN+1", "SIGRTMIN+30",
            ])
        #expect(
            [0, -1, 65, 1000].map { Signal($0, .common).name } == [
                "signal 0", "signal -1", "signal 65", "signal 1000",
            ])
        #expect(SignalSet(1 << 8 | 1, extended: 1, .mips).signals.map(\.number) == [1, 9, 65])
    }
}
