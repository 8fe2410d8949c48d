import CheckpointModel
import EvidenceText
import Testing

/// Compares memory areas with /proc/PID/maps.
@Suite("The memory areas of dumps with known contents")
struct AreaTruthTests {
    /// `VMA_AREA_GUARD`: CRIU notes guard regions within an area as areas of their own.
    private static let guardRegion = SegmentStatus(rawValue: 1 << 16)

    @Test("Every area: addresses, rights, offset and name", arguments: KnownCheckpoint.names)
    func areas(_ name: String) throws {
        for known in try KnownCheckpoint.named(name).processes where !known.truth.isZombie {
            let segments = try #require(known.memory.value).segments.filter { !$0.status.contains(Self.guardRegion) }
            let areas = joined(known.truth.areas)
            #expect(segments.map(\.addresses) == areas.map(\.addresses), "\(known)")
            for (segment, area) in zip(segments, areas) {
                let place = "\(known), \(segment.addresses)"
                #expect(permissions(segment) == area.permissions, "\(place)")
                #expect(segment.offset == area.offset, "\(place)")
                #expect(segment.name == area.name, "\(place)")
            }
        }
    }

    @Test(
        "Guard regions lie within areas that have such, in the one workload that made them",
        arguments: KnownCheckpoint.names)
    func guardRegions(_ name: String) throws {
        for known in try KnownCheckpoint.named(name).processes where !known.truth.isZombie {
            let regions = try #require(known.memory.value).segments.filter { $0.status.contains(Self.guardRegion) }
            #expect(regions.count == (name == "memory" ? 1 : 0), "\(known)")
            for region in regions {
                let area = known.truth.areas.first { $0.addresses.contains(region.addresses.lowerBound) }
                #expect(try #require(area).flags.contains("gu"), "\(known)")
                #expect(try #require(area).addresses.upperBound >= region.addresses.upperBound, "\(known)")
                #expect(region.pages == PageCounts(), "\(known)")
            }
        }
    }

    @Test("Advice and kinds of mappings, as smaps flags them", arguments: KnownCheckpoint.names)
    func flags(_ name: String) throws {
        let advice = [
            "dd": "MADV_DONTDUMP", "dc": "MADV_DONTFORK", "wf": "MADV_WIPEONFORK", "hg": "MADV_HUGEPAGE",
            "nh": "MADV_NOHUGEPAGE", "mg": "MADV_MERGEABLE", "sr": "MADV_SEQUENTIAL", "rr": "MADV_RANDOM",
        ]
        for known in try KnownCheckpoint.named(name).processes where !known.truth.isZombie {
            let areas = Dictionary(known.truth.areas.map { ($0.addresses.lowerBound, $0) }) { first, _ in first }
            for segment in try #require(known.memory.value).segments {
                // The kernel's own areas have flags of their own, of which CRIU notes some.
                guard let area = areas[segment.addresses.lowerBound],
                    segment.status.isDisjoint(with: [.guardRegion, .vvar, .vdso, .vsyscall])
                else { continue }
                let expected = area.flags.compactMap { advice[$0] }.sorted()
                #expect(segment.adviceNames.sorted() == expected, "\(known), \(segment.addresses)")
                #expect(segment.mapFlagNames.contains("MAP_SHARED") == area.flags.contains("ms"))
                #expect(segment.mapFlagNames.contains("MAP_GROWSDOWN") == area.flags.contains("gd"))
            }
        }
    }

    @Test("Mapped files are found in the list of files", arguments: KnownCheckpoint.names)
    func files(_ name: String) throws {
        for known in try KnownCheckpoint.named(name).processes where !known.truth.isZombie {
            for segment in try #require(known.memory.value).segments where segment.status.mapsFile {
                #expect(segment.file.flatMap(\.target) == .value(segment.name), "\(known), \(segment.addresses)")
            }
        }
    }

    @Test("The auxiliary vector and the bounds of code, data, heap and stack", arguments: KnownCheckpoint.names)
    func bounds(_ name: String) throws {
        for known in try KnownCheckpoint.named(name).processes where !known.truth.isZombie {
            let (memory, bounds) = (try #require(known.memory.value), known.truth.bounds)
            // Some images leave out the pair of zeros that marks the end.
            let pairs = memory.auxiliaryVector.map { [$0.key, $0.value] }.filter { $0 != [0, 0] }
            #expect(pairs == known.truth.auxiliaryVector.filter { $0 != [0, 0] }, "\(known)")
            #expect(memory.bounds.code.start == bounds["start_code"], "\(known)")
            #expect(memory.bounds.code.end == bounds["end_code"], "\(known)")
            #expect(memory.bounds.data.start == bounds["start_data"], "\(known)")
            #expect(memory.bounds.data.end == bounds["end_data"], "\(known)")
            #expect(memory.bounds.heap.start == bounds["start_brk"], "\(known)")
            #expect(memory.bounds.stackStart == bounds["start_stack"], "\(known)")
            #expect(memory.argumentAddresses?.lowerBound == bounds["arg_start"], "\(known)")
            #expect(memory.argumentAddresses?.upperBound == bounds["arg_end"], "\(known)")
            #expect(memory.environmentAddresses?.lowerBound == bounds["env_start"], "\(known)")
            #expect(memory.environmentAddresses?.upperBound == bounds["env_end"], "\(known)")
        }
    }

    /// The areas as CRIU has them: `[vvar]` and the `[vvar_vclock]` behind it are one.
    private func joined(_ areas: [TruthArea]) -> [TruthArea] {
        var result: [TruthArea] = []
        for area in areas {
            if area.name == "[vvar_vclock]", let before = result.last, before.name == "[vvar]" {
                result[result.count - 1] = before.extended(to: area.addresses.upperBound)
            } else {
                result.append(area)
            }
        }
        return result
    }

    private func permissions(_ segment: MemorySegment) -> String {
        (segment.protection.contains(.read) ? "r" : "-") + (segment.protection.contains(.write) ? "w" : "-")
            + (segment.protection.contains(.execute) ? "x" : "-") + (segment.isShared ? "s" : "p")
    }
}

extension TruthArea {
    fileprivate func extended(to end: UInt64) -> TruthArea {
        TruthArea(
            addresses: addresses.lowerBound..<end, permissions: permissions, offset: offset, name: name,
            residentPages: residentPages, residentHash: residentHash,
            contentHash: nil, flags: flags)
    }
}
