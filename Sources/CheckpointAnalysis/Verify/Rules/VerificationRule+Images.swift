/// Rules about single images: that they can be read to their end, and that their bytes are as CRIU writes them.
extension VerificationRule {
    static let unreadable = VerificationRule(
        "image/unreadable", .error, "An image cannot be read.",
        "The file is there, but reading it failed: no permission, an error of the disk, or an archive that is damaged.")
    static let tooShort = VerificationRule(
        "image/too-short", .error, "An image is too short to hold its magic words.",
        "The dump ended while it was being written, or the file was cut off. Nothing of it can be told.")
    static let unknownMagic = VerificationRule(
        "image/unknown-magic", .error, "A file that is named like an image begins with no magic word that is known.",
        "Its first bytes were overwritten, or a newer version of CRIU or a plugin wrote a kind of image that this version "
            + "does not know. What is in it is in no report.")
    static let unexpectedKind = VerificationRule(
        "image/unexpected-kind", .error, "An image is of another kind than its name says.",
        "The magic word and the name disagree: the file was renamed, or its first bytes were changed.")
    static let truncatedSize = VerificationRule(
        "image/truncated-size", .error, "An image ends inside the size word of an entry.",
        "The file was cut off, or bytes were added to it. The entries before that place are read.")
    static let sizeBeyondEnd = VerificationRule(
        "image/size-beyond-end", .error, "An entry claims more bytes than the image has left.",
        "The file was cut off, or the size word was changed. The entries before that place are read; where the next ones "
            + "would begin is not known.")
    static let malformedMessage = VerificationRule(
        "image/malformed-message", .error, "The bytes of an entry are not a message of its type.",
        "The bytes were changed. The entries before that place are read.")
    static let missingField = VerificationRule(
        "image/missing-field", .error, "An entry lacks a field without which it has no meaning.",
        "CRIU never leaves out such a field. The bytes were changed.")
    static let nestedTooDeeply = VerificationRule(
        "image/nested-too-deeply", .error, "Messages are nested more deeply than in any image of CRIU.",
        "Made to exhaust the stack of a reader. The entry is not read.")
    static let tooLarge = VerificationRule(
        "image/too-large", .error, "An entry would decode to far more memory than its bytes.",
        "Made to exhaust the memory of a reader. The entry is not read.")
    static let truncatedPayload = VerificationRule(
        "image/truncated-payload", .error, "The data that belongs to an entry is cut off.",
        "The bytes of a pipe, a queue, a segment or a deleted file are fewer than its entry says.")
    static let emptyImage = VerificationRule(
        "image/empty", .error, "An image has no entry, though CRIU writes at least one.",
        "The dump ended before the entry was written, or it was taken out.")
    static let surplusEntry = VerificationRule(
        "image/surplus-entry", .warning, "An image has more entries than the one that CRIU writes and reads.",
        "CRIU reads the first entry only. What stands behind it was added, and a reader that takes the last one would see "
            + "something else.")
    static let missingImage = VerificationRule(
        "image/missing", .error, "An image that others call for is not there.",
        "It was removed or not copied, or the dump ended before it was written. What it held is missing from all reports."
    )
    static let unknownImage = VerificationRule(
        "image/unknown", .warning, "An image has a name that no version of CRIU that is known gives.",
        "A newer version of CRIU or a plugin wrote it, or somebody else did. What is in it is in no report.")
    static let foreignFile = VerificationRule(
        "image/foreign-file", .note, "A file lies among the images that neither CRIU nor a container engine writes.",
        "It is not part of the checkpoint, as far as is known, and was put there by someone.")
    static let duplicateID = VerificationRule(
        "image/duplicate-id", .error, "An image describes a thing twice, under one id.",
        "Ids are unique. An entry was added or changed. Reports tell of the first one; `decode` shows all, and which one CRIU "
            + "takes is not certain.")
    static let imageRules: [VerificationRule] = [
        unreadable, tooShort, unknownMagic, unexpectedKind, truncatedSize, sizeBeyondEnd, malformedMessage,
        missingField,
        nestedTooDeeply, tooLarge, truncatedPayload, emptyImage, surplusEntry, missingImage, unknownImage, foreignFile,
        duplicateID,
    ]
}

/// Rules about the bytes of entries that decode.
extension VerificationRule {
    static let repeatedField = VerificationRule(
        "encoding/repeated-field", .warning, "A field that holds one value is there twice.",
        "Decoders take the last one, and CRIU never writes two: the first one, or the last one, was added. Two readers may "
            + "see two different values.")
    static let paddedNumber = VerificationRule(
        "encoding/padded-number", .warning, "A number or a size takes more bytes than it needs.",
        "It decodes, but CRIU never writes it so. Bytes were changed without moving those behind them.")
    static let wideNumber = VerificationRule(
        "encoding/wide-number", .warning,
        "A number has bits that its field cannot hold, or a truth value is neither 0 nor 1.",
        "CRIU never writes it so. Decoders drop the rest without a word: what they show is not all that was written, and "
            + "encoding it again does not give the same bytes. The bytes were changed.")
    static let wrongType = VerificationRule(
        "encoding/wrong-type", .warning, "A truth value is stored as another sort of value.",
        "Some decoders take it for true or false, as CRIU does, and others pass over it. The bytes were changed.")
    static let badFieldNumber = VerificationRule(
        "encoding/bad-field-number", .warning, "A field has a number that no field can have.",
        "Numbers end before 2^29. Some decoders take the field for an unknown one, and others refuse the message. The bytes "
            + "were changed.")
    static let unknownField = VerificationRule(
        "encoding/unknown-field", .note, "An entry has a field that this version does not know.",
        "A newer version of CRIU or a vendor's wrote it. `decode` shows its number and bytes; nothing else tells of it."
    )
    static let unknownValue = VerificationRule(
        "encoding/unknown-value", .note, "A field has a value that is none of those with a name.",
        "A newer version of CRIU wrote it, or it was changed. It is shown as a number.")

    static let encodingRules: [VerificationRule] = [
        repeatedField, paddedNumber, wideNumber, wrongType, badFieldNumber, unknownField, unknownValue,
    ]
}
