/// Rules about ids that lead from one image to another: files, descriptors and what they stand for.
extension VerificationRule {
    static let noFile = VerificationRule(
        "fdinfo/no-file", .error, "A descriptor stands for a file that the images do not list.",
        "The entry of the file was removed, or an id or type was changed. What the process had open there is not known."
    )
    static let duplicateDescriptor = VerificationRule(
        "fdinfo/duplicate-descriptor", .error, "A descriptor table has a number twice.",
        "The kernel has one file for each number. An entry was added or changed.")
    static let noDirectory = VerificationRule(
        "fs/no-file", .error, "The working or root directory of a process is a file that the images do not list.",
        "The entry of the directory was removed, or its id was changed.")
    static let duplicateFile = VerificationRule(
        "files/duplicate-id", .error, "Two files of one type have one id.",
        "Ids are unique. An entry was added or changed; the first one counts here, and which one CRIU takes is not certain."
    )
    static let noPathFile = VerificationRule(
        "files/no-path", .error, "A terminal or named pipe has its path from a file that the images do not list.",
        "The entry of the file was removed, or its id was changed.")
    static let unusedFile = VerificationRule(
        "files/unused", .warning, "The images list a file that nothing leads to.",
        "CRIU lists what a process has open, maps, runs or stands in, and what these need. The process, descriptor or area "
            + "that had it was removed or changed.")
    static let noMount = VerificationRule(
        "files/no-mount", .error, "A file is on a mount that the images of mounts do not list.",
        "The mount was removed, or an id was changed.")
    static let noMemfd = VerificationRule(
        "memfd/no-inode", .error, "A memfd has no entry of what it is.",
        "The entry in memfd.img was removed, or an id was changed. Name, size and content of the memfd are not known.")
    static let noTerminal = VerificationRule(
        "tty/no-info", .error, "A terminal has no entry of what it is.",
        "The entry in tty-info.img was removed, or an id was changed.")
    static let noEpollTarget = VerificationRule(
        "epoll/no-target", .warning,
        "An epoll instance watches a descriptor that no process has that has the instance.",
        "CRIU has to find the descriptor to restore the watch. The descriptor or the watch was removed or changed.")
    static let noLockOwner = VerificationRule(
        "locks/no-descriptor", .error, "A lock is held through a descriptor that its process does not have.",
        "The descriptor, the lock or the process was removed or changed.")
    static let pipeDataUnclaimed = VerificationRule(
        "pipes/unclaimed-data", .warning, "The images have data of a pipe that no file is an end of.",
        "The files of the pipe were removed or changed. Nothing tells who would have read the data.")

    static let fileRules: [VerificationRule] = [
        noFile, duplicateDescriptor, noDirectory, duplicateFile, noPathFile, unusedFile, noMount, noMemfd, noTerminal,
        noEpollTarget, noLockOwner, pipeDataUnclaimed,
    ]
}

/// Rules about deleted files.
extension VerificationRule {
    static let remapOfNothing = VerificationRule(
        "remap/no-file", .error, "A deleted file is said to be elsewhere, but the images do not list it.",
        "The entry of the file was removed, or its id was changed.")
    static let noRemapTarget = VerificationRule(
        "remap/no-target", .error, "The place that a deleted file is said to be in is not there.",
        "The image of its content, or the file that is another name of it, was removed, or an id was changed.")
    static let ghostUnclaimed = VerificationRule(
        "ghost/unclaimed", .warning, "The images have the content of a deleted file that no file leads to.",
        "The entry in remap-fpath.img was removed or changed, or the image is left of another dump.")

    static let remapRules: [VerificationRule] = [remapOfNothing, noRemapTarget, ghostUnclaimed]
}

/// Rules about sockets.
extension VerificationRule {
    static let noPeer = VerificationRule(
        "sockets/no-peer", .error, "A Unix socket is connected to one that the images do not list.",
        "CRIU dumps both ends, or notes one that is outside. The entry of the peer was removed, or an id was changed.")
    static let noStream = VerificationRule(
        "sockets/no-stream", .error, "A TCP connection has no image of its state and queues.",
        "What was sent and not yet received is missing.")
    static let streamUnclaimed = VerificationRule(
        "sockets/unclaimed-stream", .warning, "No socket leads to the image of a TCP connection.",
        "The entry of the socket was removed or changed, or the image is left of another dump.")
    static let noReceiver = VerificationRule(
        "sockets/no-receiver", .error, "A packet is queued at a socket that the images do not list.",
        "The entry of the socket was removed, or an id was changed. Nothing tells who would have read the packet.")
    static let noRights = VerificationRule(
        "sockets/no-passed-file", .error, "A queued packet passes a file that the images do not list.",
        "The entry of the file was removed, or an id was changed.")

    static let socketRules: [VerificationRule] = [noPeer, noStream, streamUnclaimed, noReceiver, noRights]
}
