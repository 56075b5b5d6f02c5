package export

import (
	"bufio"
	"strconv"
	"strings"
	"time"

	"muster/state"
	"muster/state/view"
)

// CSV is a sheet with one row an entry.
const CSV Format = "csv"

func csvForm() form { return form{CSV, "one row an entry, for a spreadsheet", ".csv", true, writeCSV} }

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

// writeCSV writes one row an entry.
func writeCSV(out *bufio.Writer, inc *state.Incident, opts Options) error {
	s := sheet{inc: inc, zone: opts.Zone, about: aboutLog(inc, opts)}
	if _, err := out.Write(s.header()); err != nil {
		return err
	}
	order := state.InOrder(inc, opts.ByOccurred)
	return writeChunks(out, len(order), func(dst []byte, from, to int) ([]byte, error) {
		for _, seq := range order[from:to] {
			e := view.EntryOf(inc, inc.Log[seq-1])
			dst = s.appendRow(dst, &e)
		}
		return dst, nil
	})
}

// A sheet is what its rows have in common.
type sheet struct {
	inc   *state.Incident
	zone  *time.Location // of occurred_local; nil for no such column
	about []byte         // the columns about the log, which are the same in every row
}

func (s *sheet) header() []byte {
	var names row
	for _, column := range Columns() {
		names.cell(column.Name)
		if column.Name == "occurred" && s.zone != nil {
			names.cell("occurred_local")
		}
	}
	return append(names[1:], '\n') // no comma before the first
}

// aboutLog is what every row says of the log that it is from.
func aboutLog(inc *state.Incident, opts Options) []byte {
	var r row
	head := inc.Head.Hash
	tlp := view.TLPOf(inc)
	if opts.Whole != nil {
		tlp = view.TLPOf(opts.Whole)
	}
	if tlp == "" && inc.Redacted.First {
		tlp = state.WithheldText
	}
	damage := ""
	if opts.Damage != nil {
		damage = opts.Damage.Error()
	}
	for _, text := range []string{view.IDOf(inc), tlp, opts.Program, strconv.Itoa(len(inc.Log)), head.String(), head.Code(), damage} {
		r.cell(text)
	}
	return r
}

func (s *sheet) appendRow(dst []byte, e *view.Entry) []byte {
	r := row(strconv.AppendUint(dst, e.Seq, 10))
	r.cell(string(e.Mode))
	if e.Exercise {
		r.cell(exercise)
	} else {
		r.none(1)
	}
	r.time(e.Occurred)
	if s.zone != nil {
		r.time(e.Occurred.In(s.zone))
	}
	r.time(e.Recorded)
	by := e.By
	if e.Whole {
		by = "" // the column withheld says so
	}
	for _, text := range [...]string{sayZone(e.Zone), by, e.Role, e.Via, string(e.Kind), e.StepNumber, e.Step, e.What} {
		r.cell(text)
	}
	r.text(e.Text)
	r.corrections(e)
	r = append(r, s.about...)
	r.cell(partsOf(e))
	return append(r, '\n')
}

// corrections adds the columns that are empty for most entries: what was overridden,
// retracted and amended.
func (r *row) corrections(e *view.Entry) {
	if e.Override == nil {
		r.none(2)
	} else {
		r.cell(view.JoinReasons(e.Override.Of))
		r.text(e.Override.Why)
	}
	r.seq(e.RetractedBy)
	r.seq(e.AmendedBy)
	if e.Written == nil {
		r.none(2)
	} else {
		r.time(e.Written.Occurred)
		r.text(e.Written.Text)
	}
}

// partsOf says what of an entry is withheld.
func partsOf(e *view.Entry) string {
	if e.Whole {
		return "everything"
	}
	return strings.Join(e.Parts, ", ")
}
