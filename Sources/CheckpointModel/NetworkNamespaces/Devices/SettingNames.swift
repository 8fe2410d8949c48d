internal import CRIUImages
internal import EvidenceText

/// The names of settings that images have only by their place: those of CRIU 4.2, to which versions only append.
enum SettingNames {
    /// Below `net/ipv4/conf/NAME`.
    static let ipv4 = [
        "accept_local", "accept_redirects", "accept_source_route", "arp_accept", "arp_announce", "arp_filter",
        "arp_ignore", "arp_notify", "bootp_relay", "disable_policy", "disable_xfrm", "force_igmp_version", "forwarding",
        "igmpv2_unsolicited_report_interval", "igmpv3_unsolicited_report_interval", "log_martians", "medium_id",
        "promote_secondaries", "proxy_arp", "proxy_arp_pvlan", "route_localnet", "rp_filter", "secure_redirects",
        "send_redirects", "shared_media", "src_valid_mark", "tag", "ignore_routes_with_linkdown",
        "drop_gratuitous_arp", "drop_unicast_in_l2_multicast",
    ]

    /// Below `net/ipv6/conf/NAME`.
    static let ipv6 = [
        "accept_dad", "accept_ra", "accept_ra_defrtr", "accept_ra_from_local", "accept_ra_min_hop_limit",
        "accept_ra_mtu", "accept_ra_pinfo", "accept_ra_rt_info_max_plen", "accept_ra_rtr_pref", "accept_redirects",
        "accept_source_route", "autoconf", "dad_transmits", "disable_ipv6", "drop_unicast_in_l2_multicast",
        "drop_unsolicited_na", "force_mld_version", "force_tllao", "forwarding", "hop_limit",
        "ignore_routes_with_linkdown", "keep_addr_on_down", "max_addresses", "max_desync_factor",
        "mldv1_unsolicited_report_interval", "mldv2_unsolicited_report_interval", "mtu", "ndisc_notify",
        "optimistic_dad", "proxy_ndp", "regen_max_retry", "router_probe_interval", "router_solicitation_delay",
        "router_solicitation_interval", "router_solicitations", "stable_secret", "suppress_frag_ndisc",
        "temp_prefered_lft", "temp_valid_lft", "use_oif_addrs_only", "use_optimistic", "use_tempaddr",
    ]

    /// Below `net/unix`.
    static let unix = ["max_dgram_qlen"]

    /// Below `net/ipv4`.
    static let ipv4General = ["ping_group_range"]
}

extension KernelSetting {
    /// Settings by their places. Those that a newer CRIU has more are named by their number.
    static func list(
        _ path: ByteText, _ names: [String], _ entries: [SysctlEntry], _ origin: Origin
    ) -> [KernelSetting] {
        entries.enumerated().map { place, entry in
            let name = place < names.count ? names[place] : "[\(place)]"
            let text = entry.sarg ?? entry.iarg.map { ByteText(String($0)) }
            return KernelSetting(
                name: path.dot(name),
                value: text.map { .value($0) }
                    ?? .missing(Absence(.notRecorded, "the kernel did not have the setting")),
                origin: origin)
        }
    }

    /// IPv4 settings, in the form of new images or else of old ones, which have -1 for what the kernel did not have.
    static func device4(
        _ path: ByteText, _ entries: [SysctlEntry], old: [Int32], _ origin: Origin
    ) -> [KernelSetting] {
        if !entries.isEmpty || old.isEmpty { return list(path, SettingNames.ipv4, entries, origin) }
        return old.enumerated().map { place, number in
            let name = place < SettingNames.ipv4.count ? SettingNames.ipv4[place] : "[\(place)]"
            let absent = Absence(.notRecorded, "the kernel did not have the setting")
            return KernelSetting(
                name: path.dot(name), value: number == -1 ? .missing(absent) : .value(ByteText(String(number))),
                origin: origin)
        }
    }
}

extension ByteText {
    /// The name of a setting in a group of settings.
    func dot(_ name: ByteText) -> ByteText { ByteText(bytes + [UInt8(ascii: ".")] + name.bytes) }

    fileprivate func dot(_ name: String) -> ByteText { dot(ByteText(name)) }
}
