package incident

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"time"

	tea "charm.land/bubbletea/v2"

	"muster/runbooks"
	"muster/state"
	"muster/state/clean"
	"muster/state/response"
	"muster/tui/kit"
	"muster/tui/widget"
)

// A Case is an incident as the person before the screens knows it, and may act on it.
type Case struct {
	Outlets
	UI      *kit.UI
	Session Session
	Ctx     context.Context    // ends what is under way when the incident is left
	cancel  context.CancelFunc // cancels Ctx
	Watch   bool               // nothing is recorded from here
	follows bool               // it is a copy: what is recorded here goes nowhere
	copied  state.Copy         // what it follows, as it was read last
	Inc     *state.Incident    // the newest that is known
	Stuck   error              // why an action could not be saved; nothing is saved meanwhile
	notice  string             // why nothing can be recorded; "" if it can
	copies  []*copying         // files on their way beside the log
	reads   []*sending         // branches that are being read, by where they are
	changed error              // what was read from the log is not there any more; nil if it is
	failed  error              // why the log takes nothing, as far as this screen can tell; nil if it does
	parting string             // where the log goes on since a rescue; "" if it is where it was
	Fresh   int                // counts what changes without an entry
}

// Outlets are what an open incident has beside its session.
type Outlets struct {
	World       World          // what can be done outside; nil: nothing can be checked or sent
	Library     Library        // runbooks to attach
	Left        func() tea.Cmd // what follows when the person has left the incident
	Team        Team           // who else is here; nil: nothing is known of that
	Facilitator bool           // the person facilitates every drill, not only their own
}

// A Library has the runbooks that can be attached.
type Library interface {
	// Runbooks lists the library, sorted by title, broken files included.
	Runbooks(ctx context.Context) ([]runbooks.Head, error)
	// Runbook reads one runbook of the library.
	Runbook(ctx context.Context, id string) (*runbooks.Source, error)
}

// IsDrill reports whether the incident is an exercise.
func (c *Case) IsDrill() bool { return c.Inc.Mode == state.Drill }

// Scope implements kit.Scoped.
func (c *Case) Scope() string { return c.Inc.ID }

// look sees whether anything can be recorded.
func (c *Case) look() {
	c.notice, c.changed, c.failed = "", nil, nil
	err := c.Session.Writable()
	var damage *state.Damage
	switch {
	case err == nil:
	case errors.Is(err, state.ErrChanged):
		c.changed = err
		c.notice = changedNotice(c)
	case errors.As(err, &damage) && damage.Newer:
		c.notice = "READ ONLY: this log was written by a newer muster (" + damage.Error() + "). Use that version."
	case errors.As(err, &damage):
		c.notice = "READ ONLY, THE LOG IS DAMAGED: " + damage.Error() + ". Shown is what stands before it; \"muster verify\" says more."
	case c.Watch:
	case errors.Is(err, state.ErrCopy):
		c.notice = "A COPY of " + clean.Bounded(c.copied.Source, 200) + ": nothing is recorded here. " + c.UI.KeyOf("branch") + " goes on in it."
	case errors.Is(err, state.ErrNotSaved):
		c.failed = err
		c.notice = "NOTHING CAN BE SAVED: " + c.UI.KeyOf("notsaved.show") + " shows what to do. (" + strings.TrimPrefix(err.Error(), state.ErrNotSaved.Error()+": ") + ")"
	default:
		c.notice = "READ ONLY: " + err.Error() + "."
	}
	c.notice = clean.Line(c.notice)
}

// Cannot says why nothing can be recorded here; "" if it can. What is recorded while the
// log is changed, or fails, is kept with what could not be saved, for the rescued log.
func (c *Case) Cannot() string {
	switch {
	case c.Inc.Past != nil:
		return c.pastNotice()
	case c.Watch:
		return "Watching only: nothing can be recorded from here."
	case c.notice != "" && !c.keepsBack():
		return c.notice
	}
	return ""
}

