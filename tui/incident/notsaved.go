package incident

import (
	"errors"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"muster/state"
	"muster/state/clean"
	"muster/tui/kit"
	"muster/tui/widget"
)

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

// NotSavedPlace is where an action could not be saved.
func NotSavedPlace() kit.Place { return kit.Place{Name: "not saved", Is: kit.Over | kit.Alarm} }

// rescued is a log that was written anew, or why it could not be.
type rescued struct {
	of  *Outbox
	inc *state.Incident
	err error
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
	news := o.shows(m.inc)
	o.look()
	return tea.Batch(news, movedTo(o), o.save())
}

// say says in words what an unsaved action would have recorded.
func (x *Outbox) say(s *Saving) string {
	e, err := state.Decide(x.Inc, s.Action, x.stamp())
	if err != nil {
		return fmt.Sprintf("%T%+v", s.Action.Command, s.Action.Command) // whatever it is, its words are in it
	}
	return x.Says(e)
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
	if !x.keepsBack() {
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

// hideNotSaved takes away the dialog about what was not saved.
func hideNotSaved(o *Outbox) {
	for d := range o.UI.Dialogs {
		if d, ok := d.(*notSavedDialog); ok && d.of == o {
			o.UI.Hide(d)
		}
	}
}

// seeChange says at once, and once, that the log was changed, and takes it back when
// it was put right.
func seeChange(o *Outbox, was bool) tea.Cmd {
	switch {
	case o.isChanged() && !was:
		o.UI.Stay()
		return o.UI.Raise(newNotSaved(o))
	case was && !o.isChanged():
		// What was recorded meanwhile goes into it, and says if it still does not.
		hideNotSaved(o)
		if o.Stuck != nil {
			return o.retryAll()
		}
	}
	return nil
}

// retryAll tries again to save what could not be saved.
func (x *Outbox) retryAll() tea.Cmd {
	x.Stuck = nil
	return x.save()
}

// Place implements kit.Part.
func (d *notSavedDialog) Place() kit.Place { return NotSavedPlace() }

// Leaves implements Leaver.
func (d *notSavedDialog) Leaves() string { return "hide, and keep them" }

// retry sends the actions again.
func (d *notSavedDialog) retry() tea.Cmd {
	d.of.UI.Hide(d)
	return d.of.retryAll()
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
	if len(o.queue) > 0 {
		body = append(body, "")
	}
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
	if why == nil {
		why = o.failed
	}
	if o.failed != nil && len(o.queue) == 0 {
		head = " NOTHING CAN BE SAVED; what was saved is safe"
	}
	also := ""
	if o.isChanged() {
		why = o.changed
		if len(o.queue) == 0 {
			head = " THE LOG WAS CHANGED: what was saved is not there any more"
			if errors.Is(why, state.ErrUnreachable) {
				head = " " + changedHead(o.Case) + ": whether what was saved is there cannot be seen"
			}
		}
		if o.Stuck != nil && !errors.Is(o.Stuck, state.ErrChanged) {
			also = o.Stuck.Error() // a rescue that failed
		}
	}
	body := []string{t.Error.Render(widget.Pad(t.Glyphs.Unsaved+head, inner))}
	if why != nil {
		for _, line := range widget.Wrap(strings.TrimSpace(clean.Passage(why.Error())), inner) {
			body = append(body, t.Bad.Render(line))
		}
	}
	if also != "" {
		for _, line := range widget.Wrap(strings.TrimSpace(clean.Passage(also)), inner) {
			body = append(body, t.Error.Render(line))
		}
	}
	return append(body, "")
}

// advice says what becomes of what is not saved, and what to do.
func (d *notSavedDialog) advice() string {
	if d.of.isChanged() {
		return changedAdvice(d.of)
	}
	if len(d.of.queue) == 0 {
		return "What you record is kept here until it can be saved. If the disk is full or gone, make room and rescue the log here, or rescue it to another folder: everything acknowledged is written anew."
	}
	return "They are kept here until they are saved. If the disk is full or gone, rescue the log: everything acknowledged is written anew, and these actions after it."
}
