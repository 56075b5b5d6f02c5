package timeline

import (
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"muster/state"
	"muster/state/clean"
	"muster/tui/incident"
	"muster/tui/kit"
	"muster/tui/widget"
)

// An entryDialog shows one entry whole, as written and as it counts.
type entryDialog struct {
	kit.Quiet
	timeline *Screen
	seq      uint64
}

// Place implements kit.Part.
func (d *entryDialog) Place() kit.Place { return EntryPlace() }

// Leaves implements Leaver: enter does the same, and says so.
func (d *entryDialog) Leaves() string { return "" }

// Move goes to the entry before or after, in the timeline's order.
func (d *entryDialog) Move(m kit.Motion) tea.Cmd {
	_ = d.timeline.Move(m)
	d.seq = d.timeline.at()
	return nil
}

// View implements kit.Part.
func (d *entryDialog) View(w, h int) ([]string, *tea.Cursor) {
	inner := w - 4
	var body []string
	for _, row := range d.timeline.entryRows(d.seq) {
		const label = 11
		for i, line := range widget.Wrap(row.text, max(8, inner-label)) {
			name := row.label
			if i > 0 {
				name = ""
			}
			body = append(body, d.timeline.UI.Theme.Dim.Render(widget.Pad(name, label))+line)
		}
	}
	return widget.Dialog(d.timeline.UI.Theme, fmt.Sprintf("Entry %d", d.seq), body, d.timeline.UI.Hints(EntryPlace(), inner), w, h), nil
}

type entryRow struct{ label, text string }

// entryRows are everything there is to know of an entry.
func (t *Screen) entryRows(seq uint64) []entryRow {
	e, ok := t.Inc.Entry(seq)
	if !ok {
		return nil
	}
	written := t.Inc.Log[seq-1]
	zone := t.UI.Now().Location()
	who := e.By.Name
	if e.By.Role != "" {
		who += ", " + t.RoleTitle(e.By.Role)
	}
	rows := []entryRow{
		{"what", t.Describe(e)},
		{"who", who + " (" + e.By.Via + ")"},
		{"occurred", e.When().In(zone).Format("2006-01-02 15:04:05")},
		{"recorded", e.Recorded.In(zone).Format("2006-01-02 15:04:05.000") + "  " + e.Recorded.UTC().Format(time.RFC3339Nano)},
		{"kind", string(e.Kind) + ", " + string(e.Mode)},
	}
	if marks := marks(t.Inc, &e); len(marks) > 0 {
		rows = append(rows, entryRow{"marked", strings.Join(marks, ", ")})
	}
	if by := t.Inc.RetractedBy(seq); by != 0 {
		rows = append(rows, entryRow{"RETRACTED", "by entry " + t.Brief(by)})
	}
	if by := t.Inc.AmendedBy(seq); by != 0 {
		rows = append(rows, entryRow{"AMENDED", "by entry " + t.Brief(by)}, entryRow{"as written", t.Describe(written)})
	}
	if e.Override != nil {
		rows = append(rows, entryRow{"override", e.Override.Why})
	}
	if e.Withheld != 0 && e.Data != nil {
		rows = append(rows, entryRow{"WITHHELD", strings.Join(e.Withheld.Names(), ", ") + "; in their place stand (withheld), nothing, or zeros"})
	}
	rows = append(rows,
		entryRow{"hash", e.Hash.String()},
		entryRow{"follows", e.Prev.String()},
		entryRow{"zone", e.Zone})
	if t.Keeps(e.Kind) {
		return rows
	}
	return append(rows, entryRow{"data", dataText(written)})
}

// dataText is an entry's data as the log has it, without a runbook's text.
func dataText(e state.Entry) string {
	if e.Data == nil {
		return "withheld from this copy of the log"
	}
	data := e.Data
	switch d := data.(type) {
	case *state.IncidentOpened:
		short := *d
		short.Runbook.Text = ""
		data = &short
	case *state.RunbookAttached:
		short := *d
		short.Runbook.Text = ""
		data = &short
	}
	raw, err := json.Marshal(data)
	if err != nil {
		return err.Error()
	}
	return clean.Passage(string(raw))
}

// chosen is the entry that the timeline or its dialog is on.
func (t *Screen) chosen() uint64 {
	if d, ok := t.UI.Top().(*entryDialog); ok {
		return d.seq
	}
	return t.at()
}

// amend asks for an entry's right text and time.
func (t *Screen) amend() tea.Cmd {
	e, ok := t.Inc.Entry(t.chosen())
	if !ok {
		return nil
	}
	text, _ := state.AmendableText(e.Data)
	before := map[string]string{"text": text, "at": kit.Typed(t.UI, e.When())}
	hint := ""
	if _, ok := state.AmendableText(e.Data); !ok {
		hint = "this entry has no text"
	}
	return t.Ask(incident.TypedAction{
		Title: fmt.Sprintf("Amend entry %d", e.Seq), Verb: "amend", Values: maps.Clone(before), When: "When is it corrected?",
		About: fmt.Sprintf("%s\nThe entry stays as it was written; the correction is a new entry that names it.", t.Says(e)),
		Fields: func() []*kit.Field {
			return []*kit.Field{
				{ID: "text", Label: "Text", Kind: kit.NoteField, Hint: hint},
				{ID: "at", Fills: "occurred", Label: "When it happened", Required: true, Check: t.UI.NotPast},
				{ID: "why", Label: "Why is it corrected?", Required: true},
			}
		},
		Command: func(v map[string]string) state.Command { return t.amendment(e.Seq, before, v) },
	})
}

// amendment is the correction of an entry that was filled in; nil if nothing was changed.
func (t *Screen) amendment(seq uint64, before, v map[string]string) state.Command {
	c := state.AmendEntry{Seq: seq, Why: v["why"]}
	if text := v["text"]; text != strings.TrimSpace(widget.NewEdit(before["text"]).Text()) {
		c.Text = &text
	}
	if at, err := t.UI.Past(v["at"]); err == nil && v["at"] != before["at"] {
		if at.IsZero() { // "now"
			at = t.UI.Now()
		}
		c.Occurred = &at
	}
	if c.Text == nil && c.Occurred == nil {
		return nil
	}
	return c
}

// retract asks why an entry is taken back.
func (t *Screen) retract() tea.Cmd {
	e, ok := t.Inc.Entry(t.chosen())
	if !ok {
		return nil
	}
	return t.Ask(incident.TypedAction{
		Title: fmt.Sprintf("Retract entry %d", e.Seq), Verb: "retract", When: "When is it taken back?",
		About:   fmt.Sprintf("%s\nIt stays in the log, marked; it no longer counts.", t.Says(e)),
		Fields:  func() []*kit.Field { return []*kit.Field{{ID: "why", Label: "Why is it taken back?", Required: true}} },
		Command: func(v map[string]string) state.Command { return state.RetractEntry{Seq: e.Seq, Why: v["why"]} },
	})
}
