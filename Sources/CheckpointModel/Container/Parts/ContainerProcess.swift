public import EvidenceText

/// What an engine was to run in a container. What ran in the end is in the images.
public struct ContainerProcess: Sendable {
    /// The arguments of the first process, its program first.
    public let arguments: Known<[ByteText]>
    /// What the image or the user has run before the command.
    public let entrypoint: Known<[ByteText]>
    /// The command of the image or of the user.
    public let command: Known<[ByteText]>
    /// The command line of the engine that made the container. It can hold secrets.
    public let createCommand: Known<[ByteText]>
    /// The directory that it was started in.
    public let workingDirectory: Known<ByteText>
    /// Whom it ran as.
    public let user: ContainerUser
    /// The environment that the engine gave it: `NAME=VALUE`. It can hold secrets.
    public let environment: Known<[ByteText]>
    /// Whether it had a terminal.
    public let hasTerminal: Known<Bool>
    /// Its resource limits.
    public let limits: Known<[ContainerLimit]>
}

/// Whom the first process of a container ran as.
public struct ContainerUser: Sendable {
    /// What the user of the engine asked for: names or numbers.
    public let requested: Known<ByteText>
    /// The user id, in the container's user namespace.
    public let uid: Known<Int64>
    /// The group id.
    public let gid: Known<Int64>
    /// More groups.
    public let additionalGroups: Known<[Int64]>
    /// The file mode creation mask.
    public let umask: Known<Int64>
}

/// A resource limit that an engine set.
public struct ContainerLimit: Sendable, Equatable {
    /// Its name: `RLIMIT_NOFILE`.
    public let type: ByteText
    /// The limit that counts.
    public let soft: Known<UInt64>
    /// How far it can be raised.
    public let hard: Known<UInt64>
}