// A copying is a file on its way beside the log. Whoever records meanwhile does not
// wait for it.
type copying struct {
	name      string
	done, all atomic.Int64 // bytes
	cancel    context.CancelFunc
	began     time.Time
	moved     time.Time // when seen was first seen; only the screen's
	seen      int64     // bytes that were done when it was last looked at
}

// changedNotice is what the banner says then.
func changedNotice(o *Case) string {
	head, why := changedHead(o), " ("+reasonOf(o.changed)+")"
	if errors.Is(o.changed, state.ErrUnreachable) { // a word or two, which may say it all
		head, why = head+": "+strings.TrimPrefix(reasonOf(o.changed), state.ErrUnreachable.Error()+": "), ""
	}
	return fmt.Sprintf("%s. All %d entries are still here, and what you record is kept here: %s shows how to rescue it.%s",
		head, o.Inc.Head.Seq, o.UI.KeyOf("notsaved.show"), why)
}

// changedHead says in capitals what is known of a log that is not what was read.
func changedHead(o *Case) string {
	if errors.Is(o.changed, state.ErrUnreachable) {
		return "THE LOG CANNOT BE REACHED"
	}
	return "THE LOG WAS CHANGED BY SOMETHING ELSE"
}

// changedMark is that in two words.
func changedMark(o *Case) string {
	if errors.Is(o.changed, state.ErrUnreachable) {
		return " LOG OUT OF REACH"
	}
	return " LOG CHANGED"
}

// isChanged reports whether the log on the disk is not any more what is shown here.
func (c *Case) isChanged() bool { return c.changed != nil }

// keepsBack reports whether what is recorded now stays here until the log takes it.
func (c *Case) keepsBack() bool { return c.Stuck != nil || c.isChanged() || c.failed != nil }

// Rests says why the program records nothing by itself; "" if it does.
func (c *Case) Rests() string {
	if c.keepsBack() {
		return "Something is not saved."
	}
	return c.Cannot()
}

// reasonOf is what was found, without the words that lead to it.
func reasonOf(err error) string {
	text := err.Error()
	if inner := errors.Unwrap(err); inner != nil {
		text = inner.Error()
	}
	return clean.Bounded(text, 300)
}

// Parting says where the log goes on since a rescue to another folder; "" if it is
// where it was. It is for when the screens are gone.
func (c *Case) Parting() string { return c.parting }

// pastMark says in the head as of when the incident is told; "" for now.
func (c *Case) pastMark() string {
	if c.Inc.Past == nil {
		return ""
	}
	return c.Inc.Past.Title(func(t time.Time) string { return t.Format("01-02 15:04:05") })
}

// pastNotice says what that means, and the ways on.
func (c *Case) pastNotice() string {
	p := c.Inc.Past
	if p == nil {
		return ""
	}
	other, out := "as it was by what is known now", "esc"
	if c.UI.ByLine {
		out = c.UI.KeyOf("back")
	}
	if p.AsItWas {
		other = "as it was known then"
	}
	return p.Title(func(t time.Time) string { return t.Format("2006-01-02 15:04:05") }) + ". Nothing is recorded here: " + out + " leads back to now, " + c.UI.KeyOf("past.switch") + " shows it " + other + "."
}

// AsOf is the moment as of which the screens are drawn; the zero time for now.
func (c *Case) AsOf() time.Time {
	if c.Inc.Past == nil {
		return time.Time{}
	}
	return c.Inc.Past.At
}

// name is what the incident is called where there is room for little.
func (c *Case) name() string {
	if c.IsDrill() {
		return "EXERCISE muster " + clean.Line(c.Inc.ID)
	}
	return "muster " + clean.Line(c.Inc.ID)
}

// A sending is a notice on its way out, or something else that somebody far away is to
// answer.
type sending struct {
	by    string // the channel, or where they are
	began time.Time
	end   context.CancelFunc
}

// since is whom somebody waits for, if that takes long, and for how long already.
func (c *Case) since(s *sending) string {
	took := c.UI.Now().Sub(s.began).Truncate(time.Second)
	if took < response.Stalled {
		return ""
	}
	return "waiting for " + widget.Truncate(clean.Line(clean.Bounded(s.by, 80)), 12) + " " + took.String()
}
