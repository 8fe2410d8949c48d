extension SystemCallTable {
    /// Those of x86-64; from 512 on those that only x32 has.
    static let x86_64Names = """
        0 read write open close stat fstat lstat poll lseek mmap mprotect munmap brk rt_sigaction rt_sigprocmask
        15 rt_sigreturn ioctl pread64 pwrite64 readv writev access pipe select sched_yield mremap msync mincore
        28 madvise shmget shmat shmctl dup dup2 pause nanosleep getitimer alarm setitimer getpid sendfile socket
        42 connect accept sendto recvfrom sendmsg recvmsg shutdown bind listen getsockname getpeername
        53 socketpair setsockopt getsockopt clone fork vfork execve exit wait4 kill uname semget semop semctl
        67 shmdt msgget msgsnd msgrcv msgctl fcntl flock fsync fdatasync truncate ftruncate getdents getcwd
        80 chdir fchdir rename mkdir rmdir creat link unlink symlink readlink chmod fchmod chown fchown lchown
        95 umask gettimeofday getrlimit getrusage sysinfo times ptrace getuid syslog getgid setuid setgid
        107 geteuid getegid setpgid getppid getpgrp setsid setreuid setregid getgroups setgroups setresuid
        118 getresuid setresgid getresgid getpgid setfsuid setfsgid getsid capget capset rt_sigpending
        128 rt_sigtimedwait rt_sigqueueinfo rt_sigsuspend sigaltstack utime mknod uselib personality ustat
        137 statfs fstatfs sysfs getpriority setpriority sched_setparam sched_getparam sched_setscheduler
        145 sched_getscheduler sched_get_priority_max sched_get_priority_min sched_rr_get_interval mlock munlock
        151 mlockall munlockall vhangup modify_ldt pivot_root _sysctl prctl arch_prctl adjtimex setrlimit chroot
        162 sync acct settimeofday mount umount2 swapon swapoff reboot sethostname setdomainname iopl ioperm
        174 create_module init_module delete_module get_kernel_syms query_module quotactl nfsservctl getpmsg
        182 putpmsg afs_syscall tuxcall security gettid readahead setxattr lsetxattr fsetxattr getxattr
        192 lgetxattr fgetxattr listxattr llistxattr flistxattr removexattr lremovexattr fremovexattr tkill time
        202 futex sched_setaffinity sched_getaffinity set_thread_area io_setup io_destroy io_getevents io_submit
        210 io_cancel get_thread_area lookup_dcookie epoll_create epoll_ctl_old epoll_wait_old remap_file_pages
        217 getdents64 set_tid_address restart_syscall semtimedop fadvise64 timer_create timer_settime
        224 timer_gettime timer_getoverrun timer_delete clock_settime clock_gettime clock_getres clock_nanosleep
        231 exit_group epoll_wait epoll_ctl tgkill utimes vserver mbind set_mempolicy get_mempolicy mq_open
        241 mq_unlink mq_timedsend mq_timedreceive mq_notify mq_getsetattr kexec_load waitid add_key request_key
        250 keyctl ioprio_set ioprio_get inotify_init inotify_add_watch inotify_rm_watch migrate_pages openat
        258 mkdirat mknodat fchownat futimesat newfstatat unlinkat renameat linkat symlinkat readlinkat fchmodat
        269 faccessat pselect6 ppoll unshare set_robust_list get_robust_list splice tee sync_file_range vmsplice
        279 move_pages utimensat epoll_pwait signalfd timerfd_create eventfd fallocate timerfd_settime
        287 timerfd_gettime accept4 signalfd4 eventfd2 epoll_create1 dup3 pipe2 inotify_init1 preadv pwritev
        297 rt_tgsigqueueinfo perf_event_open recvmmsg fanotify_init fanotify_mark prlimit64 name_to_handle_at
        304 open_by_handle_at clock_adjtime syncfs sendmmsg setns getcpu process_vm_readv process_vm_writev kcmp
        313 finit_module sched_setattr sched_getattr renameat2 seccomp getrandom memfd_create kexec_file_load
        321 bpf execveat userfaultfd membarrier mlock2 copy_file_range preadv2 pwritev2 pkey_mprotect pkey_alloc
        331 pkey_free statx io_pgetevents rseq uretprobe uprobe
        424 pidfd_send_signal io_uring_setup io_uring_enter io_uring_register open_tree move_mount fsopen
        431 fsconfig fsmount fspick pidfd_open clone3 close_range openat2 pidfd_getfd faccessat2 process_madvise
        441 epoll_pwait2 mount_setattr quotactl_fd landlock_create_ruleset landlock_add_rule
        446 landlock_restrict_self memfd_secret process_mrelease futex_waitv set_mempolicy_home_node cachestat
        452 fchmodat2 map_shadow_stack futex_wake futex_wait futex_requeue statmount listmount lsm_get_self_attr
        460 lsm_set_self_attr lsm_list_modules mseal setxattrat getxattrat listxattrat removexattrat
        467 open_tree_attr file_getattr file_setattr listns rseq_slice_yield
        512 rt_sigaction rt_sigreturn ioctl readv writev recvfrom sendmsg recvmsg execve ptrace rt_sigpending
        523 rt_sigtimedwait rt_sigqueueinfo sigaltstack timer_create mq_notify kexec_load waitid set_robust_list
        531 get_robust_list vmsplice move_pages preadv pwritev rt_tgsigqueueinfo recvmmsg sendmmsg
        539 process_vm_readv process_vm_writev setsockopt getsockopt io_setup io_submit execveat preadv2
        547 pwritev2
        """

    /// Those of 32-bit x86.
    static let i386Names = """
        0 restart_syscall exit fork read write open close waitpid creat link unlink execve chdir time mknod
        15 chmod lchown break oldstat lseek getpid mount umount setuid getuid stime ptrace alarm oldfstat pause
        30 utime stty gtty access nice ftime sync kill rename mkdir rmdir dup pipe times prof brk setgid getgid
        48 signal geteuid getegid acct umount2 lock ioctl fcntl mpx setpgid ulimit oldolduname umask chroot
        62 ustat dup2 getppid getpgrp setsid sigaction sgetmask ssetmask setreuid setregid sigsuspend sigpending
        74 sethostname setrlimit getrlimit getrusage gettimeofday settimeofday getgroups setgroups select
        83 symlink oldlstat readlink uselib swapon reboot readdir mmap munmap truncate ftruncate fchmod fchown
        96 getpriority setpriority profil statfs fstatfs ioperm socketcall syslog setitimer getitimer stat lstat
        108 fstat olduname iopl vhangup idle vm86old wait4 swapoff sysinfo ipc fsync sigreturn clone
        121 setdomainname uname modify_ldt adjtimex mprotect sigprocmask create_module init_module delete_module
        130 get_kernel_syms quotactl getpgid fchdir bdflush sysfs personality afs_syscall setfsuid setfsgid
        140 _llseek getdents _newselect flock msync readv writev getsid fdatasync _sysctl mlock munlock mlockall
        153 munlockall sched_setparam sched_getparam sched_setscheduler sched_getscheduler sched_yield
        159 sched_get_priority_max sched_get_priority_min sched_rr_get_interval nanosleep mremap setresuid
        165 getresuid vm86 query_module poll nfsservctl setresgid getresgid prctl rt_sigreturn rt_sigaction
        175 rt_sigprocmask rt_sigpending rt_sigtimedwait rt_sigqueueinfo rt_sigsuspend pread64 pwrite64 chown
        183 getcwd capget capset sigaltstack sendfile getpmsg putpmsg vfork ugetrlimit mmap2 truncate64
        194 ftruncate64 stat64 lstat64 fstat64 lchown32 getuid32 getgid32 geteuid32 getegid32 setreuid32
        204 setregid32 getgroups32 setgroups32 fchown32 setresuid32 getresuid32 setresgid32 getresgid32 chown32
        213 setuid32 setgid32 setfsuid32 setfsgid32 pivot_root mincore madvise getdents64 fcntl64
        224 gettid readahead setxattr lsetxattr fsetxattr getxattr lgetxattr fgetxattr listxattr llistxattr
        234 flistxattr removexattr lremovexattr fremovexattr tkill sendfile64 futex sched_setaffinity
        242 sched_getaffinity set_thread_area get_thread_area io_setup io_destroy io_getevents io_submit
        249 io_cancel fadvise64
        252 exit_group lookup_dcookie epoll_create epoll_ctl epoll_wait remap_file_pages set_tid_address
        259 timer_create timer_settime timer_gettime timer_getoverrun timer_delete clock_settime clock_gettime
        266 clock_getres clock_nanosleep statfs64 fstatfs64 tgkill utimes fadvise64_64 vserver mbind
        275 get_mempolicy set_mempolicy mq_open mq_unlink mq_timedsend mq_timedreceive mq_notify mq_getsetattr
        283 kexec_load waitid
        286 add_key request_key keyctl ioprio_set ioprio_get inotify_init inotify_add_watch inotify_rm_watch
        294 migrate_pages openat mkdirat mknodat fchownat futimesat fstatat64 unlinkat renameat linkat symlinkat
        305 readlinkat fchmodat faccessat pselect6 ppoll unshare set_robust_list get_robust_list splice
        314 sync_file_range tee vmsplice move_pages getcpu epoll_pwait utimensat signalfd timerfd_create eventfd
        324 fallocate timerfd_settime timerfd_gettime signalfd4 eventfd2 epoll_create1 dup3 pipe2 inotify_init1
        333 preadv pwritev rt_tgsigqueueinfo perf_event_open recvmmsg fanotify_init fanotify_mark prlimit64
        341 name_to_handle_at open_by_handle_at clock_adjtime syncfs sendmmsg setns process_vm_readv
        348 process_vm_writev kcmp finit_module sched_setattr sched_getattr renameat2 seccomp getrandom
        356 memfd_create bpf execveat socket socketpair bind connect listen accept4 getsockopt setsockopt
        367 getsockname getpeername sendto sendmsg recvfrom recvmsg shutdown userfaultfd membarrier mlock2
        377 copy_file_range preadv2 pwritev2 pkey_mprotect pkey_alloc pkey_free statx arch_prctl io_pgetevents
        386 rseq
        393 semget semctl shmget shmctl shmat shmdt msgget msgsnd msgrcv msgctl clock_gettime64 clock_settime64
        405 clock_adjtime64 clock_getres_time64 clock_nanosleep_time64 timer_gettime64 timer_settime64
        410 timerfd_gettime64 timerfd_settime64 utimensat_time64 pselect6_time64 ppoll_time64
        416 io_pgetevents_time64 recvmmsg_time64 mq_timedsend_time64 mq_timedreceive_time64 semtimedop_time64
        421 rt_sigtimedwait_time64 futex_time64 sched_rr_get_interval_time64 pidfd_send_signal io_uring_setup
        426 io_uring_enter io_uring_register open_tree move_mount fsopen fsconfig fsmount fspick pidfd_open
        435 clone3 close_range openat2 pidfd_getfd faccessat2 process_madvise epoll_pwait2 mount_setattr
        443 quotactl_fd landlock_create_ruleset landlock_add_rule landlock_restrict_self memfd_secret
        448 process_mrelease futex_waitv set_mempolicy_home_node cachestat fchmodat2 map_shadow_stack futex_wake
        455 futex_wait futex_requeue statmount listmount lsm_get_self_attr lsm_set_self_attr lsm_list_modules
        462 mseal setxattrat getxattrat listxattrat removexattrat open_tree_attr file_getattr file_setattr
        470 listns rseq_slice_yield
        """
}
