// Package export writes an incident out: as a report for people, as data for
// programs, as a sheet, and as the log itself.
//
//	md     a report: summary, what is open, what was not done and why, timeline,
//	       steps, answers, services over time with a chart, statements with what was
//	       known when each was sent, clocks, contacts, evidence, corrections, how to
//	       verify
//	json   the computed incident; [view.Incident] is its schema
//	csv    one row an entry, for a spreadsheet; [Columns] explains the columns
//	jsonl  the log's own lines, which verify without muster; see [WriteLines]
//
// For other tools: timesketch (JSON lines), iris and iris-assets (csv for DFIR-IRIS), and ics,
// a calendar of what is still due. Each is exactly as that tool's importer reads it, and
// says which log it is from in each of its records.
//
// A [Sitrep] is drawn in the middle of an incident, for a moment and a reader's zone.
//
// # What all of them say
//
// Every export names the incident, its mode, its TLP, the log's head, its count of
// entries and the program. A drill says EXERCISE: in Markdown at the top, in each
// heading, in each row and at the end; in JSON at the top and in each entry; in CSV
// in each row.
//
// Entries stand in the order of the log, by seq, always. What was retracted or
// amended is there with what corrected it, and so are the steps that were never
// run.
//
// # Copies from which something is withheld
//
// A copy of a log may lack whole entries, or the names, notes, evidence or runbook of
// some; see [state.Withhold]. Every export but the log itself says so at its top, or
// in each row. "(withheld)" is no name: it is not counted as a person, and two of
// them are not taken for one. What is not there is not called empty, unanswered,
// never done or untrue: where the copy does not tell, the export says that it does
// not. Things whose runbook is withheld are listed by the ids that entries give them.
//
// The same log and the same options give the same bytes: nothing here reads a
// clock, and nothing is written in the order of a map.
//
// # Text from outside
//
// Names, notes, titles and everything else that somebody typed is hostile. In
// Markdown it is cleaned (see muster/state/clean) and escaped, so that it draws as
// itself and makes no heading, list, row, link, image, code or HTML. In CSV it is
// cleaned, and a field that a spreadsheet would take for a formula gets an
// apostrophe. In JSON it is kept exactly; characters that draw nothing are written
// as \u escapes, so that the file can be looked at in a terminal.
package export
