package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/charmbracelet/x/term"

	"muster/state"
	"muster/state/clean"
	"muster/state/view"
	"muster/state/when"
	"muster/tui/widget"
)

// This file prints: as JSON where that was asked for, in lines and columns, always clean.

// print writes v as JSON if that was asked for, and else lets text write. The JSON
// has nothing in it that a terminal would obey. A v that is much work to make is given
// as a func() any, which is called for JSON alone.
func (e *env) print(v any, text func() error) error {
	if !e.flags.json {
		return text()
	}
	if later, ok := v.(func() any); ok {
		v = later()
	}
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		return err
	}
	_, err := e.out.Write(clean.JSON(out.Bytes()))
	return err
}

// printEntry prints one entry as JSON if that was asked for, and else lets text write.
func (e *env) printEntry(inc *state.Incident, seq uint64, text func() error) error {
	if !e.flags.json {
		return text()
	}
	entry, err := e.entryAt(inc, seq)
	if err != nil {
		return err
	}
	return e.print(onlyBy(inc, entry, func(of view.AsOf, entry view.Entry) any { return view.EntryAsOf{AsOf: of, Entry: entry} }), nil)
}

// entryAt is an entry, as far as who asks may know it.
func (e *env) entryAt(inc *state.Incident, seq uint64) (view.Entry, error) {
	if written := inc.Log[seq-1]; e.plays(inc) && state.KeptFromPlayers(inc, written.Kind) {
		written.Data, written.Own().Override = nil, nil
		return view.EntryAlone(written), nil
	}
	return view.EntryAt(inc, seq)
}

// line is one entry in one line, for people.
func (e *env) line(inc *state.Incident, seq uint64) string {
	entry, _ := inc.Entry(seq)
	mark := ""
	if entry.Mode == state.Drill {
		mark = "EXERCISE  "
	}
	said := state.InZone(inc.Describe(entry), e.clockOf)
	if e.plays(inc) && state.KeptFromPlayers(inc, entry.Kind) {
		said = "the facilitator's: it is shown once the drill is closed"
	}
	text := fmt.Sprintf("%5d  %s  %s%s  %s", entry.Seq, e.clockOf(entry.When()), mark, clean.Line(entry.By.Name), clean.Line(said))
	for _, mark := range state.Marks(inc, &entry) {
		text += "  [" + mark + "]"
	}
	if by := inc.RetractedBy(seq); by != 0 {
		text += fmt.Sprintf("  [retracted by %d]", by)
	}
	if by := state.AmendedSays(inc, seq); by != "" {
		text += "  [" + clean.Line(by) + "]"
	}
	return text
}

// clockOf is a time as the person's clock shows it, with its day and offset: what is
// printed outlives the day and the place, and is read in others.
func (e *env) clockOf(t time.Time) string {
	return t.In(e.now().Location()).Format("2006-01-02 15:04:05 -07:00")
}

// exercise is the banner of a drill; "" for the real thing.
func exercise(inc *state.Incident) string {
	if inc.Mode == state.Drill {
		return "EXERCISE EXERCISE EXERCISE\n"
	}
	return ""
}

// columns sets rows of texts in columns, cleaned.
func columns(rows [][]string) string {
	var widths []int
	for _, row := range rows {
		for i := range row {
			row[i] = clean.Line(row[i])
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], widget.Width(row[i]))
		}
	}
	var out strings.Builder
	for _, row := range rows {
		var line strings.Builder
		for i, cell := range row {
			line.WriteString(cell)
			if i < len(row)-1 {
				line.WriteString(strings.Repeat(" ", widths[i]-widget.Width(cell)+2))
			}
		}
		out.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
	return out.String()
}

// plural is a number with its word.
func plural(n uint64, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// toTerminal reports whether what is printed goes to a terminal.
func toTerminal(e *env) bool {
	file, ok := e.out.(*os.File)
	return ok && term.IsTerminal(file.Fd())
}

// printNew prints the last entry, if there is one after another, as it counts.
func (e *env) printNew(inc *state.Incident, after uint64) error {
	seq := inc.Head.Seq
	if seq == after {
		return nil
	}
	err := e.printEntry(inc, seq, func() error {
		_, err := fmt.Fprintln(e.out, strings.TrimLeft(e.line(inc, seq), " "))
		return err
	})
	if err != nil {
		return hint(err, "It is recorded all the same, as entry %d: do not enter it again.", seq)
	}
	return nil
}

// withheldLines say what this copy of the log lacks; "" if nothing.
func withheldLines(inc *state.Incident) string {
	what := inc.Redacted.String()
	if what == "" {
		return ""
	}
	text := "WITHHELD from this copy of the log: " + what + ". What may stand in it is not known, and two “(withheld)” need not be the same.\n"
	if inc.Redacted.Runbook {
		text += "The text of a runbook is withheld: its steps, services and clocks are not known. See muster log, and muster sitrep.\n"
	}
	return text
}

// untilText says how far off a time is: "in 20m", or "2h ago".
func untilText(e *env, t time.Time) string {
	if left := t.Sub(e.now()); left >= 0 {
		return "in " + when.Duration(left)
	}
	return when.Duration(e.now().Sub(t)) + " ago"
}

// columnsLine is one line of texts, cleaned.
func columnsLine(cells ...string) string { return strings.TrimSuffix(columns([][]string{cells}), "\n") }

func sitrepOptions(e *env, inc *state.Incident, since uint64) view.SitrepOptions {
	now := e.now()
	if inc.Past != nil {
		now = inc.Past.At.In(now.Location())
	}
	return view.SitrepOptions{Since: since, Now: now, Zone: now.Location(), Program: program()}
}

// onlyBy wraps what is printed as JSON, where it is told as of a moment before now.
func onlyBy[T any](inc *state.Incident, list T, wrap func(view.AsOf, T) any) any {
	if of := view.AsOfOf(inc); of != nil {
		return wrap(*of, list)
	}
	return list
}
