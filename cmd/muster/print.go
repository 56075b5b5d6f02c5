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
	"muster/tui/widget"
)

// print writes v as JSON if that was asked for, and else lets text write. The JSON
// has nothing in it that a terminal would obey.
func (e *env) print(v any, text func() error) error {
	if !e.flags.json {
		return text()
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
	entry, err := view.EntryAt(inc, seq)
	if err != nil {
		return err
	}
	return e.print(entry, nil)
}

// line is one entry in one line, for people.
func (e *env) line(inc *state.Incident, seq uint64) string {
	entry, _ := inc.Entry(seq)
	mark := ""
	if entry.Mode == state.Drill {
		mark = "EXERCISE  "
	}
	text := fmt.Sprintf("%5d  %s  %s%s  %s", entry.Seq, e.clockOf(entry.When()), mark, clean.Line(entry.By.Name), clean.Line(inc.Describe(entry)))
	if by := inc.RetractedBy(seq); by != 0 {
		text += fmt.Sprintf("  [retracted by %d]", by)
	}
	if by := inc.AmendedBy(seq); by != 0 {
		text += fmt.Sprintf("  [amended by %d]", by)
	}
	return text
}

// clockOf is a time as the person's clock shows it, with the day unless it is
// today.
func (e *env) clockOf(t time.Time) string {
	now := e.now()
	t = t.In(now.Location())
	if t.Format(time.DateOnly) == now.Format(time.DateOnly) {
		return t.Format("15:04:05")
	}
	return t.Format("2006-01-02 15:04:05")
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
