import CRIUImages
import Testing

@Suite("File names of images")
struct FileNameTests {
    @Test(
        "Names and kinds",
        arguments: [
            ("inventory.img", ImageKind.inventory), ("inventory", .inventory), ("core-1.img", .core),
            ("core-4294967295.img", .core), ("mm-12.img", .mm), ("pstree.img", .pstree), ("files.img", .files),
            ("fdinfo-2.img", .fdinfo), ("fifo.img", .fifo), ("fifo-data.img", .fifoData), ("pages-1.img", .pages),
            ("pagemap-4677.img", .pagemap), ("pagemap-shmem-3.img", .shmemPagemap), ("pages-shmem-3.img", .shmPagesOld),
            ("tcp-stream-4162c4.img", .tcpStream), ("tcp-stream-ABC.img", .tcpStream),
            ("ghost-file-1f.img", .ghostFile),
            ("signal-s-5.img", .signal), ("signal-p-5.img", .psignal), ("signalfd.img", .signalfd),
            ("stats-dump", .stats), ("stats-restore", .stats), ("irmap-cache", .irmapCache),
            ("binfmt-misc.img", .binfmtMisc), ("binfmt-misc-44.img", .binfmtMiscOld), ("tty.img", .ttyFiles),
            ("tty-info.img", .ttyInfo), ("route-10.img", .route), ("route6-10.img", .route6), ("rule-10.img", .rule),
            ("iptables-10.img", .iptables), ("ip6tables-10.img", .ip6tables), ("nftables-10.img", .nftables),
            ("netns-10.img", .netns), ("netns-ct-10.img", .netnfCt), ("netns-exp-10.img", .netnfExp),
            ("ipcns-var-11.img", .ipcVar), ("ipcns-shm-11.img", .ipcnsShm), ("mountpoints-12.img", .mnts),
            ("tmpfs-dev-146.tar.gz.img", .tmpfsDev), ("tmpfs-146.tar.gz.img", .tmpfsImg),
            ("descriptors.json", .descriptors), ("amdgpu-kfd-1.img", .amdgpuKfd),
            ("amdgpu-renderD-128.img", .amdgpuRender), ("amdgpu-dmabuf_3.img", .amdgpuDmabuf),
            ("amdgpu-pages-1-00a0.img", .amdgpuPages), ("amdgpu-drm-pages-1-2-00a0.img", .amdgpuDrmPages),
        ])
    func named(_ name: String, _ kind: ImageKind) {
        #expect(ImageKind(fileName: name) == kind)
    }

    @Test(
        "Names of nothing",
        arguments: [
            "", ".img", "core", "core-", "core-.img", "core--1.img", "core-1x.img", "core-x1.img", "xcore-1.img",
            "core-1.img.img", "core-1.imgx", "core-1 .img", "CORE-1.img", "stats", "stats-", "stats-{dump|restore}",
            "ghost-file-g.img", "ghost-file-.img", "fdinfo-a.img", "files-1.img", "dump.log", "parent", "core-½.img",
            "core-٣.img", "tcp-stream-Ａ.img", "tmpfs-dev-1.tar.img", "amdgpu-pages-1.img", "%u", "core-%u",
        ])
    func nameless(_ name: String) {
        #expect(ImageKind(fileName: name) == nil)
    }

    @Test("Every pattern stands for its own kind, or for the first one with the same names")
    func patterns() {
        for kind in ImageKind.allCases where kind != .stats {
            let name = kind.filePattern.replacing(/%[0-9l]*[udx]/, with: "12")
            let expected = kind == .pagesOld ? ImageKind.pages : kind
            #expect(ImageKind(fileName: name) == expected)
            #expect(ImageKind(fileName: name + ".img") == expected)
            #expect(ImageKind(fileName: name + "!") == nil)
        }
    }
}
