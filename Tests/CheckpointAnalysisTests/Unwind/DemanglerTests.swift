import EvidenceText
import Testing

@testable import CheckpointAnalysis

@Suite("Names of functions as the source has them")
struct DemanglerTests {
    @Test(
        "C++, Swift and the older names of Rust",
        arguments: [
            ("_ZN5shape6circle4areaEv", "shape::circle::area()"),
            ("_Z3addii", "add(int, int)"),
            ("_ZNSt6vectorIiSaIiEE9push_backERKi", "std::vector<int, std::allocator<int> >::push_back(int const&)"),
            ("_ZN4core3fmt9Formatter3pad17h0123456789abcdefE", "core::fmt::Formatter::pad"),
            (
                "_ZN60_$LT$alloc..string..String$u20$as$u20$core..fmt..Display$GT$3fmt17h0123456789abcdefE",
                "<alloc::string::String as core::fmt::Display>::fmt"
            ),
            ("$s4main3addyS2i_SitF", "main.add(Swift.Int, Swift.Int) -> Swift.Int"),
        ])
    func names(_ mangled: String, _ name: String) {
        #expect(Demangler.name(ByteText(mangled))?.string == name)
    }

    @Test("What is not mangled, cannot be undone, or is too much, is left as it is")
    func others() {
        // The newer names of Rust are not undone by any library of the system.
        for text in ["main", "_start", "", "_Z", "_ZN", "_RNvCs1234_7mycrate3foo"] {
            #expect(Demangler.name(ByteText(text)) == nil)
        }
        #expect(Demangler.name(ByteText([0x5F, 0x5A, 0x33, 0xFF, 0x61, 0x76])) == nil)
        #expect(Demangler.name(ByteText("_Z1f" + String(repeating: "i", count: 2000))) == nil)
        // Each pair holds the one before twice.
        let doubling = "_Z1fSt4pairIiiE" + (0..<60).map { "St4pairIS\($0)_S\($0)_E" }.joined()
        #expect(Demangler.name(ByteText(doubling)) == nil)
    }
}
