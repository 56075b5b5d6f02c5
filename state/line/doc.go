// Package line is the format of an incident's log: how an entry is written as a line,
// and read, how lines hang together, and what of them can be withheld from a copy.
// It is all that an auditor has to read, imports nothing but the standard library,
// and this comment is the specification. What entries record is given to it, as the
// [Kinds] of a [Format]: a log verifies for a reader who knows none of them.
//
// # A log
//
// A log is JSON Lines: UTF-8 without a byte order mark, one entry a line, each ended
// by \n. A line has at most 60 KiB, or 8 MiB if its kind carries a runbook's text.
// Everything stands in one order and one spelling, without white space:
//
//	log      = line "\n" { line "\n" }
//	line     = '{"e":' e ',"d":' d ',"p":' p '}'
//	         | '{"e":' e ',"d":null,"p":null}'                 what was withheld whole
//	e        = '{"v":2,"seq":' number ',"prev":"' hash '","recorded":"' recorded '","mode":"' mode
//	           '","kind":"' kind '","c":"' hash '"}'
//	d        = '{"p":{"names":"' hash '"' [ ',"notes":"' hash '"' ] [ ',"evidence":"' hash '"' ]
//	           [ ',"runbook":"' hash '"' ] '}' [ ',"role":' text ] ',"via":' text
//	           [ ',"occurred":"' occurred '"' ] ',"zone":' text [ ',"override":' list ]
//	           ',"data":' object '}'
//	p        = '{"names":' ( names | 'null' ) [ ',"notes":' ( notes | 'null' ) ]
//	           [ ',"evidence":' ( part | 'null' ) ] [ ',"runbook":' ( part | 'null' ) ] '}'
//	names    = '{"salt":"' salt '","by":' text [ ',"data":' object ] '}'
//	notes    = '{"salt":"' salt '"' [ ',"override":' text ] [ ',"data":' object ] '}'   with one of the two
//	part     = '{"salt":"' salt '","data":' object '}'
//
//	hash     = 64 digits of 0-9 a-f
//	salt     = 22 characters of base64url, which are 128 bits
//	mode     = 'live' | 'drill'
//	kind     = 1 to 40 of a-z . _ -
//	number   = a whole number from 1 to 2^53, without leading zeros
//	recorded = UTC of 30 characters: 2026-11-24T02:41:07.000000000Z
//	occurred = RFC 3339 in UTC, its fraction without zeros at its end: 2026-11-24T02:38:00Z
//
// The envelope e is never withheld. In it, seq counts from 1, recorded is the time by
// the writer's clock, and c is the SHA-256 of the bytes of d. An entry's own hash is
// the SHA-256 of the bytes of its e: it is the prev of the next line, and in the last
// line the head, which vouches for the whole log. The first line's prev is 64 zeros.
// Said aloud, a hash is the first 80 bits of it; see [Hash.Code].
//
// The content d has the facts. role is the one that the person held, and via by which
// way they came; both are not empty. occurred is when it happened, by the person's
// word, if that is not when it was recorded; zone is where they write. override lists
// what would have been refused, and why it was done all the same stands in the notes.
//
// # Values
//
// An object, list or text is JSON of which two readers cannot differ: no white space;
// whole numbers from -2^53 to 2^53, and no -0; in texts, the escapes that jq writes, \"
// \\ \b \f \n \r \t and \u00 with two lower-case digits for other control characters
// and DEL, and all else as it is; keys of printable ASCII without capital letters,
// escapes, or doubles within an object; nothing nested more than 16 deep. So
// `jq -c .e` and sha256sum give the same bytes and hashes.
//
// # What was taken over
//
// An entry that was recorded in another log of the same incident first, and taken over,
// has as the last key of its data, among the facts, where that was:
//
//	origin   = '"origin":{"hash":"' hash '","seq":' number ',"recorded":"' recorded '"'
//	           [ ',"after":"' recorded '"' ]
//	           [ ',"prev":"' hash '"' ] '}'
//
// hash is that of its envelope there, seq its number, recorded when it was written there.
// It occurred when it did there, and its parts are those that it had, salts and all, so that
// their hashes are the same. after stands where something that was known there of the same
// thing is later than the time at which it occurred: in the order of things it comes after
// that. prev is the hash of the entry before it there: all up to that one was known there.
// No kind has a key of this name.
//
// # Parts
//
// What can be withheld from a copy lies behind the facts, in up to four parts: names
// (by, and who else is named), notes (what people wrote), evidence (files) and
// runbook (its text). The p in d has the SHA-256 of the bytes of each, and so says
// which there are: names always, the others where they have something to say. To
// which part a key of an entry's data belongs, its kind says; see [Kinds]. An empty
// text is a fact wherever it belongs: there is nothing to withhold, and it may say
// that a role was laid down. No two parts, nor a part and the facts, say something of
// the same key.
//
// [Format.Withhold] puts null in the place of parts, or of d and p as a whole. All
// that is left has the hashes it had, so that the copy verifies, to the same head.
// Each part's salt goes with it, and keeps its hash from being guessed back. Texts
// that were withheld are read as [WithheldText], and Entry.Withheld says which parts
// are missing. A runbook may name people: who withholds names says whether it goes with
// them.
//
// # What follows from what
//
// In a log, the kind of the first entry opens an incident, seq goes up by one from
// line to line, prev is the hash of the line before, and mode never changes: no
// drill becomes a live incident, nor the reverse. [Chain] holds lines to that.
//
// # Reading
//
// [Format.Decode] refuses every line that is not spelt so, byte for byte, and, of a kind that
// it was given, data whose keys do not stand in their part or whose values do not fit. Keys
// in data that the reader does not know are passed over, in any order; an entry of an
// unknown kind is [Unknown], kept as it is, and its facts may be any value.
// [Format.Check] and [Format.Withhold] take a line apart as Decode does, and leave what
// its texts and data say unread: that is known by its hash. A line of a newer v is not
// damaged, and not read.
//
// # Version 1
//
// Builds before the first release wrote lines without parts. They are read, and go
// before lines of version 2 in one log:
//
//	line     = '{"e":' e ',"d":' ( d | 'null' ) '}'
//	d        = '{"salt":"' salt '","by":{"name":' text [ ',"role":' text ] ',"via":' text '}'
//	           [ ',"occurred":"' occurred '"' ] ',"zone":' text
//	           [ ',"override":{"of":' list ',"why":' text '}' ] ',"data":' object '}'
//
// with 1 as v. The example has whole lines of both.
package line
