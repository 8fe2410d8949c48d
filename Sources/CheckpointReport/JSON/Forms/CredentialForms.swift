import CheckpointModel
import EvidenceText

extension Forms {
    /// Who a thread acts as.
    static let credentials = Form<Credentials>.object(
        "credentials", "Who a thread acts as and what it may do. Ids are those of its user namespace.",
        [
            .must("uid", identity, "The user ids.") { $0.user },
            .must("gid", identity, "The group ids.") { $0.group },
            .must("groups", .list(.integer), "The supplementary groups.") { $0.groups },
            .must("capabilities", capabilities, "The sets of capabilities.") { $0 },
            .must("securebits", .hexadecimal, "What restricts the rights of user id 0, as bits.") {
                $0.secureBits.rawValue
            },
            .must("securebits_names", .strings, "The names of these bits.") { $0.secureBits.names },
            .must("no_new_privs", .flag, "Whether programs run from here gain no privileges.") {
                $0.hasNoNewPrivileges
            },
            .known("security_module", .string, "The security module that the labels are of.") {
                $0.securityModule.map { $0.name ?? "module \($0.rawValue)" }
            },
            .known("label", .text, "The AppArmor profile or SELinux context.") { $0.securityLabel },
            .known("socket_label", .text, "The SELinux context of new sockets.") { $0.socketLabel },
            .optional("apparmor_data", .bytes, "Data of AppArmor, which CRIU does not write.") {
                $0.securityData.isEmpty ? nil : $0.securityData
            },
            .must("origin", .origin, "Where they were read.") { $0.origin },
        ])

    private static let identity = Form<Credentials.Identity>.object(
        "identity", "The four ids of a user or group.",
        [
            .must("real", .integer, "Who started the program.") { $0.real },
            .must("effective", .integer, "Who most checks go by.") { $0.effective },
            .must("saved", .integer, "Who the thread can become again.") { $0.saved },
            .must("fs", .integer, "Who checks of files go by.") { $0.fileSystem },
        ]
    ).asOne

    private static let capabilities = Form<Credentials>.object(
        "capabilities", "The sets of capabilities of a thread.",
        [
            .must("inheritable", capabilitySet, "Kept over execve, if the file allows.") { $0.inheritable },
            .must("permitted", capabilitySet, "May be used.") { $0.permitted },
            .must("effective", capabilitySet, "What checks go by.") { $0.effective },
            .must("bounding", capabilitySet, "Can be gained at all.") { $0.bounding },
            .must("ambient", capabilitySet, "Kept over execve of any program.") { $0.ambient },
        ])

    private static let capabilitySet = Form<CapabilitySet>.object(
        "capability_set", "A set of capabilities.",
        [
            .must("mask", .hexadecimal, "One bit for each.") { $0.mask },
            .must("names", .strings, "Their names; bits without a name as a number.") { $0.names },
        ]
    ).asOne

    /// How the calls of a thread are confined. The filters themselves stand once in the document.
    static let seccomp = Form<Seccomp>.object(
        "seccomp", "How the system calls of a thread are confined.",
        [
            .must("mode", .string, "disabled, strict, filter, or a number.") {
                $0.mode.name ?? "mode \($0.mode.rawValue)"
            },
            .must("filters", .list(.integer), "The filters by their number, the one installed first in front.") {
                $0.filters.map(\.index)
            },
            .must("as_leader", .flag, "Whether CRIU noted them for the leader only, all threads having the same.") {
                $0.isLeadersOwn
            },
        ])

    /// A seccomp filter.
    static let seccompFilter = Form<SeccompFilter>.object(
        "seccomp_filter", "A seccomp filter.",
        [
            .must("number", .integer, "Its number, by which threads name it.") { $0.index },
            .must("flags", .strings, "How it was installed. CRIU adds TSYNC if all threads have the same filters.") {
                $0.flagNames
            },
            .must("disassembly", .strings, "The program, one line for each instruction.") { $0.disassembly },
            .must("stray_bytes", .integer, "Bytes that make no whole instruction; 0 unless damaged.") {
                $0.strayBytes
            },
            .must("origin", .origin, "Where it was read.") { $0.origin },
        ])
}
