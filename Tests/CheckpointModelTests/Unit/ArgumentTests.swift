import CheckpointModel
import CheckpointTestSupport
import EvidenceText
import Testing

@Suite("Command lines and environments in memory")
struct ArgumentTests {
    @Test("Words, empty ones too")
    func words() throws {
        let (arguments, environment) = try read("a\0\0b c\0", "X=1\0no sign\0\0")
        #expect(arguments == .value(["a", "", "b c"]))
        #expect(environment == .value(["X=1", "no sign", ""]))
    }

    @Test("No words at all")
    func empty() throws {
        let (arguments, environment) = try read("", "")
        #expect(arguments == .value([]))
        #expect(environment == .value([]))
    }

    @Test("A title over the arguments ends at its NUL")
    func shortTitle() throws {
        #expect(try read("new title\0st", "X=1\0").0 == .value(["new title"]))
    }

    @Test("A title without an end goes on into the environment, up to a NUL")
    func longTitle() throws {
        let (arguments, environment) = try read("a very long", " title\0=1\0")
        #expect(arguments == .value(["a very long title"]))
        #expect(environment == .value([" title", "=1"]))
        #expect(try read("no end", "at all").0 == .value(["no endat all"]))
    }

    @Test("An area that ends before it begins")
    func reversed() throws {
        var source = MemorySource()
        source.addMemory(.memory(arguments: (0x2000, 0x1000), environment: (9, 8)), runs: [], pages: [])
        let (memory, checkpoint) = try source.memory()
        #expect(checkpoint.arguments(.value(memory)).absence?.reason == .damaged)
        #expect(checkpoint.environment(.value(memory)).absence?.reason == .damaged)
    }

    @Test("An area that no process can have is not read")
    func huge() throws {
        #expect(try absence(of: (0x1000, UInt64.max), [.run(0x1000, 1)], 1)?.reason == .unsupported)
    }

    @Test("Pages that are not in the images")
    func absent() throws {
        let absence = try absence(of: (0x1000, 0x1010), [.run(0x5000, 1)], 1)
        #expect(absence == Absence(.pagesAbsent, "the page at 0x1000 is not in the images"))
        #expect(try self.absence(of: (0x1FF0, 0x2010), [.run(0x1000, 1)], 1)?.detail.contains("0x2000") == true)
    }

    @Test("Pages that were left to be fetched later")
    func lazy() throws {
        #expect(try absence(of: (0x1000, 0x1010), [.run(0x1000, 1, flags: 2)], 0)?.reason == .pagesLazy)
        // Lazy and present: they are in the image after all.
        #expect(try absence(of: (0x1000, 0x1010), [.run(0x1000, 1, flags: 6)], 1) == nil)
    }

    @Test("Pages that are said to be compressed, and are not")
    func compressed() throws {
        let run = MessageBuilder.run(0x1000, 1).varint(6, 100)
        #expect(try absence(of: (0x1000, 0x1010), [run], 1)?.reason == .damaged)
    }

    @Test("Pages beyond the end of the pages image are damage")
    func beyondEnd() throws {
        #expect(try absence(of: (0x1000, 0x1010), [.run(0x1000, 1)], 0)?.reason == .damaged)
        #expect(try absence(of: (0x1000, 0x1010), [.run(0x2000, 1), .run(0x1000, 1)], 1)?.reason == .pagesAbsent)
    }

    @Test("A pages image that is not there")
    func noPages() throws {
        var source = MemorySource()
        source.addMemory(.memory(arguments: (0x1000, 0x1010)), runs: [.run(0x1000, 1)], pages: [])
        source.images["pages-1.img"] = nil
        let (memory, checkpoint) = try source.memory()
        #expect(checkpoint.arguments(.value(memory)) == .missing(Absence(.noImage, "pages-1.img is not there")))
    }

    @Test("A page map that is not there")
    func noMap() throws {
        var source = MemorySource()
        source.addMemory(.memory(arguments: (0x1000, 0x1010)), runs: [], pages: [])
        source.images["pagemap-1.img"] = nil
        let (memory, checkpoint) = try source.memory()
        #expect(memory.pageRuns.absence?.reason == .noImage)
        #expect(checkpoint.arguments(.value(memory)).absence?.reason == .noImage)
    }

    /// Reads a command line and an environment that lie one behind the other, across the border of two pages.
    private func read(_ arguments: String, _ environment: String) throws -> (Known<[ByteText]>, Known<[ByteText]>) {
        let start = UInt64(0x2000 - 4)
        let middle = start + UInt64(arguments.utf8.count)
        let end = middle + UInt64(environment.utf8.count)
        var pages = numberedPages(2)
        pages.replaceSubrange((4096 - 4)..<(4096 - 4 + Int(end - start)), with: Array((arguments + environment).utf8))
        var source = MemorySource()
        source.addMemory(
            .memory(arguments: (start, middle), environment: (middle, end)), runs: [.run(0x1000, 1), .run(0x2000, 1)],
            pages: pages)
        let (memory, checkpoint) = try source.memory()
        return (checkpoint.arguments(.value(memory)), checkpoint.environment(.value(memory)))
    }

    /// Why a command line cannot be read.
    private func absence(of area: (UInt64, UInt64), _ runs: [MessageBuilder], _ pages: Int) throws -> Absence? {
        var source = MemorySource()
        source.addMemory(.memory(arguments: area), runs: runs, pages: numberedPages(pages))
        let (memory, checkpoint) = try source.memory()
        return checkpoint.arguments(.value(memory)).absence
    }
}
