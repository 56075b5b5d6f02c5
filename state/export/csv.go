package export

import (
	"bufio"
	"encoding/csv"
	"strconv"
	"strings"
	"time"

	"muster/state"
	"muster/state/clean"
)

// A Column is one column of the csv format.
type Column struct {
	Name string
	Help string
}

// Columns lists the columns of the csv format, in their order. With Options.Zone,
// occurred_local follows on occurred.
func Columns() []Column {
	return []Column{
		{"seq", "the entry's number; rows stand in its order"},
		{"mode", "live or drill"},
		{"exercise", "EXERCISE in a drill, else empty"},
		{"occurred", "when it happened, UTC, with amendments"},
		{"recorded", "when it was written, UTC, by the machine's clock"},
		{"zone", "the writer's zone"},
		{"person", ""},
		{"role", "that the person held"},
		{"via", "local, ssh …"},
		{"kind", "what the entry records"},
		{"step_number", ""},
		{"step", "the step's id"},
		{"what", "what the entry records, in words, with amendments"},
		{"text", "what the person said, with amendments; may have line breaks"},
		{"override", "the refusals that were overridden"},
		{"override_why", ""},
		{"retracted_by", "the entry that takes this one back"},
		{"amended_by", "the last entry that amends this one"},
		{"written_occurred", "as first written, where it was amended"},
		{"written_text", "as first written, where it was amended"},
		{"incident", "the incident's id"},
		{"tlp", "(withheld) if the runbook is, which says it"},
		{"program", "what wrote this file"},
		{"log_entries", "how many entries the log has"},
		{"log_head", "the hash of the last one"},
		{"log_code", "the same, short"},
		{"log_damage", "why the log could not be read to its end"},
		{"withheld", "which parts of the entry are withheld: everything, or names, notes, evidence, runbook; what they would say reads (withheld), or is empty"},
	}
}

// maxCell is how many bytes a cell holds; spreadsheets end at 32,767 characters.
const maxCell = 32_000

// writeCSV writes one row an entry.
func writeCSV(out *bufio.Writer, inc *state.Incident, opts Options) error {
	w := csv.NewWriter(out)
	row := make([]string, 0, 32)
	for _, column := range Columns() {
		row = append(row, column.Name)
		if column.Name == "occurred" && opts.Zone != nil {
			row = append(row, "occurred_local")
		}
	}
	if err := w.Write(row); err != nil {
		return err
	}
	head := inc.Head.Hash
	tlp := tlpOf(inc)
	if tlp == "" && inc.Lacks.First {
		tlp = state.WithheldText
	}
	about := []string{cell(idOf(inc)), cell(tlp), cell(opts.Program), strconv.Itoa(len(inc.Log)), head.String(), head.Code(), ""}
	if opts.Damage != nil {
		about[len(about)-1] = cell(opts.Damage.Error())
	}
	for i := range inc.Log {
		e := entryOf(inc, inc.Log[i])
		row = append(append(appendCells(row[:0], &e, opts.Zone), about...), partsOf(&e))
		if err := w.Write(row); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}

func appendCells(row []string, e *Entry, zone *time.Location) []string {
	mark := ""
	if e.Exercise {
		mark = exercise
	}
	row = append(row, strconv.FormatUint(e.Seq, 10), cell(string(e.Mode)), mark, stamp(e.Occurred))
	if zone != nil {
		row = append(row, e.Occurred.In(zone).Format(time.RFC3339))
	}
	row = append(row, stamp(e.Recorded), cell(sayZone(e.Zone)),
		cell(e.Person), cell(e.Role), cell(e.Via), cell(string(e.Kind)), cell(e.StepNumber), cell(e.Step), cell(e.What), cellText(e.Text))
	if e.Override == nil {
		row = append(row, "", "")
	} else {
		row = append(row, cell(joinReasons(e.Override.Of)), cellText(e.Override.Why))
	}
	row = append(row, seqOrNone(e.RetractedBy), seqOrNone(e.AmendedBy))
	if e.Written == nil {
		return append(row, "", "")
	}
	return append(row, stamp(e.Written.Occurred), cellText(e.Written.Text))
}

// partsOf says what of an entry is withheld.
func partsOf(e *Entry) string {
	if e.Withheld {
		return "everything"
	}
	return strings.Join(e.Parts, ", ")
}

// stamp writes a time in UTC, to the second.
func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05Z") }

func seqOrNone(seq uint64) string {
	if seq == 0 {
		return ""
	}
	return strconv.FormatUint(seq, 10)
}

// sayZone writes a zone so that it does not look like a formula: UTC+01:00
// Europe/Berlin.
func sayZone(zone string) string {
	if strings.HasPrefix(zone, "+") || strings.HasPrefix(zone, "-") {
		return "UTC" + zone
	}
	return zone
}

func joinReasons(of []state.Reason) string {
	words := make([]string, len(of))
	for i, reason := range of {
		words[i] = string(reason)
	}
	return strings.Join(words, ", ")
}

// cell makes a text safe for a spreadsheet: one line, clean, bounded, and never a
// formula (CWE-1236).
func cell(text string) string { return guarded(text, clean.Line(text)) }

// cellText is cell with the text's line breaks kept.
func cellText(text string) string { return guarded(text, clean.Text(text)) }

// guarded puts an apostrophe before text, the cleaned form of raw, if a spreadsheet
// might run either.
func guarded(raw, text string) string {
	text = clean.Bounded(text, maxCell)
	if startsFormula(raw) || startsFormula(text) {
		return "'" + text
	}
	return text
}

// startsFormula reports whether a spreadsheet might run a field: it begins with
// one of = + - @, as ASCII or as the wide and small forms that some spreadsheets
// take for them, perhaps after white space; or with a tab or CR.
func startsFormula(text string) bool {
	if strings.HasPrefix(text, "\t") || strings.HasPrefix(text, "\r") {
		return true
	}
	for _, r := range strings.TrimSpace(text) {
		return strings.ContainsRune("=+-@＝＋－＠﹦﹢﹣﹫−", r)
	}
	return false
}
