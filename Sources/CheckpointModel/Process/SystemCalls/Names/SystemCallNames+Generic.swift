extension SystemCallTable {
    /// Those that aarch64, riscv64 and loongarch64 have in common; 258 and 259 are of riscv64.
    static let genericNames = """
        0 io_setup io_destroy io_submit io_cancel io_getevents setxattr lsetxattr fsetxattr getxattr lgetxattr
        10 fgetxattr listxattr llistxattr flistxattr removexattr lremovexattr fremovexattr getcwd lookup_dcookie
        19 eventfd2 epoll_create1 epoll_ctl epoll_pwait dup dup3 fcntl inotify_init1 inotify_add_watch
        28 inotify_rm_watch ioctl ioprio_set ioprio_get flock mknodat mkdirat unlinkat symlinkat linkat renameat
        39 umount2 mount pivot_root nfsservctl statfs fstatfs truncate ftruncate fallocate faccessat chdir
        50 fchdir chroot fchmod fchmodat fchownat fchown openat close vhangup pipe2 quotactl getdents64 lseek
        63 read write readv writev pread64 pwrite64 preadv pwritev sendfile pselect6 ppoll signalfd4 vmsplice
        76 splice tee readlinkat newfstatat fstat sync fsync fdatasync sync_file_range timerfd_create
        86 timerfd_settime timerfd_gettime utimensat acct capget capset personality exit exit_group waitid
        96 set_tid_address unshare futex set_robust_list get_robust_list nanosleep getitimer setitimer
        104 kexec_load init_module delete_module timer_create timer_gettime timer_getoverrun timer_settime
        111 timer_delete clock_settime clock_gettime clock_getres clock_nanosleep syslog ptrace sched_setparam
        119 sched_setscheduler sched_getscheduler sched_getparam sched_setaffinity sched_getaffinity sched_yield
        125 sched_get_priority_max sched_get_priority_min sched_rr_get_interval restart_syscall kill tkill
        131 tgkill sigaltstack rt_sigsuspend rt_sigaction rt_sigprocmask rt_sigpending rt_sigtimedwait
        138 rt_sigqueueinfo rt_sigreturn setpriority getpriority reboot setregid setgid setreuid setuid
        147 setresuid getresuid setresgid getresgid setfsuid setfsgid times setpgid getpgid getsid setsid
        158 getgroups setgroups uname sethostname setdomainname getrlimit setrlimit getrusage umask prctl getcpu
        169 gettimeofday settimeofday adjtimex getpid getppid getuid geteuid getgid getegid gettid sysinfo
        180 mq_open mq_unlink mq_timedsend mq_timedreceive mq_notify mq_getsetattr msgget msgctl msgrcv msgsnd
        190 semget semctl semtimedop semop shmget shmctl shmat shmdt socket socketpair bind listen accept
        203 connect getsockname getpeername sendto recvfrom setsockopt getsockopt shutdown sendmsg recvmsg
        213 readahead brk munmap mremap add_key request_key keyctl clone execve mmap fadvise64 swapon swapoff
        226 mprotect msync mlock munlock mlockall munlockall mincore madvise remap_file_pages mbind
        236 get_mempolicy set_mempolicy migrate_pages move_pages rt_tgsigqueueinfo perf_event_open accept4
        243 recvmmsg
        258 riscv_hwprobe riscv_flush_icache wait4 prlimit64 fanotify_init fanotify_mark name_to_handle_at
        265 open_by_handle_at clock_adjtime syncfs setns sendmmsg process_vm_readv process_vm_writev kcmp
        273 finit_module sched_setattr sched_getattr renameat2 seccomp getrandom memfd_create bpf execveat
        282 userfaultfd membarrier mlock2 copy_file_range preadv2 pwritev2 pkey_mprotect pkey_alloc pkey_free
        291 statx io_pgetevents rseq kexec_file_load
        424 pidfd_send_signal io_uring_setup io_uring_enter io_uring_register open_tree move_mount fsopen
        431 fsconfig fsmount fspick pidfd_open clone3 close_range openat2 pidfd_getfd faccessat2 process_madvise
        441 epoll_pwait2 mount_setattr quotactl_fd landlock_create_ruleset landlock_add_rule
        446 landlock_restrict_self memfd_secret process_mrelease futex_waitv set_mempolicy_home_node cachestat
        452 fchmodat2 map_shadow_stack futex_wake futex_wait futex_requeue statmount listmount lsm_get_self_attr
        460 lsm_set_self_attr lsm_list_modules mseal setxattrat getxattrat listxattrat removexattrat
        467 open_tree_attr file_getattr file_setattr listns rseq_slice_yield
        """
}
