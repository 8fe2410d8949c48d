import CheckpointTestSupport
import EvidenceText
import Testing

@testable import CheckpointModel

/// The files of CRI-O, of containerd for Kubernetes, and of pods, as their sources write them.
@Suite("Containers of Kubernetes")
struct KubernetesTests {
    private static let crioConfig = """
        {"id": "f00d", "name": "k8s_web_shop_prod_uid-1_0", "rootfsImage": "quay.io/shop/web:1",
         "rootfsImageRef": "sha256:beef", "rootfsImageName": "quay.io/shop/web@sha256:cafe", "runtime": "runc",
         "createdTime": "2026-01-02T03:04:05.6Z", "checkpointedTime": "2026-01-02T04:00:00Z",
         "restoredTime": "0001-01-01T00:00:00Z", "restored": false}
        """

    private static let crioSpec = #"""
        {"hostname": "web-0", "process": {"args": ["/web"], "env": ["TOKEN=x"], "cwd": "/srv",
         "user": {"uid": 1000, "gid": 2000, "additionalGids": [2000, 3000]}, "noNewPrivileges": true,
         "selinuxLabel": "system_u:system_r:container_t:s0:c1,c2", "oomScoreAdj": 999},
         "mounts": [{"destination": "/data", "source": "/var/lib/kubelet/pods/p/volumes/data", "type": "bind",
           "options": ["rw", "rbind"]}, {"destination": "/etc/hosts", "source": "/x/hosts", "type": "bind"}],
         "linux": {"resources": {"memory": {"limit": 268435456, "swap": 268435456}, "cpu": {"shares": 512,
           "quota": 50000, "period": 100000, "cpus": "0-1"}, "pids": {"limit": -1}},
           "namespaces": [{"type": "pid"}, {"type": "network", "path": "/var/run/netns/n"}, {"type": "ipc"},
             {"type": "uts"}, {"type": "mount"}], "seccomp": {"defaultAction": "SCMP_ACT_ERRNO"},
           "maskedPaths": ["/proc/kcore"], "mountLabel": "system_u:object_r:container_file_t:s0:c1,c2"},
         "annotations": {"io.container.manager": "cri-o", "io.kubernetes.cri-o.SandboxID": "5a4d",
           "io.kubernetes.cri-o.Metadata": "{\"name\": \"web\", \"attempt\": 2}",
           "io.kubernetes.cri-o.Labels": "{\"app\": \"shop\", \"a\": \"1\"}",
           "io.kubernetes.cri-o.Annotations": "{\"io.kubernetes.container.restartCount\": \"3\"}",
           "io.kubernetes.cri-o.IP.0": "10.1.2.3", "io.kubernetes.cri-o.IP.1": "fd00::3",
           "io.kubernetes.cri-o.LogPath": "/var/log/pods/web/0.log", "io.kubernetes.cri-o.Created": "2026-01-02T03:04:05Z",
           "io.kubernetes.pod.name": "web-0", "io.kubernetes.pod.namespace": "prod", "io.kubernetes.pod.uid": "uid-1"}}
        """#

    private static let bindMounts = """
        [{"source": "/var/lib/kubelet/pods/p/volumes/data", "destination": "/data", "file_type": "directory",
          "permissions": 493},
         {"source": "/gone", "destination": "/gone", "file_type": "file", "permissions": 420}]
        """

    private static let crio = ["config.dump": crioConfig, "spec.dump": crioSpec, "bind.mounts": bindMounts]

    @Test("Identity by CRI-O")
    func crioIdentity() throws {
        let container = try Containers.container(Self.crio)
        #expect(container.engine == .value(.crio))
        #expect(container.id == .value("f00d"))
        #expect(container.name == .value("web"))
        #expect(container.fullName == .value("k8s_web_shop_prod_uid-1_0"))
        #expect(container.image.requested == .value("quay.io/shop/web:1"))
        #expect(container.image.name == .value("quay.io/shop/web@sha256:cafe"))
        #expect(container.image.id == .value("sha256:beef"))
        #expect(container.times.created == .value(.text("2026-01-02T03:04:05.6Z")))
        #expect(container.times.checkpointed == .value(.text("2026-01-02T04:00:00Z")))
        #expect(container.times.restored.absence?.reason == .notRecorded)
        #expect(container.lifecycle.isRestored == .value(false))
        let pod = try #require(container.pod.value)
        #expect(pod.name == .value("web-0") && pod.namespace == .value("prod"))
        #expect(pod.uid == .value("uid-1") && pod.id == .value("5a4d"))
    }

    @Test("The rest by CRI-O")
    func crioRest() throws {
        let container = try Containers.container(Self.crio)
        #expect(container.networks.value?.first?.addresses.map(\.address) == ["10.1.2.3", "fd00::3"])
        #expect(container.networks.value?.first?.name.absence?.reason == .notRecorded)
        #expect(container.labels.value?.map(\.key) == ["a", "app"])
        #expect(container.lifecycle.restartCount == .value(3))
        #expect(container.process.user.additionalGroups == .value([2000, 3000]))
        #expect(container.security.hasNoNewPrivileges == .value(true))
        #expect(container.security.selinuxLabel == .value("system_u:system_r:container_t:s0:c1,c2"))
        #expect(container.security.mountLabel == .value("system_u:object_r:container_file_t:s0:c1,c2"))
        let resources = container.resources
        #expect(resources.memoryLimit == .value(268_435_456) && resources.pidsLimit == .value(-1))
        #expect(resources.cpuShares == .value(512) && resources.cpuQuota == .value(50000))
        #expect(resources.cpuPeriod == .value(100_000) && resources.cpus == .value("0-1"))
        #expect(resources.oomScoreAdjustment == .value(999))
        #expect(container.exposures == [])
        #expect(container.paths.log == .value("/var/log/pods/web/0.log"))
    }

    @Test("File types and permissions of bind mounts, with those that the specification lacks")
    func binds() throws {
        let mounts = try #require(try Containers.container(Self.crio).mounts.value)
        #expect(mounts.map(\.destination) == [.value("/data"), .value("/etc/hosts"), .value("/gone")])
        #expect(mounts[0].fileType == .value("directory") && mounts[0].permissions == .value(0o755))
        #expect(mounts[1].fileType.absence?.reason == .notRecorded)
        #expect(mounts[2].fileType == .value("file") && mounts[2].origin == Origin("bind.mounts"))
    }

    @Test("CRI-O's name within the pod, not JSON")
    func crioMetadata() {
        let spec = Self.crioSpec.replacing(#"{\"name\": \"web\", \"attempt\": 2}"#, with: "web")
        let checkpoint = Containers.checkpoint(["config.dump": Self.crioConfig, "spec.dump": spec])
        #expect(checkpoint.container.value?.engine == .value(.crio))
        #expect(checkpoint.container.value?.name == .value("k8s_web_shop_prod_uid-1_0"))
        #expect(checkpoint.metadataProblems.count == 1)
        #expect(checkpoint.metadataProblems.first?.image == "spec.dump")
        #expect(checkpoint.metadataProblems.first?.detail.contains("io.kubernetes.cri-o.Metadata") == true)
    }

    private static let containerdSpec = """
        {"annotations": {"io.kubernetes.cri.container-name": "db", "io.kubernetes.cri.sandbox-name": "db-0",
          "io.kubernetes.cri.sandbox-namespace": "prod", "io.kubernetes.cri.sandbox-id": "77aa",
          "io.kubernetes.cri.sandbox-uid": "uid-2", "io.kubernetes.cri.image-name": "docker.io/library/pg:16"}}
        """

    private static let containerd = [
        "config.dump": """
        {"id": "c0de", "name": "", "rootfsImageName": "docker.io/library/pg:16", "rootfsImageRef": "pg@sha256:1",
         "runtime": "io.containerd.runc.v2", "createdTime": "2026-01-02T03:04:05Z",
         "checkpointedTime": "2026-01-02T04:00:00Z"}
        """,
        "spec.dump": containerdSpec,
        "status": """
        {"Version": "v1", "Pid": 4321, "CreatedAt": 1767323045000000001, "StartedAt": 1767323046000000002,
         "FinishedAt": 0, "ExitCode": 0, "Reason": "", "Message": ""}
        """,
        "status.dump": """
        {"id": "c0de", "metadata": {"name": "db", "attempt": 1}, "state": 1, "created_at": 1767323045000000001,
         "labels": {"io.kubernetes.pod.uid": "uid-2"}, "annotations": {"io.kubernetes.container.restartCount": "1"},
         "image": {"image": "docker.io/library/pg:16"}, "image_ref": "pg@sha256:1", "log_path": "/var/log/pods/db/0.log"}
        """,
    ]

    @Test("Identity and times by containerd")
    func containerd() throws {
        let container = try Containers.container(Self.containerd)
        #expect(container.engine == .value(.containerd))
        #expect(container.name == .value("db") && container.id == .value("c0de"))
        #expect(container.runtime == .value("io.containerd.runc.v2"))
        #expect(container.times.created == .value(.text("2026-01-02T03:04:05Z")))
        // A double would make ...002 into ...000.
        #expect(container.times.started == .value(.nanoseconds(1_767_323_046_000_000_002)))
        #expect(container.times.finished.absence?.reason == .notRecorded)
        #expect(container.lifecycle.hostPID == .value(4321) && container.lifecycle.state == .value("running"))
        #expect(container.lifecycle.restartCount == .value(1))
        #expect(container.pod.value?.id == .value("77aa") && container.pod.value?.uid == .value("uid-2"))
        #expect(container.image.requested == .value("docker.io/library/pg:16"))
        #expect(container.paths.log == .value("/var/log/pods/db/0.log"))
        #expect(container.files == ["config.dump", "spec.dump", "status", "status.dump"])
    }

    @Test("containerd's own status alone names it")
    func containerdStatus() throws {
        let container = try Containers.container(["status": Self.containerd["status"] ?? ""])
        #expect(container.engine == .value(.containerd))
    }

    @Test("A pod's own files")
    func pod() throws {
        let container = try Containers.container([
            "pod.options": """
            {"version": 1, "containers": {"a": "web"}, "annotations": {"org.criu.checkpoint.engine.name": "cri-o",
             "org.criu.checkpoint.pod.name": "p"}}
            """,
            "pod.dump": #"{"metadata": {"name": "p", "uid": "u", "namespace": "n"}, "hostname": "h"}"#,
        ])
        #expect(container.engine == .value(.crio))
        #expect(container.engineEvidence == .value("org.criu.checkpoint.engine.name in pod.options is cri-o"))
        #expect(container.pod.value?.name == .value("p") && container.pod.value?.uid == .value("u"))
        #expect(container.pod.value?.namespace == .value("n") && container.hostname == .value("h"))
    }

    @Test("An OCI image by checkpointctl, which writes empty strings for what it does not know")
    func checkpointctl() throws {
        let container = try Containers.container([
            "oci-manifest.json": """
            {"schemaVersion": 2, "layers": [{"mediaType": "application/vnd.oci.image.layer.v1.tar+gzip"}],
             "annotations": {"org.criu.checkpoint.engine.name": "Podman", "org.criu.checkpoint.container.name": "web",
              "org.criu.checkpoint.pod.name": "", "org.criu.checkpoint.rootfsImageName": "bbox:latest",
              "org.criu.checkpoint.rootfsImageID": "", "org.criu.checkpoint.runtime.name": "runc"}}
            """
        ])
        #expect(container.engine == .value(.podman) && container.name == .value("web"))
        #expect(container.image.name == .value("bbox:latest") && container.image.id.absence != nil)
        #expect(container.runtime == .value("runc") && container.pod.absence?.reason == .notApplicable)
        #expect(container.makerNotes.value?.count == 6)
    }

    @Test("An OCI index by containerd")
    func containerdIndex() throws {
        let container = try Containers.container([
            "oci-manifest.json": """
            {"schemaVersion": 2, "manifests": [
             {"mediaType": "application/vnd.containerd.container.criu.checkpoint.criu.tar", "digest": "sha256:1"},
             {"mediaType": "application/vnd.oci.image.manifest.v1+json", "digest": "sha256:2",
              "annotations": {"org.opencontainers.image.ref.name": "docker.io/library/pg:16"}}],
             "annotations": {"io.containerd.checkpoint.runtime": "io.containerd.runc.v2"}}
            """
        ])
        #expect(container.engine == .value(.containerd))
        #expect(container.image.name == .value("docker.io/library/pg:16") && container.image.id == .value("sha256:2"))
        #expect(container.runtime == .value("io.containerd.runc.v2"))
    }
}
