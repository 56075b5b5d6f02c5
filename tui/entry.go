package tui

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"muster/state"
	"muster/state/clean"
	"muster/tui/widget"
)

// An entryDialog shows one entry whole, as written and as it counts.
type entryDialog struct {
	timeline *timelineScreen
	seq      uint64
}

func (d *entryDialog) Place() Place { return entryPlace() }

// Leaves implements Leaver: enter does the same, and says so.
func (d *entryDialog) Leaves() string { return "" }

func (d *entryDialog) Update(tea.Msg) tea.Cmd { return nil }
func (d *entryDialog) Click(_, _ int) tea.Cmd { return nil }

// move goes to the entry before or after, in the timeline's order.
func (d *entryDialog) Move(m Motion) tea.Cmd {
	_ = d.timeline.Move(m)
	d.seq = d.timeline.at()
	return nil
}

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
			body = append(body, d.timeline.ui.Theme.Dim.Render(widget.Pad(name, label))+line)
		}
	}
	return widget.Dialog(d.timeline.ui.Theme, fmt.Sprintf("Entry %d", d.seq), body, d.timeline.ui.Hints(entryPlace(), inner), w, h), nil
}

type entryRow struct{ label, text string }

// entryRows are everything there is to know of an entry.
func (t *timelineScreen) entryRows(seq uint64) []entryRow {
	e, ok := t.inc.Entry(seq)
	if !ok {
		return nil
	}
	written := t.inc.Log[seq-1]
	zone := t.ui.Now().Location()
	who := e.By.Name
	if e.By.Role != "" {
		who += ", " + t.roleTitle(e.By.Role)
	}
	rows := []entryRow{
		{"what", t.describe(e)},
		{"who", who + " (" + e.By.Via + ")"},
		{"occurred", e.When().In(zone).Format("2006-01-02 15:04:05")},
		{"recorded", e.Recorded.In(zone).Format("2006-01-02 15:04:05.000") + "  " + e.Recorded.UTC().Format(time.RFC3339Nano)},
		{"kind", string(e.Kind) + ", " + string(e.Mode)},
	}
	if by := t.inc.RetractedBy(seq); by != 0 {
		rows = append(rows, entryRow{"RETRACTED", "by entry " + t.brief(by)})
	}
	if by := t.inc.AmendedBy(seq); by != 0 {
		rows = append(rows, entryRow{"AMENDED", "by entry " + t.brief(by)}, entryRow{"as written", t.describe(written)})
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
	if t.keeps(e.Kind) {
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
	case *state.Opened:
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
	return clean.Bounded(string(raw), 1200)
}

// chosen is the entry that the timeline or its dialog is on.
func (t *timelineScreen) chosen() uint64 {
	if d, ok := t.ui.Top().(*entryDialog); ok {
		return d.seq
	}
	return t.at()
}

// amend asks for an entry's right text and time.
func (t *timelineScreen) amend() tea.Cmd {
	e, ok := t.inc.Entry(t.chosen())
	if !ok {
		return nil
	}
	text, _ := state.AmendableText(e.Data)
	before := map[string]string{"text": text, "at": e.When().In(t.ui.Now().Location()).Format("2006-01-02 15:04:05")}
	return t.ui.Show(t.amendPrompt(e, before, before))
}

func (t *timelineScreen) amendPrompt(e state.Entry, before, values map[string]string) *prompt {
	hint := ""
	if _, ok := state.AmendableText(e.Data); !ok {
		hint = "this entry has no text"
	}
	fields := []*field{
		{id: "text", label: "Text", kind: noteField, hint: hint},
		{id: "at", label: "When it happened", required: true, check: t.ui.notPast},
		{id: "why", label: "Why is it corrected?", required: true},
	}
	about := fmt.Sprintf("%s\nThe entry stays as it was written; the correction is a new entry that names it.", t.inc.Describe(e))
	return newPrompt(t.ui, fmt.Sprintf("Amend entry %d", e.Seq), about, "amend", fields, values, func(v map[string]string) (string, tea.Cmd) {
		c := state.AmendEntry{Seq: e.Seq, Why: v["why"]}
		if text := v["text"]; text != strings.TrimSpace(widget.NewEdit(before["text"]).Text()) {
			c.Text = &text
		}
		if at, err := t.ui.past(v["at"]); err == nil && v["at"] != before["at"] {
			if at.IsZero() { // "now"
				at = t.ui.Now()
			}
			c.Occurred = &at
		}
		if c.Text == nil && c.Occurred == nil {
			return "Nothing was changed.", nil
		}
		return "", t.do(&saving{action: state.Action{Command: c}, again: func() Dialog { return t.amendPrompt(e, before, v) }})
	})
}

// retract asks why an entry is taken back.
func (t *timelineScreen) retract() tea.Cmd {
	e, ok := t.inc.Entry(t.chosen())
	if !ok {
		return nil
	}
	return t.ui.Show(t.retractPrompt(e, nil))
}

func (t *timelineScreen) retractPrompt(e state.Entry, values map[string]string) *prompt {
	about := fmt.Sprintf("%s\nIt stays in the log, marked; it no longer counts.", t.inc.Describe(e))
	return newPrompt(t.ui, fmt.Sprintf("Retract entry %d", e.Seq), about, "retract",
		[]*field{{id: "why", label: "Why is it taken back?", required: true}}, values, func(v map[string]string) (string, tea.Cmd) {
			return "", t.do(&saving{
				action: state.Action{Command: state.RetractEntry{Seq: e.Seq, Why: v["why"]}},
				again:  func() Dialog { return t.retractPrompt(e, v) },
			})
		})
}
