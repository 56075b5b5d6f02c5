// Package state is the incident: its entries, and two pure functions on them.
//
// [Decide] says what entry an action makes, or refuses with a reason a person can
// act on. [Incident.Apply] computes the incident that an entry leads to, and never
// refuses: it fails only on a gap. Nothing here reads a clock, a disk or a
// network, so that every bug can be replayed from a log file.
//
//	key ─► Action ─► Decide ─► Entry ─► Seal ─► Line ─► Log.Append (durable) ─► Apply ─► Incident
//
// What takes more than one action, or something of the world outside, is a use case of
// package state/response.
//
// # The log
//
// What a line is, and what of it can be withheld, is said by package [line], which
// reads and writes it. The kinds of entry are here, and are given to it: their types
// say by their part tags which keys belong to which part.
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
// Where more could say otherwise, that is not known: [Redacted] says what is missing,
// and [Incident.Knows], [Incident.Unseen], [Incident.Unsure], [Notice.Untold] and
// [Response] of what nothing can be concluded.
package state
