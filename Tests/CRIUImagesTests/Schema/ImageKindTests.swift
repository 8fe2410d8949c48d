import CCRIUSchema
import Testing

@testable import CRIUImages

@Suite("Kinds of images")
struct ImageKindTests {
    /// A kind as the table `image-kinds.json` has it.
    private struct Fact {
        let name: String
        let file: String
        let magic: UInt32
        let lead: String?
        let message: String?
        let payload: String?
    }

    private let facts: [Fact]

    init() throws {
        let kinds = try jsonObject("image-kinds.json")["kinds"] as? [[String: Any]] ?? []
        facts = try kinds.map { kind in
            let magic = (kind["magic"] as? String).flatMap { UInt32($0.dropFirst(2), radix: 16) }
            return Fact(
                name: try #require(kind["kind"] as? String), file: try #require(kind["file"] as? String),
                magic: magic ?? 0, lead: kind["lead"] as? String, message: kind["message"] as? String,
                payload: kind["payload_after_each_entry"] as? String)
        }
    }

    @Test("Every kind of the table is there, and no other but those of the graphics plugin")
    func names() {
        #expect(facts.count > 80)
        let ours = ImageKind.allCases.filter { !$0.name.hasPrefix("AMDGPU_") }
        #expect(ours.map(\.name).sorted() == facts.map(\.name).sorted())
        #expect(ImageKind.allCases.allSatisfy { ImageKind(name: $0.name) == $0 })
        #expect(ImageKind(name: "NONE") == nil)
    }

    @Test("Every kind has the pattern, magic word, lead word and message of the table")
    func kinds() throws {
        for fact in facts {
            let kind = try #require(ImageKind(name: fact.name))
            #expect(kind.filePattern == fact.file)
            #expect(kind.magic == fact.magic, "\(fact.name)")
            #expect(kind.lead == lead(fact), "\(fact.name)")
            #expect(messages(kind) == message(fact), "\(fact.name)")
            #expect((kind.lead == .raw) == (kind.content != nil), "\(fact.name)")
        }
    }

    private func lead(_ fact: Fact) -> LeadWord {
        guard fact.message != nil else { return .raw }
        switch fact.lead {
        case "common 0x54564319": return .common
        case "service 0x55105940": return .service
        default: return .magicAlone
        }
    }

    /// The messages of a kind's first and later entries.
    private func messages(_ kind: ImageKind) -> [String] {
        let names = [0, 1, 2].compactMap { kind.message(ofEntry: $0)?.schema.name }
        #expect(names.count == 0 || names[1] == names[2])
        return Set(names).count == 1 ? [names[0]] : Array(names.prefix(2))
    }

    private func message(_ fact: Fact) -> [String] {
        switch fact.name {
        case "PAGEMAP", "SHMEM_PAGEMAP": ["pagemap_head", "pagemap_entry"]
        case "GHOST_FILE": ["ghost_file_entry", "ghost_chunk_entry"]
        default: fact.message.map { [$0] } ?? []
        }
    }

    @Test("Every kind has the payload that the table describes")
    func payloads() throws {
        let words: [String: PayloadKind] = [
            "keys_bytes + values_bytes": .bpfMap, "bytes": .pipeBytes, "length bytes": .packetBytes,
            "inq_len bytes then outq_len bytes": .tcpQueues, "nsems u16 padded to 8": .semaphores,
            "qnum times: u32 size, ipc_msg message, msize bytes padded to 8": .messages,
        ]
        for fact in facts {
            let kind = try #require(ImageKind(name: fact.name))
            switch fact.name {
            case "IPCNS_SHM": #expect(kind.payload == .sharedMemory)
            case "GHOST_FILE": #expect(kind.payload == .ghost)
            default: #expect(kind.payload == fact.payload.map { words[$0] } ?? PayloadKind.none, "\(fact.name)")
            }
        }
    }

    @Test("The kinds of the graphics plugin have no magic word")
    func graphics() {
        let found = ImageKind.allCases.filter { $0.name.hasPrefix("AMDGPU_") }
        #expect(found.map(\.magic) == [0, 0, 0, 0, 0])
        #expect(found.map(\.lead) == [.sizeAlone, .sizeAlone, .sizeAlone, .raw, .raw])
        #expect(ImageKind.amdgpuKfd.message(ofEntry: 0)?.schema.name == "criu_kfd")
        #expect(ImageKind.amdgpuRender.message(ofEntry: 0)?.schema.name == "criu_render_node")
        #expect(ImageKind.amdgpuDmabuf.message(ofEntry: 0)?.schema.name == "criu_dmabuf_node")
    }

    @Test("Kinds that share a magic word are found under the name that CRIU's tool prints")
    func sharedMagics() {
        #expect(ImageKind(magic: 0x5925_5647) == .signal)
        #expect(ImageKind(magic: 0x5608_4025) == .pagemap)
        #expect(ImageKind(magic: 0x6734_3323) == .binfmtMisc)
        #expect(ImageKind(magic: 0) == nil)
        #expect(ImageKind(magic: 0x1234_5678) == nil)
        let words = Dictionary(grouping: ImageKind.allCases.filter { $0.magic != 0 }, by: \.magic)
        let shared = words.filter { $0.value.count > 1 }.keys.sorted()
        #expect(shared == [0x5608_4025, 0x5925_5647, 0x6734_3323])
    }
}
