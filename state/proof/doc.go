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
// many there are. What makes them fewer, and why nothing is lost by it:
//
//   - Which of some processes is which plays no part: all run one program, and the log does
//     not say who wrote what. Numbers that tell two entries apart are the smallest that no
//     other has, so that it makes no difference who was first.
//   - A process that stands where it has nothing in its hands but its session and its log
//     (it is about to decide, or to look at the log without the lock) is what these are: how
//     it came to know it is forgotten. The mark is made by reflection of every field.
//   - Before anything has happened, what the lock's holder does between its calls others
//     cannot tell: they write only with the lock, and what they read without it is the same
//     before and after, but for the one write, its fsync and the end. An event is still tried
//     at each of its calls.
//   - A call on a file that only that process has can change places with any of another's.
//   - After something has happened others come between any two calls only where it says
//     "then by calls". By "locked stretches" they come before a lock is taken and before what
//     is written without one, and between two things that a process does; by "whole acts"
//     between these, and where one has to wait. Where a bound says "by whole acts" before the
//     event, too, one acts at a time, each from call to call, with the event before any of
//     them, while the others stand between two acts and know the log as it was at their last.
//     "1 more each" has each record at most one entry then. That is no reduction without loss,
//     but what is claimed for those bounds.
//   - Files that are only kept for people, and that nothing looks at, do not tell worlds apart.
//
// TestModelLeavesNothingOut explores small bounds with and without all but the last two: what
// there is in the end is the same to the byte, and so is what is found of stores broken on
// purpose. Of two writers with an entry each and one event, then by whole acts, 250 of the 251
// ends were reached, and none else; the other differs in when one was cut off from another.
//
// How far it goes: one writer with four entries and one event, then by calls; two with four,
// and three with two, and none; two with one each by whole acts, an event, and one more each.
// In the long form three writers with four entries each and none, some 470,000 worlds; two with
// two each and an event, then by locked stretches, some 168,000; three with one each and an
// event, then by whole acts, some 260,000; three with four each by whole acts, an event, and
// then by whole acts one more each, 6,075,447, in which a process stands at 16 million places;
// this takes 2.8 GB, and some 14 minutes of a processor, of which two share in it. If others
// come between any two calls before the event it is dozens of worlds after each of the 470,000.
//
// All processors explore, and share what they find: one at a time takes down what comes of a
// call, while the others' processes run. Of a world that was seen 16 bytes are kept, of a place
// where a process stands 24, and 48 more if that is between two things that it does.
//
// What is and is not in it: a lock that somebody else has is waited for until it is given
// back, and one that is only tried fails then; it never takes too long (filelog.ErrBusy).
// Reads, writes and fsyncs do not fail, but for a kill within a write and what a power cut
// leaves: TestFaults and TestMounts have them fail. After a power cut nothing else happens.
// Two events are not part of it.
//
// Faults that need root, strace or a loop device say so and are skipped without
// them. A power cut is a copy of the disk's blocks, taken while a process writes;
// it shows what fsync has brought to the disk, not what a disk does that lies.
package proof
