internal import CRIUImages
internal import EvidenceText
internal import SystemPackage

/// Files that engines keep near a directory of images, not in it.
enum Neighbours {
    /// What may lie one level up, where Podman has the directory `checkpoint` beside its own files.
    static let podman = [
        "config.dump", "spec.dump", "network.status", "stats-dump", "dump.log", "ctr.log", "deleted.files",
        "rootfs-diff.tar", "devshm-checkpoint.tar", "bind.mounts", "status", "status.dump", "container.log",
    ]

    /// The files near a directory of images, by the names that they are asked for by.
    ///
    /// Only regular files at the places where engines put them are taken, and no link is followed.
    static func files(of directory: FilePath) -> [String: ExtraFile] {
        var files: [String: ExtraFile] = [:]
        if CheckpointPlace.engineFiles.contains(where: { file(directory, "../" + $0) != nil }) {
            for name in podman { files[name] = file(directory, "../" + name) }
        }
        // Docker: containers/ID/checkpoints/NAME, and containers/ID/config.v2.json, hostconfig.json, ID-json.log.
        if let above = try? fileStatus(directory.appending(".."), followsLink: true),
            let checkpoints = try? fileStatus(directory.appending("../../checkpoints"), followsLink: false),
            above.identity == checkpoints.identity
        {
            for name in ["config.v2.json", "hostconfig.json"] + dockerLogs(directory) {
                files[name] = file(directory, "../../" + name)
            }
        }
        return files
    }

    /// The names of logs, which Docker calls by the container's id.
    private static func dockerLogs(_ directory: FilePath) -> [String] {
        ((try? directoryNames(directory.appending("../.."))) ?? []).filter { $0.hasSuffix("-json.log") }
    }

    private static func file(_ directory: FilePath, _ path: String) -> ExtraFile? {
        // By the kernel's idea of `..`, which is that of the directory and not of the path's text.
        let place = directory.pushing(FilePath(path))
        guard let status = try? fileStatus(place, followsLink: false), status.isRegular else { return nil }
        do throws(Errno) {
            return ExtraFile(path: path, content: .value(DeferredBytes(try ImageBytes(path: place))))
        } catch {
            return ExtraFile(path: path, content: .missing(Absence(.unreadable, "\(path) cannot be read: \(error)")))
        }
    }
}
