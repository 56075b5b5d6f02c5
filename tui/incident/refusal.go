package incident

import (
	"fmt"

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

// refused shows that an action was refused. Where a field of the form that it was typed
// into would help, that form is opened again, with the cursor there; what can be
// overridden is asked about.
func (x *Outbox) refused(s *Saving, refusal *state.Refusal) tea.Cmd {
	if s.Again != nil && !refusal.Overridable {
		d := s.Again()
		if blame(d, refusal) {
			return x.UI.Raise(d)
		}
	}
	return x.UI.Raise(NewRefusal(x, "Not recorded", s, refusal))
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
		return "close"
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
	p := kit.NewPrompt(d.of.UI, "Override", d.refusal.Text+"\nThe override and your reason are in the log.", "override",
		[]*kit.Field{{ID: "why", Label: "Why is it right all the same?", Required: true}}, values, func(v map[string]string) (string, tea.Cmd) {
			s := *d.s
			s.Action.Override = v["why"]
			s.Again = func() kit.Dialog { return d.overridePrompt(v) }
			if s.Via != nil {
				return "", s.Via(&s)
			}
			return "", d.of.Do(&s)
		})
	p.Left = func(map[string]string) { d.Cancel() }
	return p
}

// edit opens the prompt again, as it was.
func (d *refusalDialog) edit() tea.Cmd {
	u := d.of.UI
	u.Hide(d)
	form := d.s.Again()
	blame(form, d.refusal)
	return u.Show(form)
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
	if d.refusal.Hint != "" {
		body = append(body, "")
		add(t.Text, d.refusal.Hint)
	}
	if e, ok := d.of.Inc.Entry(d.refusal.Seq); ok && d.refusal.Seq != 0 {
		body = append(body, "")
		add(t.Dim, fmt.Sprintf("Entry %d, %s, %s: %s", e.Seq, kit.ClockTime(e.When(), d.of.UI.Now()), e.By.Name, clean.Bounded(d.of.Inc.Describe(e), 400)))
	}
	return widget.Dialog(t, d.title, body, d.of.UI.Hints(RefusalPlace(), inner), w, h), nil
}

// A notSavedDialog says, loudly, that actions are not in the log, and keeps them.
type notSavedDialog struct {
	kit.Quiet
	of   *Outbox
	busy bool
}

func newNotSaved(o *Outbox) *notSavedDialog {
	for d := range o.UI.Dialogs {
		if old, ok := d.(*notSavedDialog); ok {
			o.UI.Hide(old)
		}
	}
	return &notSavedDialog{of: o}
}

// Place implements kit.Part.
func (d *notSavedDialog) Place() kit.Place { return NotSavedPlace() }

// Leaves implements Leaver.
func (d *notSavedDialog) Leaves() string { return "hide, and keep them" }

// retry sends the actions again.
func (d *notSavedDialog) retry() tea.Cmd {
	d.of.UI.Hide(d)
	d.of.Stuck = nil
	return d.of.save()
}

// rescued is a log that was written anew, or why it could not be.
type rescued struct {
	of  *Outbox
	inc *state.Incident
	err error
}

func (d *notSavedDialog) rescueHere() tea.Cmd { return d.rescue("") }

func (d *notSavedDialog) rescue(dir string) tea.Cmd {
	if d.busy {
		return nil
	}
	d.busy = true
	session, ctx, o := d.of.Session, d.of.Ctx, d.of
	return func() tea.Msg {
		inc, err := session.Rescue(ctx, dir)
		return rescued{o, inc, err}
	}
}

// Deliver goes on with what was not saved, in the rescued log.
func (m rescued) Deliver() tea.Cmd {
	o := m.of
	for d := range o.UI.Dialogs {
		if d, ok := d.(*notSavedDialog); ok && d.of == o {
			d.busy = false
			if m.err == nil {
				o.UI.Hide(d)
			}
		}
	}
	if m.err != nil {
		o.Stuck = m.err
		return nil
	}
	o.Stuck = nil
	news := o.adopt(m.inc)
	o.look()
	return tea.Batch(news, movedTo(o), o.save())
}

func (d *notSavedDialog) rescueElsewhere() tea.Cmd {
	p := kit.NewPrompt(d.of.UI, "Rescue the log to another folder", "A whole new log is written there, with its evidence, and the incident goes on in it. Take another disk than the one that failed. The folder is a --state of its own from then on.", "rescue",
		[]*kit.Field{{ID: "dir", Label: "Folder", Kind: kit.PathField, Required: true}}, nil, func(v map[string]string) (string, tea.Cmd) {
			return "", d.rescue(kit.ExpandHome(v["dir"], ""))
		})
	return d.of.UI.Show(p)
}

// View implements kit.Part.
func (d *notSavedDialog) View(w, h int) ([]string, *tea.Cursor) {
	t, o := d.of.UI.Theme, d.of
	inner := w - 4
	body := d.whatFor(inner)
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
	for _, line := range widget.Wrap(d.advice(), inner) {
		body = append(body, t.Dim.Render(line))
	}
	if d.busy {
		body = append(body, t.Warn.Render("rescuing"+t.Glyphs.Saving))
	}
	return widget.Dialog(t, "NOT SAVED", body, o.UI.Hints(NotSavedPlace(), inner), w, h), nil
}

// whatFor is the dialog's head: what is not saved, and why.
func (d *notSavedDialog) whatFor(inner int) []string {
	t, o := d.of.UI.Theme, d.of
	head, why := " NOT SAVED: "+kit.Plural(len(o.queue), "action")+" that may not be in the log", o.Stuck
	if o.isChanged() {
		why = o.changed
		if len(o.queue) == 0 {
			head = " THE LOG WAS CHANGED: what was saved is not there any more"
		}
	}
	body := []string{t.Error.Render(widget.Pad(t.Glyphs.Unsaved+head, inner))}
	if why != nil {
		for _, line := range widget.Wrap(clean.Bounded(why.Error(), 1000), inner) {
			body = append(body, t.Bad.Render(line))
		}
	}
	return append(body, "")
}

// advice says what becomes of what is not saved, and what to do.
func (d *notSavedDialog) advice() string {
	if d.of.isChanged() {
		return changedAdvice(d.of)
	}
	return "They are kept here until they are saved. If the disk is full or gone, rescue the log: everything acknowledged is written anew, and these actions after it."
}

// say says in words what an unsaved action would have recorded.
func (x *Outbox) say(s *Saving) string {
	e, err := state.Decide(x.Inc, s.Action, x.stamp())
	if err != nil {
		return fmt.Sprintf("%T%+v", s.Action.Command, s.Action.Command) // whatever it is, its words are in it
	}
	return x.Inc.Describe(e)
}

// stamp is what an entry of this person would carry now.
func (x *Outbox) stamp() state.Stamp {
	return state.Stamp{By: state.Actor{Name: x.UI.Person, Via: "local"}, Recorded: x.UI.Now(), Zone: x.UI.Now().Format("-07:00")}
}

// newLeaveUnsaved asks before unsaved actions are let go.
func newLeaveUnsaved(o *Outbox) kit.Dialog {
	if o.isChanged() {
		return newLeaveChanged(o)
	}
	return &kit.Confirm{
		UI: o.UI, Title: "NOT SAVED", Yes: "end and lose them", Leaves: true,
		About: kit.Plural(len(o.queue), "action") + " could not be saved and would be lost. Try again or rescue the log first.",
		Do:    o.UI.Leave,
	}
}

// allSaved says that everything is saved; "" if it is not.
func (x *Outbox) allSaved() string {
	if x.Stuck == nil && !x.isChanged() {
		return "Everything is saved."
	}
	return ""
}

// showNotSaved shows what could not be saved. It was asked for, so it takes keys at
// once.
func (x *Outbox) showNotSaved() tea.Cmd {
	return x.UI.Show(newNotSaved(x))
}

// noneWaits says that nothing waits for a text field to be left, and all is saved; ""
// if it does, or is not.
func (x *Outbox) noneWaits() string {
	if x.UI.Waits() {
		return ""
	}
	return x.allSaved()
}

// showWaiting opens, over a text field, what waits for it to be left, or what could
// not be saved.
func (x *Outbox) showWaiting() tea.Cmd {
	if x.UI.ShowWaiting() {
		return nil
	}
	return x.showNotSaved()
}
