// Package state is the incident: its entries, and two pure functions on them.
//
// [Decide] says what entry an action makes, or refuses with a reason a person can
// act on. [Incident.Apply] computes the incident that an entry leads to, and never
// refuses: it fails only on a gap. Nothing here reads a clock, a disk or a
// network, so that every bug can be replayed from a log file.
//
//	key ─► Action ─► Decide ─► Entry ─► Seal ─► Line ─► Log.Append (durable) ─► Apply ─► Incident
//
// # The log
//
// A log is JSON Lines: UTF-8, one entry a line, each ended by \n, at most 60 KiB
// (8 MiB for the two kinds that carry a runbook's text). A line is
//
//	{"e":{"v":2,"seq":12,"prev":"<64 hex>","recorded":"2026-11-24T02:41:07.123456789Z",
//	      "mode":"live","kind":"step.done","c":"<64 hex>"},
//	 "d":{"p":{"names":"<64 hex>","notes":"<64 hex>"},"role":"commander","via":"local",
//	      "occurred":"2026-11-24T02:38:00Z","zone":"+01:00 Europe/Berlin",
//	      "override":["out-of-order"],"data":{"step":"shut-down/gisis"}},
//	 "p":{"names":{"salt":"<22 base64url>","by":"Ada"},
//	      "notes":{"salt":"<22 base64url>","override":"the VPN is already cut","data":{"note":"…"}}}}
//
// without white space. The envelope e is never withheld. c is the SHA-256 of the
// bytes of d, prev that of the bytes of the previous line's e, 64 zeros in the
// first line. role, occurred and override stand only where they say something.
//
// # Parts
//
// The content d has the facts: what was done to what, when, in which role. What can
// be withheld from a copy lies behind it, in up to four parts, in this order: names
// (by, and who else is named), notes (what people wrote; why something was
// overridden), evidence (files) and runbook. The p in d has the SHA-256 of the bytes
// of each, and so says which there are; only names are always there. Which key of an
// entry's data belongs to which part is said by the part tags of its type, and keys
// without one are facts. An empty text is a fact wherever it belongs.
//
// [Withhold] puts null in the place of parts, or of d and p as a whole. All that is
// left has the hashes it had, so that the copy verifies, to the same head. Each part
// has a salt of its own, 128 random bits that go with it, which keeps its hash from
// being guessed back. Texts that were withheld are read as [WithheldText], and
// Entry.Withheld says which parts are missing.
//
// [Decode] refuses every line that [Seal] could not have written, byte for byte
// in the envelope; in d and its parts, keys of a newer version are passed over. An
// entry of an unknown kind is kept as it is, counted, and changes nothing.
//
// Version 1, which builds before the first release wrote, is read too, and may go
// before version 2 in a log. It has no p: its d has salt, by and override whole, and
// is withheld as a whole.
//
// # Drills
//
// The mode stands in every envelope, and a line of another mode than the first
// breaks the chain: no drill becomes a live incident, nor the reverse. The first entry
// of a drill that plays a scenario has the scenario's id, title and SHA-256; its file
// lies beside the log as evidence does. Exercise time is computed from the
// exercise.clock entries alone: at_ms at the time the entry was recorded, and from
// there speed times the time that passes while running. An inject is in the log from
// its delivery on, without what was expected; one that is held or skipped before that
// stands there as 16 hexadecimal digits, see [InjectRef], so that players who read
// the log learn nothing.
//
// # What is computed
//
// Order is seq, always. A retracted entry counts as if it had never been written;
// an amended one counts as corrected. Both stay in the log.
//
// Of a copy from which something is withheld, what is computed is what the rest says.
// Where more could say otherwise, that is not known: [Lacks] says what is missing,
// and [Incident.Knows], [Incident.Unseen], [Incident.Unsure], [Incident.Untold] and
// [Response] of what nothing can be concluded.
package state
