package tui

import (
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"muster/state"
	"muster/state/clean"
	"muster/tui/widget"
)

// A refusalDialog says why an action was refused, and what to do.
type refusalDialog struct {
	of      *openIncident
	s       *saving
	refusal *state.Refusal
	opened  time.Time
	title   string
}

func newRefusal(o *openIncident, s *saving, refusal *state.Refusal) *refusalDialog {
	return &refusalDialog{of: o, s: s, refusal: refusal, opened: o.ui.Now(), title: "Not recorded"}
}

func (d *refusalDialog) Place() Place { return refusalPlace() }

// Leaves implements Leaver: enter does the same, and says so.
func (d *refusalDialog) Leaves() string { return "" }

func (d *refusalDialog) Update(tea.Msg) tea.Cmd { return nil }
func (d *refusalDialog) Click(_, _ int) tea.Cmd { return nil }

// unseen reports whether the dialog has only just opened.
func (d *refusalDialog) Unseen(now time.Time) bool { return JustOpened(d.opened, now) }

func (d *refusalDialog) cannotOverride() string {
	if !d.refusal.Overridable {
		return "This cannot be overridden: it would not be true."
	}
	return ""
}

func (d *refusalDialog) cannotEdit() string {
	if d.s.again == nil {
		return "Nothing was typed."
	}
	return ""
}

// override asks why the refusal does not hold, and does the action all the same.
func (d *refusalDialog) override() tea.Cmd {
	u := d.of.ui
	u.Hide(d)
	return u.Show(d.overridePrompt(nil))
}

func (d *refusalDialog) overridePrompt(values map[string]string) *prompt {
	return newPrompt(d.of.ui, "Override", d.refusal.Text+"\nThe override and your reason are in the log.", "override",
		[]*field{{id: "why", label: "Why is it right all the same?", required: true}}, values, func(v map[string]string) (string, tea.Cmd) {
			s := *d.s
			s.action.Override = v["why"]
			s.again = func() Dialog { return d.overridePrompt(v) }
			if s.via != nil {
				return "", s.via(&s)
			}
			return "", d.of.do(&s)
		})
}

// edit opens the prompt again, as it was.
func (d *refusalDialog) edit() tea.Cmd {
	u := d.of.ui
	u.Hide(d)
	return u.Show(d.s.again())
}

func (d *refusalDialog) View(w, h int) ([]string, *tea.Cursor) {
	t := d.of.ui.Theme
	w = min(w, 72)
	inner := w - 4
	var body []string
	add := func(style widget.Style, text string) {
		for _, line := range widget.Wrap(text, inner) {
			body = append(body, style.Render(line))
		}
	}
	add(t.Error, d.refusal.Text)
	for _, also := range d.refusal.Also {
		add(t.Error, also.Text)
	}
	if d.refusal.Hint != "" {
		body = append(body, "")
		add(t.Text, d.refusal.Hint)
	}
	if e, ok := d.of.inc.Entry(d.refusal.Seq); ok && d.refusal.Seq != 0 {
		body = append(body, "")
		add(t.Dim, fmt.Sprintf("Entry %d, %s, %s: %s", e.Seq, clockTime(e.When(), d.of.ui.Now()), e.By.Name, clean.Bounded(d.of.inc.Describe(e), 400)))
	}
	return widget.Dialog(t, d.title, body, d.of.ui.Hints(refusalPlace(), inner), w, h), nil
}

// A notSavedDialog says, loudly, that actions are not in the log, and keeps them.
type notSavedDialog struct {
	of     *openIncident
	opened time.Time
	busy   bool
}

func newNotSaved(o *openIncident) *notSavedDialog {
	for d := range o.ui.Dialogs {
		if old, ok := d.(*notSavedDialog); ok {
			o.ui.Hide(old)
		}
	}
	return &notSavedDialog{of: o, opened: o.ui.Now()}
}

func (d *notSavedDialog) Place() Place { return notSavedPlace() }

// Leaves implements Leaver.
func (d *notSavedDialog) Leaves() string { return "hide, and keep them" }

func (d *notSavedDialog) Update(tea.Msg) tea.Cmd { return nil }
func (d *notSavedDialog) Click(_, _ int) tea.Cmd { return nil }

func (d *notSavedDialog) Unseen(now time.Time) bool { return JustOpened(d.opened, now) }

// retry sends the actions again.
func (d *notSavedDialog) retry() tea.Cmd {
	d.of.ui.Hide(d)
	d.of.stuck = nil
	return d.of.save()
}

