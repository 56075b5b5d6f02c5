// Package filelog is the default store: one append-only file an incident.
//
//	DIR/incidents/ID/log.jsonl        the log, the only truth
//	DIR/incidents/ID/evidence/SHA256  attached files
//	DIR/incidents/ID/torn-…           bytes that were cut off the log's end
//	DIR/heads/ID                      the last head, a hint that entries are missing
//
// Folders have mode 0700, files 0600. What a line is, package line says.
//
// # What is promised
//
// An entry whose [Log.Append] returned nil is in the log after kill -9, a panic of
// the kernel, a power cut, a full disk or a failing one, however many processes of
// this machine share the incident. An entry that was not acknowledged is there
// whole, or not at all. Nothing that was acknowledged is ever changed.
//
// # How an append is made
//
//  1. Take the lock: flock on the log file, exclusive.
//  2. See that the file is still the one at its name (fstat, lstat), that it
//     ends where this log's last entry does, and looks as it was left: size and
//     times. If it is longer: [state.ErrConflict]. If a time differs, all of it is
//     verified anew.
//  3. Read the last entry's line back: it is the one this log knows.
//  4. See that the new line follows from it and can be read back.
//  5. One write(2), with O_APPEND, of the whole line and its newline. A write
//     that takes fewer bytes is a failed one.
//  6. fdatasync(2). It flushes the data and the metadata needed to read it, the
//     new size among them; only times may stay behind.
//  7. Read both lines back: they stand there, and nothing behind them.
//  8. Acknowledge; note the head in the hint file; give the lock back.
//
// # What a crash can leave, and what opening does
//
//  1. Before 5: nothing. The log ends with the last entry.
//  2. Within or after 5, the process killed: a prefix of the line, or all of it.
//  3. Within or after 5, power lost: any part of the line, in which sectors that
//     were not written read as zeros; a file system in its usual mode shows
//     neither another file's old data nor a change to data already synced.
//  4. After 6: the line.
//
// Opening reads and verifies every line, and then looks at the bytes behind the
// last good one, under the lock, so that they cannot be a write still going on.
//
//  1. No bytes: fsync of the file, its folder and the one above, once. What was
//     read may come from a killed process that never got to step 6, or was
//     killed while creating; after the fsync it is as good as acknowledged.
//  2. A good line stands among them, or a line that is good but does not link:
//     damage. The log opens read-only and nothing is repaired.
//  3. They lack a newline, or a whole sector of them is zeros: a torn write. The
//     bytes are copied to torn-OFFSET-HASH (fsync, fsync of the folder), the log
//     is cut back, and fsynced. A crash in between leaves both; opening begins
//     again and makes the same file.
//  4. Otherwise, a newline ends them and no sector is lost: damage. So one byte
//     changed in the last acknowledged line is never taken for a torn write.
//     Neither is a changed last newline: a whole good line and one byte more.
//
// Entries that another process appends are fsynced here too before they are shown:
// what is on a screen is on the medium, whoever wrote it.
//
// # When a write or an fsync fails
//
// The kernel marks the pages of a failed fsync clean: the next fsync succeeds, and
// reading shows what the disk does not have. So after the first failure nothing is
// acknowledged, retried or appended to that file through this log again
// ([state.ErrNotSaved]). [Log.Rescue] takes the lock, so that nobody is told "saved"
// in a file that is about to go; drops the cached pages; writes the entries from
// memory, and what others wrote behind them if the medium has it, into a new file
// (fsync, rename over the old name, fsync of the folder), and goes on there. Others
// notice by the inode at the name and follow, having seen that the new file has all
// that they know of. A crash before the rename leaves the old file and a
// .rescue.tmp, which the next rescue replaces.
//
// # When something else changes the file
//
// A program that encrypts, restores, syncs or edits takes no lock. What it does to the
// file of an open log is found by step 2, 3 or 7 of the next append, or, within a
// second or so, by [Log.Changed] and [Log.Recheck]: another file at the name, another
// size, other times; and since two changes within one tick of the clock bear the same
// time, all of the file is verified some times after each change, and each minute.
// Then nothing is acknowledged or written any more ([state.ErrChanged]), and memory may
// have the only whole copy. [Log.Rescue] writes that into a new file as above, in place
// or below another state directory. In place, the changed file keeps a second name,
// changed-HASH.jsonl, and is never put aside if it has entries that memory has not:
// somebody has gone on in it. A log whose file is put right again, or was rescued by
// another process, goes on.
//
// # Creating
//
// A new incident is made in a folder .new-…: log written and fsynced, folder
// fsynced, folder renamed to the incident's id, the folder above fsynced. A crash
// leaves a .new-… folder, which no list shows and which may be deleted.
//
// # Assumptions
//
// The file system is local, flock excludes, fsync reaches the medium, a sector is
// 512 bytes or a multiple. On NFS and SMB, where the first three do not hold,
// logs open read-only.
//
// # Limits
//
// A log whose end was cut off at a line's end verifies, and so does one whose last
// envelope was changed, since no line comes after it that names its hash; only the
// hint, or a head known outside this machine, tells ([Log.Hint]). A torn write is told from damage
// by its form: if a disk loses the last sectors of an acknowledged line, it looks
// torn, is kept in torn-… and is missing by the hint. A process that opens the log
// between another's failed fsync and its rescue may show, as recorded, an entry
// that the other shows as not saved; both see it again in the rescued log only if
// the medium has it.
package filelog
