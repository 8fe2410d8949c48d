internal import CRIUImages

extension Credentials {
    init(_ entry: CredsEntry, _ module: Known<SecurityModule>, _ origin: Origin) {
        self.init(
            user: Identity(real: entry.uid, effective: entry.euid, saved: entry.suid, fileSystem: entry.fsuid),
            group: Identity(real: entry.gid, effective: entry.egid, saved: entry.sgid, fileSystem: entry.fsgid),
            groups: entry.groups, inheritable: CapabilitySet(words: entry.capInh),
            permitted: CapabilitySet(words: entry.capPrm), effective: CapabilitySet(words: entry.capEff),
            bounding: CapabilitySet(words: entry.capBnd), ambient: CapabilitySet(words: entry.capAmb),
            secureBits: SecureBits(entry.secbits), hasNoNewPrivileges: entry.noNewPrivs ?? 0 != 0,
            securityModule: module,
            securityLabel: entry.lsmProfile.map { .value($0) }
                ?? .missing(Absence(.notRecorded, "\(origin.image) has no security label")),
            socketLabel: entry.lsmSockcreate.map { .value($0) }
                ?? .missing(Absence(.notRecorded, "\(origin.image) has no label for sockets")),
            securityData: entry.apparmorData ?? [], origin: origin)
    }
}
