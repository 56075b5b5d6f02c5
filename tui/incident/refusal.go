package incident

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"muster/state"
	"muster/state/clean"
	"muster/tui/kit"
	"muster/tui/widget"
)

// A refusalDialog says why an action was refused, and what to do.
type refusalDialog struct {
	kit.Quiet
	of      *Outbox
	s       *Saving
	refusal *state.Refusal
	title   string
}

// NewRefusal makes the dialog that says why an action was refused, and offers to
// override the refusal, or to change what was typed.
func NewRefusal(o *Outbox, title string, s *Saving, refusal *state.Refusal) kit.Dialog {
	return &refusalDialog{of: o, s: s, refusal: refusal, title: title}
}

// blame says in the form that was refused, at the field that would help, why it was.
// False if it has no such field.
func blame(d kit.Dialog, refusal *state.Refusal) bool {
	p, ok := d.(*kit.Prompt)
	return ok && p.Refuse(refusal.Field, "Not recorded. "+refusal.Text+" "+refusal.Hint)
}

// Cancel implements kit.Canceler: what was typed is kept for the next time.
func (d *refusalDialog) Cancel() tea.Cmd {
	if d.s.Again == nil {
		return nil
	}
	form := d.s.Again()
	blame(form, d.refusal)
	if form, ok := form.(kit.Canceler); ok {
		return form.Cancel()
	}
	return nil
}

// Place implements kit.Part.
func (d *refusalDialog) Place() kit.Place { return RefusalPlace() }

// Leaves implements Leaver: without anything typed enter does the same, and says so.
func (d *refusalDialog) Leaves() string {
	if d.cannotEdit() == "" {
		return "leave it" // and not "close": what was refused may be the closing
	}
	return ""
}

// shut closes a dialog. A refusal leads back to what was typed: it must not be lost
// by the key that took it.
func shut(u *kit.UI) tea.Cmd {
	if d, ok := u.Top().(*refusalDialog); ok && d.cannotEdit() == "" {
		return d.edit()
	}
	return u.Cancel()
}

func shutLabel(u *kit.UI) string {
	if d, ok := u.Top().(*refusalDialog); ok && d.cannotEdit() == "" {
		return "back to the form"
	}
	return "close"
}

func (d *refusalDialog) cannotOverride() string {
	if !d.refusal.Overridable {
		return "This cannot be overridden: it would not be true."
	}
	return ""
}

func (d *refusalDialog) cannotEdit() string {
	if d.s.Again == nil {
		return "Nothing was typed."
	}
	return ""
}

// override asks why the refusal does not hold, and does the action all the same.
func (d *refusalDialog) override() tea.Cmd {
	u := d.of.UI
	u.Hide(d)
	return u.Show(d.overridePrompt(nil))
}

func (d *refusalDialog) overridePrompt(values map[string]string) *kit.Prompt {
	if values == nil && !d.s.Action.Occurred.IsZero() {
		values = map[string]string{"when": kit.Typed(d.of.UI, d.s.Action.Occurred)}
	}
	fields := append([]*kit.Field{{ID: "why", Label: "Why is it right all the same?", Required: true}}, d.of.actFields()...)
	if c := d.s.Action.Command; c != nil && state.FacilitatorCommand(c) {
		fields = slices.Delete(fields, 1, 2) // it is done now, at no other time
	}
	p := kit.NewPrompt(d.of.UI, "Override", d.refusal.Whole()+"\nThe override and your reason are in the log.", "override",
		fields, d.of.acting(values), func(v map[string]string) (string, tea.Cmd) {
			s := *d.s
			action, err := d.of.acted(v, s.Action)
			if err != nil {
				return err.Error(), nil
			}
			s.Action = action
			s.Action.Override = v["why"]
			s.Again = func() kit.Dialog { return d.overridePrompt(v) }
			if s.Via != nil {
				return "", s.Via(&s)
			}
			return "", d.of.Do(&s)
		})
	p.Left = func(map[string]string) { d.Cancel() }
	return p.Draft("Override: " + d.refusal.Text)
}

// edit opens the prompt again, as it was.
func (d *refusalDialog) edit() tea.Cmd {
	u := d.of.UI
	u.Hide(d)
	form := d.s.Again()
	blame(form, d.refusal)
	return u.Show(form)
}

// hints are what can be done about it, each once: in words, and then by which keys.
func (d *refusalDialog) hints() (all []string) {
	add := func(hint string) {
		if hint != "" && !slices.Contains(all, hint) {
			all = append(all, hint)
		}
	}
	for _, r := range d.refusal.All() {
		add(r.Hint)
	}
	for _, r := range d.refusal.All() {
		for _, act := range r.Acts {
			add(d.of.howTo(act))
		}
		if r.Reason == state.SamePerson { // who is asked may stand at this very terminal
			add(fmt.Sprintf("%s, then %s: %s", d.of.closing(), d.of.UI.KeyOf("who"), d.of.UI.Keys.Action("who").Title))
		}
	}
	return all
}

// View implements kit.Part.
func (d *refusalDialog) View(w, h int) ([]string, *tea.Cursor) {
	t := d.of.UI.Theme
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
	if hints := d.hints(); len(hints) > 0 {
		body = append(body, "")
		for _, hint := range hints {
			add(t.Text, hint)
		}
	}
	if e, ok := d.of.Inc.Entry(d.refusal.Seq); ok && d.refusal.Seq != 0 {
		body = append(body, "")
		add(t.Dim, fmt.Sprintf("Entry %d, %s, %s: %s", e.Seq, kit.ClockTime(e.When(), d.of.UI.Now()), e.By.Name, clean.Bounded(d.of.Says(e), 400)))
	}
	return widget.Dialog(t, d.title, body, d.of.UI.Hints(RefusalPlace(), inner), w, h), nil
}

// RefusalPlace is where an action was refused.
func RefusalPlace() kit.Place { return kit.Place{Name: "refusal", Is: kit.Over | kit.Shut} }
