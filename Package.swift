// swift-tools-version: 6.2

import PackageDescription

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

let package = Package(
    name: "cryoscope",
    products: [
        .executable(name: "cryoscope", targets: ["cryoscope"]),
        .library(name: "EvidenceText", targets: ["EvidenceText"]),
        .library(name: "CRIUImages", targets: ["CRIUImages"]),
        .library(name: "CheckpointModel", targets: ["CheckpointModel"]),
        .library(name: "CheckpointAnalysis", targets: ["CheckpointAnalysis"]),
        .library(name: "CheckpointReport", targets: ["CheckpointReport"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
        .package(url: "https://github.com/apple/swift-system", from: "1.4.0"),
    ],
    targets: [
        .systemLibrary(
            name: "CProtobufC",
            pkgConfig: "libprotobuf-c",
            providers: [.apt(["libprotobuf-c-dev"])]
        ),
        .systemLibrary(
            name: "CArchive",
            pkgConfig: "libarchive",
            providers: [.apt(["libarchive-dev"])]
        ),
        .systemLibrary(
            name: "CLZ4",
            pkgConfig: "liblz4",
            providers: [.apt(["liblz4-dev"])]
        ),
        .systemLibrary(
            name: "CNettle",
            pkgConfig: "nettle",
            providers: [.apt(["nettle-dev"])]
        ),
        .systemLibrary(name: "CLinux"),
        .systemLibrary(
            name: "CPCRE2",
            pkgConfig: "libpcre2-8",
            providers: [.apt(["libpcre2-dev"])]
        ),
        .systemLibrary(
            name: "CElfutils",
            pkgConfig: "libdw",
            providers: [.apt(["libdw-dev"])]
        ),
        .systemLibrary(
            name: "CZlib",
            pkgConfig: "zlib",
            providers: [.apt(["zlib1g-dev"])]
        ),
        .target(
            name: "CCRIUSchema",
            dependencies: ["CProtobufC"]
        ),
        .target(
            name: "EvidenceText",
            dependencies: [.product(name: "SystemPackage", package: "swift-system")],
            swiftSettings: strict
        ),
        .target(
            name: "CRIUImages",
            dependencies: [
                "CCRIUSchema", "CLZ4", "CLinux", "CNettle", "EvidenceText",
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: strict
        ),
        .target(
            name: "CheckpointModel",
            dependencies: [
                "CArchive", "CRIUImages", "CZlib", "EvidenceText",
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: strict
        ),
        .target(
            name: "CheckpointAnalysis",
            dependencies: [
                "CElfutils", "CPCRE2", "CRIUImages", "CheckpointModel", "EvidenceText",
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: strict,
            linkerSettings: [.linkedLibrary("stdc++")]
        ),
        .target(
            name: "CheckpointReport",
            dependencies: [
                "CheckpointAnalysis", "CheckpointModel", "EvidenceText",
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            exclude: ["Schema"],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "cryoscope",
            dependencies: [
                "CRIUImages", "CheckpointAnalysis", "CheckpointModel", "CheckpointReport", "EvidenceText",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: strict
        ),
        .target(
            name: "CheckpointTestSupport",
            dependencies: [
                "CRIUImages", "EvidenceText",
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            path: "Tests/CheckpointTestSupport",
            swiftSettings: strict
        ),
        .testTarget(
            name: "EvidenceTextTests",
            dependencies: [
                "CheckpointTestSupport", "EvidenceText",
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "CRIUImagesTests",
            dependencies: [
                "CCRIUSchema", "CheckpointTestSupport", "CRIUImages", "EvidenceText",
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "CheckpointModelTests",
            dependencies: [
                "CLZ4", "CheckpointModel", "CheckpointTestSupport", "CRIUImages", "EvidenceText",
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "CheckpointAnalysisTests",
            dependencies: [
                "CheckpointAnalysis", "CheckpointModel", "CheckpointTestSupport", "CRIUImages", "EvidenceText",
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "CheckpointReportTests",
            dependencies: [
                "CRIUImages", "CheckpointAnalysis", "CheckpointModel", "CheckpointReport", "CheckpointTestSupport",
                "EvidenceText", .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "HostileInputTests",
            dependencies: [
                "CheckpointAnalysis", "CheckpointModel", "CheckpointReport", "CheckpointTestSupport", "CRIUImages",
                "EvidenceText", "cryoscope",
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "CommandTests",
            dependencies: ["CheckpointTestSupport", "CRIUImages", "EvidenceText", "cryoscope"],
            exclude: ["Recorded"],
            swiftSettings: strict
        ),
    ],
    swiftLanguageModes: [.v6]
)

// The fuzzer needs libFuzzer's own `main` and is built by `make fuzz` only.
if Context.environment["CRYOSCOPE_FUZZ"] != nil {
    package.targets.append(
        .executableTarget(
            name: "fuzz",
            dependencies: [
                "CRIUImages", "CheckpointAnalysis", "CheckpointModel", "CheckpointReport", "CheckpointTestSupport",
                "EvidenceText", .product(name: "SystemPackage", package: "swift-system"),
            ],
            path: "Fuzz",
            exclude: ["seeds.py"],
            swiftSettings: strict + [.unsafeFlags(["-parse-as-library"])]))
}
