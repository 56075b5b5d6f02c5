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

func (d *entryDialog) scope() scope           { return onEntry }
func (d *entryDialog) update(tea.Msg) tea.Cmd { return nil }
func (d *entryDialog) click(_, _ int) tea.Cmd { return nil }

// move goes to the entry before or after, in the timeline's order.
func (d *entryDialog) move(m motion) tea.Cmd {
	_ = d.timeline.move(m)
	d.seq = d.timeline.at()
	return nil
}

func (d *entryDialog) view(w, h int) ([]string, *tea.Cursor) {
	inner := w - 4
	var body []string
	for _, row := range d.timeline.entryRows(d.seq) {
		const label = 11
		for i, line := range widget.Wrap(row.text, max(8, inner-label)) {
			name := row.label
			if i > 0 {
				name = ""
			}
			body = append(body, d.timeline.app.theme.Dim.Render(widget.Pad(name, label))+line)
		}
	}
	return widget.Dialog(d.timeline.app.theme, fmt.Sprintf("Entry %d", d.seq), body, d.timeline.app.hints(onEntry, inner), w, h), nil
}

type entryRow struct{ label, text string }

// entryRows are everything there is to know of an entry.
func (o *openIncident) entryRows(seq uint64) []entryRow {
	e, ok := o.inc.Entry(seq)
	if !ok {
		return nil
	}
	written := o.inc.Log[seq-1]
	zone := o.app.now().Location()
	who := e.By.Name
	if e.By.Role != "" {
		who += ", " + o.roleTitle(e.By.Role)
	}
	rows := []entryRow{
		{"what", o.describe(e)},
		{"who", who + " (" + e.By.Via + ")"},
		{"occurred", e.When().In(zone).Format("2006-01-02 15:04:05")},
		{"recorded", e.Recorded.In(zone).Format("2006-01-02 15:04:05.000") + "  " + e.Recorded.UTC().Format(time.RFC3339Nano)},
		{"kind", string(e.Kind) + ", " + string(e.Mode)},
	}
	if by := o.inc.RetractedBy(seq); by != 0 {
		rows = append(rows, entryRow{"RETRACTED", "by entry " + o.brief(by)})
	}
	if by := o.inc.AmendedBy(seq); by != 0 {
		rows = append(rows, entryRow{"AMENDED", "by entry " + o.brief(by)}, entryRow{"as written", o.describe(written)})
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
	if o.keeps(e.Kind) {
		return rows
	}
	return append(rows, entryRow{"data", dataText(written)})
}

func (o *openIncident) brief(seq uint64) string {
	e, _ := o.inc.Entry(seq)
	return fmt.Sprintf("%d, %s, %s: %s", seq, clockTime(e.When(), o.app.now()), e.By.Name, o.describe(e))
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

// chosenEntry is the entry that the timeline or its dialog is on.
func (a *App) chosenEntry() uint64 {
	if d, ok := a.top().(*entryDialog); ok {
		return d.seq
	}
	if t, ok := a.screen().(*timelineScreen); ok {
		return t.at()
	}
	return 0
}

// amendChosen asks for an entry's right text and time.
func amendChosen(a *App) tea.Cmd {
	o, seq := a.incident(), a.chosenEntry()
	e, ok := o.inc.Entry(seq)
	if !ok {
		return nil
	}
	before := map[string]string{"text": textOf(e), "at": e.When().In(a.now().Location()).Format("2006-01-02 15:04:05")}
	return a.show(o.amendPrompt(e, before, before))
}

func (o *openIncident) amendPrompt(e state.Entry, before, values map[string]string) *prompt {
	fields := []*field{
		{id: "text", label: "Text", kind: noteField, hint: "this entry has no text"},
		{id: "at", label: "When it happened", required: true, check: o.app.notPast},
		{id: "why", label: "Why is it corrected?", required: true},
	}
	about := fmt.Sprintf("%s\nThe entry stays as it was written; the correction is a new entry that names it.", o.inc.Describe(e))
	return newPrompt(o.app, fmt.Sprintf("Amend entry %d", e.Seq), about, "amend", fields, values, func(v map[string]string) (string, tea.Cmd) {
		c := state.AmendEntry{Seq: e.Seq, Why: v["why"]}
		if text := v["text"]; text != strings.TrimSpace(widget.NewEdit(before["text"]).Text()) {
			c.Text = &text
		}
		if at, err := o.app.past(v["at"]); err == nil && v["at"] != before["at"] {
			if at.IsZero() { // "now"
				at = o.app.now()
			}
			c.Occurred = &at
		}
		if c.Text == nil && c.Occurred == nil {
			return "Nothing was changed.", nil
		}
		return "", o.do(&saving{action: state.Action{Command: c}, again: func() dialog { return o.amendPrompt(e, before, v) }})
	})
}

// textOf is the part of an entry that a person wrote.
func textOf(e state.Entry) string {
	switch d := e.Data.(type) {
	case *state.NoteAdded:
		return d.Text
	case *state.EvidenceAdded:
		return d.Note
	case *state.ServiceSet:
		return d.Why
	case *state.SeverityChanged:
		return d.Why
	case *state.IncidentClosed:
		return d.Summary
	case *state.StepStarted:
		return d.Note
	case *state.StepDone:
		return d.Note
	case *state.StepConfirmed:
		return d.Note
	case *state.StepFailed:
		return d.Why
	case *state.StepBlocked:
		return d.On
	case *state.StepSkipped:
		return d.Why
	case *state.StepReopened:
		return d.Why
	case *state.StepAnswered:
		return d.Note
	}
	return ""
}

// retractChosen asks why an entry is taken back.
func retractChosen(a *App) tea.Cmd {
	o, seq := a.incident(), a.chosenEntry()
	e, ok := o.inc.Entry(seq)
	if !ok {
		return nil
	}
	return a.show(o.retractPrompt(e, nil))
}

func (o *openIncident) retractPrompt(e state.Entry, values map[string]string) *prompt {
	about := fmt.Sprintf("%s\nIt stays in the log, marked; it no longer counts.", o.inc.Describe(e))
	return newPrompt(o.app, fmt.Sprintf("Retract entry %d", e.Seq), about, "retract",
		[]*field{{id: "why", label: "Why is it taken back?", required: true}}, values, func(v map[string]string) (string, tea.Cmd) {
			return "", o.do(&saving{
				action: state.Action{Command: state.RetractEntry{Seq: e.Seq, Why: v["why"]}},
				again:  func() dialog { return o.retractPrompt(e, v) },
			})
		})
}

// A message is a dialog that only says something.
type message struct {
	app         *App
	title, text string    // raw
	opened      time.Time // when it opened by itself; zero if it was asked for
}

// tell shows a message.
func (a *App) tell(title, text string) tea.Cmd {
	return a.show(&message{app: a, title: title, text: text})
}

func (m *message) scope() scope           { return onConfirm }
func (m *message) update(tea.Msg) tea.Cmd { return nil }
func (m *message) click(_, _ int) tea.Cmd { return nil }
func (m *message) takes() string          { return "close" }

// unseen reports whether the message has only just come up by itself.
func (m *message) unseen(now time.Time) bool { return justOpened(m.opened, now) }

func (m *message) take() tea.Cmd {
	m.app.hide(m)
	return nil
}

func (m *message) view(w, h int) ([]string, *tea.Cursor) {
	body := widget.Wrap(m.text, w-4)
	return widget.Dialog(m.app.theme, m.title, body, m.app.hints(onConfirm, w-4), w, h), nil
}
