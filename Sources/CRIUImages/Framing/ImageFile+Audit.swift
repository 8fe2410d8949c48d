extension ImageFile {
    /// Reads all entries, and tells what is odd about their bytes.
    ///
    /// Linear in the size of the image; payloads are passed over.
    ///
    /// - Parameter note: Is told of each oddity, in the order of the bytes of each entry.
    /// - Returns: How many entries there are before the first damage, and the damage.
    public func audit(_ note: (WireNote) -> Void) -> (entryCount: Int, damage: ImageError?) {
        var count = 0
        var cursor = entries()
        do throws(ImageError) {
            while try cursor.next() {
                count += 1
                audit(cursor, note)
            }
        } catch {
            return (count, error)
        }
        return (count, nil)
    }

    private func audit(_ cursor: borrowing EntryCursor, _ note: (WireNote) -> Void) {
        let (index, range, payload) = (cursor.index, cursor.messageRange, cursor.payload)
        guard let type = kind.message(ofEntry: index) else { return }
        withoutActuallyEscaping(note) { note in
            bytes.withUnsafeBytes { bytes in
                let audit = WireAudit(bytes: bytes) { kind, offset, detail in
                    note(WireNote(kind: kind, entry: index, offset: offset, detail: detail()))
                }
                audit.look(at: type, range)
                guard case .messages(let messages) = payload else { return }
                for message in messages { audit.look(at: .ipcMsg, message.header) }
            }
        }
    }
}
