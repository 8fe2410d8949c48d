/// What the images keep for all processes and threads in one place, read when first asked for.
struct TaskTables: Sendable {
    let seccomp: SeccompFilters
    let cgroups: CgroupSets
    let securityModule: Known<SecurityModule>
    let users: ObjectUsers

    init(
        _ library: ImageLibrary, _ processes: [Process], _ architecture: Architecture?,
        _ securityModule: Known<SecurityModule>
    ) {
        seccomp = SeccompFilters(library, isBigEndian: architecture == .s390)
        cgroups = CgroupSets(library)
        self.securityModule = securityModule
        users = ObjectUsers(processes)
    }
}
