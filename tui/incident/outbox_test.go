package incident

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"muster/state"
)

// TestOneSaveAtATime: a log that is put right while it is rescued has two things that carry
// on with what could not be saved; it is carried into the log once.
func TestOneSaveAtATime(t *testing.T) {
	o := desked(t, 80, 24)
	o.queue = []*Saving{{Action: state.Action{Command: state.AddNote{Text: "the mail is back"}}}}
	o.Stuck, o.shows = errors.New("full"), o.adopt
	if first := o.retryAll(); first == nil {
		t.Fatal("nothing is tried again")
	}
	if second := o.save(); second != nil {
		t.Error("it is on its way twice")
	}
	saved{of: o.Outbox, first: o.queue[0], err: state.ErrTooLong}.Deliver()
	if len(o.queue) != 0 || o.saving {
		t.Errorf("%d are left", len(o.queue))
	}
}

// A failing session has a log that takes nothing.
type failing struct{ Session }

func (failing) Writable() error {
	return fmt.Errorf("%w: the torn end of the log could not be mended: no space left on device", state.ErrNotSaved)
}

// TestALogThatFails: of a log that fails while others write in it, it is not said that all is
// saved; what is recorded is kept here, and the way to rescue it is shown.
func TestALogThatFails(t *testing.T) {
	o := desked(t, 100, 24)
	o.Session = failing{}
	o.look()
	if why := o.Cannot(); why != "" {
		t.Errorf("nothing is taken: %s", why)
	}
	if said := o.allSaved(); said != "" {
		t.Errorf("it is said that %s", said)
	}
	if got := o.saveState(); got != "!! CANNOT SAVE" {
		t.Errorf("the head says %q", got)
	}
	if o.Rests() == "" {
		t.Error("the program records by itself")
	}
	d := &notSavedDialog{of: o.Outbox}
	if said := strings.Join(d.whatFor(200), "\n") + d.advice(); !strings.Contains(said, "NOTHING CAN BE SAVED") || !strings.Contains(said, "no space left") || !strings.Contains(said, "make room") {
		t.Errorf("the dialog says %s", said)
	}
}

// TestKeptBackIsTold: what waits for the log to take it is told in words, to be kept when the
// line breaks; what is on its way is not.
func TestKeptBackIsTold(t *testing.T) {
	o := desked(t, 80, 24)
	o.queue = []*Saving{{Action: state.Action{Command: state.AddNote{Text: "the mail is back"}}}, {Action: state.Action{Command: state.AddNote{Text: "and the web"}}}}
	if lines := KeptBack(o); len(lines) != 0 {
		t.Errorf("what is on its way is told as kept: %q", lines)
	}
	o.Stuck = errors.New("full")
	lines := KeptBack(o)
	if len(lines) != 2 || !strings.Contains(lines[0], "the mail is back") || !strings.Contains(lines[1], "and the web") {
		t.Errorf("it is told %q", lines)
	}
}
