/// When things happened to a container.
public struct ContainerTimes: Sendable {
    /// When the container was made.
    public let created: Known<EngineTime>
    /// When it was last started.
    public let started: Known<EngineTime>
    /// When it was checkpointed, by the engine; not all engines record it.
    public let checkpointed: Known<EngineTime>
    /// When it had last ended, before it was started again.
    public let finished: Known<EngineTime>
    /// When it had been restored from an earlier checkpoint.
    public let restored: Known<EngineTime>
    /// When the youngest of the images was written, in seconds since 1970, by the times of the files.
    ///
    /// It stands in for the time of the checkpoint where the engine recorded none; copying files can change it.
    public let imagesWritten: Known<Int64>
}
