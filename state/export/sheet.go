package export

import (
	"strconv"
	"strings"
	"time"

	"muster/state"
	"muster/state/view"
)

// A Column is one column of the csv and xlsx formats.
type Column struct {
	Name string
	Help string
}

// Columns lists the columns of the csv and xlsx formats, in their order. With
// Options.Zone, occurred_local and local_offset follow on occurred_utc.
func Columns() []Column {
	return []Column{
		{"seq", "the entry's number; rows stand in its order"},
		{"mode", "live or drill"},
		{"exercise", "EXERCISE in a drill, else empty"},
		{"occurred_utc", "when it happened, with amendments"},
		{"recorded_utc", "when it was written, by the machine's clock"},
		{"writer_zone", "the writer's zone"},
		{"person", ""},
		{"role", "that the person held"},
		{"via", "local, ssh …"},
		{"kind", "what the entry records"},
		{"key_event", "yes if a person marked it as one"},
		{"step_number", ""},
		{"step", "the step's id"},
		{"step_title", ""},
		{"service", "that it is about, or that its step is for"},
		{"service_state", "that the entry says, or that the step which it is of leads to"},
		{"notice", "the statement that it is about"},
		{"notice_version", ""},
		{"channel", "by which it went, or a call was made"},
		{"to", "whom it went to"},
		{"clock", "the deadline that it is about"},
		{"contact", "who was called"},
		{"outcome", "of the call"},
		{"holder", "who got the role"},
		{"file", "of the evidence"},
		{"file_sha256", "of that file"},
		{"what", "what the entry records, in words, with amendments"},
		{"text", "what the person said, with amendments; may have line breaks"},
		{"override", "the refusals that were overridden"},
		{"override_why", ""},
		{"retracted_by", "the entry that takes this one back"},
		{"amended_by", "the last entry that amends this one"},
		{"written_occurred_utc", "as first written, where it was amended"},
		{"written_text", "as first written, where it was amended"},
		{"withheld", "which parts of the entry are withheld: everything, or names, notes, evidence, runbook; what they would say reads (withheld), or is empty"},
		{"branch_entry", "its number in the branch that it was taken over from; empty if it was recorded in this log first"},
		{"branch_recorded_utc", "when it was written there"},
		{"entry_hash", "the SHA-256 of the entry's envelope"},
		{"incident", "the incident's id"},
		{"tlp", "(withheld) if the runbook is, which says it"},
		{"program", "what wrote this file"},
		{"log_entries", "how many entries the log has"},
		{"log_head", "the hash of the last one"},
		{"log_code", "the same, short"},
		{"log_damage", "why the log could not be read to its end"},
	}
}

// asOfColumn is there where the rows are not told as of now.
var asOfColumn = Column{"as_of", "as of when it is told: as it was known then, or as it is now known to have been"}

// A sheetRow takes the cells of one row, in their order.
type sheetRow interface {
	cell(text string) // one line
	text(text string) // with its line breaks
	time(t time.Time) // as it reads in its zone
	number(n uint64)  // 0 is none
	none(columns int) // so many are empty
	hash(h state.Hash)
	made(cells []byte) // such as such a row has had made
}

// A sheet is what its rows have in common.
type sheet struct {
	inc    *state.Incident
	zone   *time.Location // of occurred_local; nil for no such column
	marked map[uint64]bool
	about  []string // the columns about the log, which are the same in every row
	tail   []byte   // the cells that they make, if they have been made
	// writers is the zone of the first entry, which is that of most, and how it is said.
	writers, writersSaid string
}

func newSheet(inc *state.Incident, opts Options) *sheet {
	s := &sheet{inc: inc, zone: opts.Zone, marked: make(map[uint64]bool), about: aboutLog(inc, opts)}
	s.writers = inc.Log[0].Zone
	s.writersSaid = sayZone(s.writers)
	for _, seq := range state.Marked(inc) {
		s.marked[seq] = true
	}
	return s
}

// columns are those of this sheet.
func (s *sheet) columns() []Column {
	var list []Column
	for _, column := range Columns() {
		list = append(list, column)
		if column.Name == "occurred_utc" && s.zone != nil {
			list = append(list, Column{"occurred_local", "the same in " + s.zone.String()}, Column{"local_offset", "that zone's offset from UTC then"})
		}
	}
	if s.inc.Past != nil {
		list = append(list, asOfColumn)
	}
	return list
}

// aboutLog is what every row says of the log that it is from.
func aboutLog(inc *state.Incident, opts Options) []string {
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
	about := []string{view.IDOf(inc), tlp, opts.Program, strconv.Itoa(len(inc.Log)), head.String(), head.Code(), damage}
	if of := view.AsOfOf(inc); of != nil {
		about = append(about, of.Title(func(t time.Time) string { return t.Format("2006-01-02 15:04:05 UTC") }))
	}
	return about
}

// fill writes the row of an entry.
func (s *sheet) fill(r sheetRow, seq uint64) {
	written := s.inc.Log[seq-1]
	e := view.EntryOf(s.inc, written)
	r.number(e.Seq)
	r.cell(string(e.Mode))
	if e.Exercise {
		r.cell(exercise)
	} else {
		r.none(1)
	}
	r.time(e.Occurred)
	if s.zone != nil {
		local := e.Occurred.In(s.zone)
		r.time(local)
		r.cell(local.Format("UTC-07:00"))
	}
	r.time(e.Recorded)
	by := e.By
	if e.Whole {
		by = "" // the column withheld says so
	}
	key := ""
	if s.marked[seq] {
		key = "yes"
	}
	title := ""
	if step := s.inc.Step(e.Step); step != nil {
		title = step.Title
	}
	zone := s.writersSaid
	if e.Zone != s.writers {
		zone = sayZone(e.Zone)
	}
	for _, text := range [...]string{zone, by, e.Role, e.Via, string(e.Kind), key, e.StepNumber, e.Step, title} {
		r.cell(text)
	}
	s.subjects(r, &written)
	r.cell(e.What)
	r.text(e.Text)
	corrections(r, &e)
	r.cell(partsOf(&e))
	if e.Origin == nil {
		r.none(2)
	} else {
		r.number(e.Origin.Seq)
		r.time(e.Origin.Recorded)
	}
	r.hash(e.Hash)
	r.made(s.tail)
}

// end makes the cells that are the same in every row.
func (s *sheet) end(r sheetRow) {
	for _, text := range s.about {
		r.cell(text)
	}
}

// subjects writes what an entry is about, as it counts.
func (s *sheet) subjects(r sheetRow, written *state.Entry) {
	counts := *written
	if s.inc.AmendedBy(written.Seq) != 0 {
		counts, _ = s.inc.Entry(written.Seq)
	}
	a := view.AboutOf(s.inc, &counts)
	if a == (view.About{}) {
		r.none(12) // of most entries of a long log
		return
	}
	r.cell(a.Service)
	r.cell(a.State)
	r.cell(a.Notice)
	r.number(uint64(a.Version))
	for _, text := range [...]string{a.Channel, a.To, a.Clock, a.Contact, a.Outcome, a.Holder, a.File, a.SHA256} {
		r.cell(text)
	}
}

// corrections writes the columns that are empty for most entries: what was overridden,
// retracted and amended.
func corrections(r sheetRow, e *view.Entry) {
	if e.Override == nil {
		r.none(2)
	} else {
		r.cell(view.JoinReasons(e.Override.Of))
		r.text(e.Override.Why)
	}
	r.number(e.RetractedBy)
	r.number(e.AmendedBy)
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