// rescued is a log that was written anew, or why it could not be.
type rescued struct {
	of  *openIncident
	inc *state.Incident
	err error
}

func (d *notSavedDialog) rescueHere() tea.Cmd { return d.rescue("") }

func (d *notSavedDialog) rescue(dir string) tea.Cmd {
	if d.busy {
		return nil
	}
	d.busy = true
	session, ctx, o := d.of.session, d.of.ctx, d.of
	return func() tea.Msg {
		inc, err := session.Rescue(ctx, dir)
		return rescued{o, inc, err}
	}
}

// deliver goes on with what was not saved, in the rescued log.
func (m rescued) Deliver() tea.Cmd {
	o := m.of
	for d := range o.ui.Dialogs {
		if d, ok := d.(*notSavedDialog); ok && d.of == o {
			d.busy = false
			if m.err == nil {
				o.ui.Hide(d)
			}
		}
	}
	if m.err != nil {
		o.stuck = m.err
		return nil
	}
	o.stuck = nil
	news := o.adopt(m.inc)
	o.look()
	return tea.Batch(news, o.save())
}

func (d *notSavedDialog) rescueElsewhere() tea.Cmd {
	p := newPrompt(d.of.ui, "Rescue the log to another folder", "A whole new log is written there, and the incident goes on in it. Take another disk than the one that failed.", "rescue",
		[]*field{{id: "dir", label: "Folder", kind: pathField, required: true}}, nil, func(v map[string]string) (string, tea.Cmd) {
			return "", d.rescue(expandHome(v["dir"], ""))
		})
	return d.of.ui.Show(p)
}

func (d *notSavedDialog) View(w, h int) ([]string, *tea.Cursor) {
	t, o := d.of.ui.Theme, d.of
	inner := w - 4
	body := []string{t.Error.Render(widget.Pad(t.Glyphs.Unsaved+" NOT SAVED: "+plural(len(o.queue), "action")+" that may not be in the log", inner))}
	if o.stuck != nil {
		for _, line := range widget.Wrap(o.stuck.Error(), inner) {
			body = append(body, t.Bad.Render(line))
		}
	}
	body = append(body, "")
	for i, s := range o.queue {
		if i == 8 {
			body = append(body, fmt.Sprintf("  and %d more", len(o.queue)-i))
			break
		}
		for _, line := range widget.Wrap(t.Glyphs.Bullet+" "+clean.Bounded(o.say(s), 240), inner-2) {
			body = append(body, "  "+line)
		}
	}
	body = append(body, "")
	for _, line := range widget.Wrap("They are kept here until they are saved. If the disk is full or gone, rescue the log: everything acknowledged is written anew, and these actions after it.", inner) {
		body = append(body, t.Dim.Render(line))
	}
	if d.busy {
		body = append(body, t.Warn.Render("rescuing"+t.Glyphs.Saving))
	}
	return widget.Dialog(t, "NOT SAVED", body, o.ui.Hints(notSavedPlace(), inner), w, h), nil
}

// say says in words what an unsaved action would have recorded.
func (o *openIncident) say(s *saving) string {
	e, err := state.Decide(o.inc, s.action, o.stamp())
	if err != nil {
		return fmt.Sprintf("%T", s.action.Command)
	}
	return o.inc.Describe(e)
}

// stamp is what an entry of this person would carry now.
func (o *openIncident) stamp() state.Stamp {
	return state.Stamp{By: state.Actor{Name: o.ui.Person, Via: "local"}, Recorded: o.ui.Now(), Zone: o.ui.Now().Format("-07:00")}
}

// newLeaveUnsaved asks before unsaved actions are let go.
func newLeaveUnsaved(o *openIncident) Dialog {
	return &Confirm{
		UI: o.ui, Title: "NOT SAVED", Yes: "end and lose them", Leaves: true,
		About: plural(len(o.queue), "action") + " could not be saved and would be lost. Try again or rescue the log first.",
		Do:    o.ui.Leave,
	}
}

// allSaved says that everything is saved; "" if it is not.
func (o *openIncident) allSaved() string {
	if o.stuck == nil {
		return "Everything is saved."
	}
	return ""
}

// showNotSaved shows what could not be saved. It was asked for, so it takes keys at
// once.
func (o *openIncident) showNotSaved() tea.Cmd {
	d := newNotSaved(o)
	d.opened = time.Time{}
	return o.ui.Show(d)
}
