/// Rules about the process tree and the images of processes.
extension VerificationRule {
    static let noTree = VerificationRule(
        "pstree/missing", .error, "There are images of processes, but no process tree.",
        "CRIU writes pstree.img when all processes have been dumped: the dump failed, or the file was removed or not "
            + "copied. Reports tell of the processes by their other images, without parents, groups and sessions.")
    static let lostProcesses = VerificationRule(
        "pstree/lost-processes", .error, "There are processes that a damaged process tree does not tell of.",
        "Entries of pstree.img cannot be read. Reports tell of the processes by their other images, without parents, "
            + "groups and sessions.")
    static let lostThread = VerificationRule(
        "pstree/lost-thread", .error, "There is a thread that no report tells of.",
        "Without a whole process tree, a thread is looked for in the memories of processes, where C libraries keep its "
            + "number. This one is in none or in several, or in that of a process that the tree lists without it.")
    static let duplicateProcess = VerificationRule(
        "pstree/duplicate-process", .error, "Two processes of the tree have one id.",
        "The kernel gives an id to one process at a time. An entry was added or changed.")
    static let noParentProcess = VerificationRule(
        "pstree/no-parent", .error, "The parent of a process is not in the tree.",
        "CRIU dumps whole trees: only the root has no parent, and its parent's id is 0. An entry was removed or changed."
    )
    static let secondRoot = VerificationRule(
        "pstree/second-root", .error, "The tree has more than one root.",
        "CRIU dumps one tree, and refuses to restore two. An entry was added or its parent's id was changed.")
    static let ownAncestor = VerificationRule(
        "pstree/own-ancestor", .error, "A process is its own ancestor.",
        "Parents form a circle, which no kernel makes. Ids of parents were changed.")
    static let childFirst = VerificationRule(
        "pstree/child-first", .warning, "A process stands before its parent.",
        "CRIU writes parents first, and cannot restore a tree in another order. Entries were moved or changed.")
    static let duplicateThread = VerificationRule(
        "pstree/duplicate-thread", .error, "A process has a thread twice, or two processes have one thread.",
        "The kernel gives an id to one thread at a time. The list of threads was changed.")
    static let leaderNotListed = VerificationRule(
        "pstree/no-leader-thread", .error, "The threads of a process do not begin with its leader.",
        "CRIU writes the leader first, whose id is that of the process.")
    static let noGroupLeader = VerificationRule(
        "pstree/no-group-leader", .note, "The leader of a process group is not in the tree.",
        "It had ended before the dump, or it is outside of the dump, as is the shell that a job was started from.")
    static let noSessionLeader = VerificationRule(
        "pstree/no-session-leader", .note, "The leader of a session is not in the tree.",
        "It had ended before the dump, or it is outside of the dump, as is the shell that a job was started from.")
    static let groupInTwoSessions = VerificationRule(
        "pstree/group-in-two-sessions", .error, "Processes of one group are in different sessions.",
        "The kernel keeps each group within one session. Ids of groups or sessions were changed.")
    static let sessionLeaderElsewhere = VerificationRule(
        "pstree/session-leader-in-other-group", .error, "The leader of a session is not the leader of its own group.",
        "The kernel makes a session's leader a group's leader, and never lets it change its group.")
    static let noCore = VerificationRule(
        "pstree/no-core", .error, "A thread of the tree has no core image.",
        "State, registers, signals and credentials of the thread are missing.")
    static let noMemory = VerificationRule(
        "pstree/no-mm", .error, "A process of the tree has no image of its memory areas.",
        "Only processes that have ended have none.")
    static let noPageMap = VerificationRule(
        "pstree/no-pagemap", .error, "A process of the tree has no page map.",
        "The contents of its memory cannot be found.")
    static let noDirectories = VerificationRule(
        "pstree/no-fs", .error, "A process of the tree has no image of its directories.",
        "Working directory, root directory and umask are missing.")
    static let noIDs = VerificationRule(
        "pstree/no-ids", .error, "A process of the tree has no image that names its descriptor table and namespaces.",
        "What it had open, and the namespaces that it was in, cannot be found.")
    static let noDescriptors = VerificationRule(
        "pstree/no-fdinfo", .error, "The descriptor table of a process is not there.",
        "What the process had open is missing.")
    static let noProcess = VerificationRule(
        "pstree/no-process", .warning,
        "An image belongs to a process, thread or descriptor table that is not in the tree.",
        "The entry of the process was removed, or the image is left of another dump into the same folder.")

    static let treeRules: [VerificationRule] = [
        noTree, lostProcesses, lostThread, duplicateProcess, noParentProcess, secondRoot, ownAncestor, childFirst,
        duplicateThread, leaderNotListed, noGroupLeader, noSessionLeader, groupInTwoSessions, sessionLeaderElsewhere,
        noCore, noMemory, noPageMap, noDirectories, noIDs, noDescriptors, noProcess,
    ]
}
