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
