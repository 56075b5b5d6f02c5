// Package proof holds no code, only tests: they break machines, logs and
// terminals on purpose, and print as tables what muster made of it.
//
//	go test ./state/proof -v -run TestFaults      what happens to machines
//	go test ./state/proof -v -run TestChanges     what else changes an open log
//	go test ./state/proof -v -run TestMounts      one folder, seen in several ways
//	go test ./state/proof -v -run TestModel       all that can come of a few processes
//	go test ./state/proof -v -run TestTampering   what people do to logs
//	go test ./state/proof -v -run TestHostile     what text does to terminals
//	go test ./state/proof -v -run TestScale       what size does to time
//
// Each has a short form, which is part of all tests, and with MUSTER_PROOF=long a
// long one. MUSTER_PROOF_SEED=N repeats the random choices of an earlier run, but
// not the moments at which the system came to them.
//
// # Faults
//
// Two kinds of program record: "muster" is the real binary, one process an entry,
// built from this source; "session" is this test's own binary, started as another
// process, which records one entry after another through state/session and
// state/filelog, as the screens do. What each is told, and only what it is told in
// time, is kept in a ledger; after the fault the log is read as bytes, by
// encoding/json and not by muster, and held against it:
//
//	acknowledged      entries of which somebody was told that they are saved
//	lost              acknowledged, and not in the log
//	twice             in the log more than once
//	wrongly reported  somebody was told that nothing was recorded, and it was; or an
//	                  entry was not recorded and nobody was told; or what should
//	                  have been said of the fault (a torn end, a clock that was set)
//	                  was not
//	chain             "intact" if muster verify finds nothing
//
// A process that is killed tells nothing, and its entry may be there or not. Of an
// entry whose fsync failed a person is told that it may not be in the log.
//
// # The model
//
// TestModel leaves nothing to chance: the real session and store run on a disk in memory
// that stops each process before every system call, and every order of their calls is
// tried, with a kill, a power cut or a change by something else between any two. What a
// process does depends only on what its calls returned, so each is run once for every
// such story, and worlds that do not differ in what anybody knows are one. It prints how
// many there are. Two things make them fewer: what the holder of the lock does in between
// is not told apart by others, who cannot write then; and, where "fine" is not said,
// once something has happened others come between two things that a process does, no
// more between two of its calls. Files that are only kept for people, and that nothing
// looks at, do not tell worlds apart.
//
// How far it goes: one writer with four entries and one event between any two calls; two
// writers with four entries and none; in the long form three with two entries and none, and
// two with two entries and one event, some 240,000 worlds. Three writers with four entries
// each and an event at every call are not explored: for three, even one entry each with an
// event is more than minutes are enough for. TestChanges and TestFaults sample what lies
// beyond.
//
// What is and is not in it: a lock that somebody else has is waited for until it is given
// back, and one that is only tried fails then; it never takes too long (filelog.ErrBusy).
// Reads, writes and fsyncs do not fail, but for a kill within a write and what a power cut
// leaves: TestFaults and TestMounts have them fail. After a power cut nothing else happens.
// Two events are not part of it: with them it finds that a log which was opened damaged,
// and is then removed, is not rescued, since a damaged log is not gone on with.
//
// Faults that need root, strace or a loop device say so and are skipped without
// them. A power cut is a copy of the disk's blocks, taken while a process writes;
// it shows what fsync has brought to the disk, not what a disk does that lies.
package proof
