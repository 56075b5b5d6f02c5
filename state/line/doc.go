// Package line is the format of an incident's log: how an entry is written as a line,
// and read, how lines hang together, and what of them can be withheld from a copy. It
// is what an auditor has to read, and needs nothing but the standard library. What
// entries record is given to it; see [Format].
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
// [Format.Withhold] puts null in the place of parts, or of d and p as a whole. All that is
// left has the hashes it had, so that the copy verifies, to the same head. Each part
// has a salt of its own, 128 random bits that go with it, which keeps its hash from
// being guessed back. Texts that were withheld are read as [WithheldText], and
// Entry.Withheld says which parts are missing.
//
// [Format.Decode] refuses every line that [Format.Seal] could not have written, byte for byte
// in the envelope; in d and its parts, keys of a newer version are passed over. An
// entry of an unknown kind is kept as it is, counted, and changes nothing.
//
// Version 1, which builds before the first release wrote, is read too, and may go
// before version 2 in a log. It has no p: its d has salt, by and override whole, and
// is withheld as a whole.
package line
