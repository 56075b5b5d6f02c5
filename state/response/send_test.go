package response_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"muster/state"
	"muster/state/response"
)

// drafted is an incident with a notice that can be sent, and a world with its channel.
func drafted(t *testing.T, mode state.Mode) (*ledger, *world) {
	l := open(t, mode)
	l.do(t, state.SetService{Service: "gisis", State: state.Affected, Why: "seen"})
	l.do(t, state.DraftNotice{Notice: "staff", Text: "GISIS is hit.", Claims: []state.Claim{{Service: "gisis", State: state.Affected}}})
	return l, &world{channels: []state.Channel{{Name: "mail", Kind: "smtp"}, {Name: "Website", Kind: "slack"}}}
}

// send sends a notice as every surface does, without asking anybody anything.
func send(t *testing.T, l *ledger, w *world, what state.SendNotice, override string) (*response.Left, error) {
	t.Helper()
	action, err := response.PrepareSend(l.inc, w, what, override, l.who())
	if err != nil {
		return nil, err
	}
	action, inc, err := response.Begin(t.Context(), l, action)
	if err != nil {
		return nil, err
	}
	left := response.Leave(t.Context(), w, inc, action)
	_, err = left.Record(t.Context(), l)
	return left, err
}

// TestSend: what is recorded of a sending, whatever becomes of it.
func TestSend(t *testing.T) {
	regress := func(l *ledger) func() {
		return func() {
			if _, err := l.Do(context.Background(), state.Action{Command: state.SetService{Service: "gisis", State: state.Unaffected, Why: "a mistake"}}); err != nil {
				panic(err)
			}
		}
	}
	for _, c := range []struct {
		name string
		mode state.Mode
		what state.SendNotice
		bend func(*testing.T, *ledger, *world)
		want string // the last entry, or the error after "!"
		sent int
	}{
		{name: "by its own channel", want: "sent To the staff, version 1, by mail to everybody", sent: 1},
		{name: "by another, whatever the case", what: state.SendNotice{Channel: "WEBSITE"}, want: "by Website to everybody", sent: 1},
		{name: "to somebody", what: state.SendNotice{To: "the board"}, want: "by mail to the board", sent: 1},
		{name: "an old version", what: state.SendNotice{Version: 1}, bend: func(t *testing.T, l *ledger, _ *world) {
			l.do(t, state.DraftNotice{Notice: "staff", Text: "Newer."})
		}, want: "!not its last one"},
		{name: "no such channel", what: state.SendNotice{Channel: "pigeon"}, want: "!There is no such channel."},
		{name: "no such notice", what: state.SendNotice{Notice: "moon", Channel: "mail"}, want: "!moon"},
		{name: "no channel", what: state.SendNotice{Notice: "press"}, want: "!The channel is missing."},
		{name: "a channel that is set wrong", bend: func(_ *testing.T, _ *ledger, w *world) { w.wrong = errors.New("url is missing") }, want: "!url is missing"},
		{name: "blanks", bend: func(t *testing.T, l *ledger, _ *world) {
			l.do(t, state.DraftNotice{Notice: "staff", Text: "«org» is hit."})
		}, want: "!The text has blanks: «org»."},

		{name: "a drill", mode: state.Drill, want: "would have sent To the staff, version 1, by mail"},
		{name: "a drill, a channel that is set wrong", mode: state.Drill, bend: func(_ *testing.T, _ *ledger, w *world) { w.wrong = errors.New("url is missing") }, want: "!url is missing"},
		{name: "a drill, a text too long", mode: state.Drill, bend: func(_ *testing.T, _ *ledger, w *world) { w.send = lost{} }, want: "could not send"},

		{name: "it fails", bend: func(_ *testing.T, _ *ledger, w *world) { w.send = lost{} }, want: "HTTP 503"},
		{name: "it may have arrived", bend: func(_ *testing.T, _ *ledger, w *world) { w.send = fmt.Errorf("on the way: %w", lost{true}) }, want: "HTTP 503; it may have arrived all the same"},
		{name: "it fails for another reason", bend: func(_ *testing.T, _ *ledger, w *world) { w.send = errors.New(strings.Repeat("x", 5000)) }, want: "xxx"},

		{name: "something changed meanwhile", bend: func(_ *testing.T, l *ledger, w *world) { w.while = regress(l) },
			want: `it had left when this became known: It says that GISIS is affected`, sent: 1},
		{name: "drafted anew meanwhile", bend: func(t *testing.T, l *ledger, w *world) {
			w.while = func() { l.do(t, state.DraftNotice{Notice: "staff", Text: "Newer."}) }
		}, want: "sent To the staff, version 1, by mail to everybody", sent: 1},
		{name: "closed meanwhile", bend: func(t *testing.T, l *ledger, w *world) {
			w.while = func() {
				if _, err := l.Do(t.Context(), state.Action{Command: state.CloseIncident{Summary: "over"}, Override: "all is well"}); err != nil {
					t.Fatal(err)
				}
			}
		}, want: "was sent by mail, and could not be recorded as sent: The incident was closed", sent: 1},
		{name: "closed meanwhile, and it failed", bend: func(t *testing.T, l *ledger, w *world) {
			w.send = lost{}
			w.while = func() {
				if _, err := l.Do(t.Context(), state.Action{Command: state.CloseIncident{Summary: "over"}, Override: "all is well"}); err != nil {
					t.Fatal(err)
				}
			}
		}, want: "was NOT sent by mail: HTTP 503. That could not be recorded as such: The incident was closed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			mode := c.mode
			if mode == "" {
				mode = state.Live
			}
			l, w := drafted(t, mode)
			if c.bend != nil {
				c.bend(t, l, w)
			}
			if c.what.Notice == "" {
				c.what.Notice = "staff"
			}
			before := l.inc.Head.Seq
			_, err := send(t, l, w, c.what, "")
			if wrong, bad := strings.CutPrefix(c.want, "!"); bad {
				if err == nil || !strings.Contains(err.Error(), wrong) || l.inc.Head.Seq != before {
					t.Errorf("%v; want %q, and nothing recorded", err, wrong)
				}
			} else if err != nil || !strings.Contains(l.last(), c.want) {
				t.Errorf("%q, %v; want %q", l.last(), err, c.want)
			}
			if len(w.sent) != c.sent {
				t.Errorf("sent %d times", len(w.sent))
			}
		})
	}
}

// last is the last entry in words, with what was overridden.
func (l *ledger) last() string {
	e := l.inc.Log[len(l.inc.Log)-1]
	text := l.said()
	if e.Override != nil {
		text += ": " + e.Override.Why
	}
	return text
}

// TestHowItWent: case A2. How a notice went out is the channel's word, and by hand is
// "by hand".
func TestHowItWent(t *testing.T) {
	l, w := drafted(t, state.Live)
	if _, err := send(t, l, w, state.SendNotice{Notice: "staff", Channel: "website", How: "by carrier pigeon"}, ""); err != nil {
		t.Fatal(err)
	}
	sent := l.inc.Log[len(l.inc.Log)-1].Data.(*state.NoticeSent)
	if sent.How != "slack webhook" || sent.Channel != "Website" {
		t.Errorf("%+v", sent)
	}
	for channel, want := range map[string]string{"": "mail", "telephone": "telephone"} {
		action, err := response.PrepareByHand(l.inc, state.SendNotice{Notice: "staff", Channel: channel}, state.Action{Occurred: morning}, l.who())
		if err != nil {
			t.Fatal(err)
		}
		c := action.Command.(state.SendNotice)
		if c.How != response.ByHand || c.Channel != want || c.Version != 1 || !action.Occurred.Equal(morning) {
			t.Errorf("%+v", action)
		}
	}
	l.do(t, state.DraftNotice{Notice: "press", Text: "Hm."})
	action, err := response.PrepareByHand(l.inc, state.SendNotice{Notice: "press"}, state.Action{}, l.who())
	if c, _ := action.Command.(state.SendNotice); err != nil || c.Channel != response.ByHand {
		t.Errorf("%+v, %v", action, err)
	}
}

// TestSendOverridden: a refusal that can be overridden is answered with a reason, and
// the reason is the person's, also if more becomes known on the way.
func TestSendOverridden(t *testing.T) {
	l, w := drafted(t, state.Live)
	l.do(t, state.DraftNotice{Notice: "staff", Text: "«org» is hit.", Claims: []state.Claim{{Service: "gisis", State: state.Affected}}})
	_, err := send(t, l, w, state.SendNotice{Notice: "staff"}, "")
	var refusal *state.Refusal
	if !errors.As(err, &refusal) || !refusal.Overridable {
		t.Fatal(err)
	}
	w.while = func() { l.do(t, state.SetService{Service: "gisis", State: state.Unaffected, Why: "a mistake"}) }
	left, err := send(t, l, w, state.SendNotice{Notice: "staff"}, "they know who we are")
	if err != nil || left.Changed != nil || len(w.sent) != 1 {
		t.Fatalf("%+v, %v", left, err)
	}
	if over := l.inc.Log[len(l.inc.Log)-1].Override; over == nil || over.Why != "they know who we are" || len(over.Of) != 2 {
		t.Errorf("%+v", over)
	}
}

// TestRecordAgain: what could not be saved is recorded by the next try, once, and as
// what it was; and the end of the caller's patience does not stop it.
func TestRecordAgain(t *testing.T) {
	l, w := drafted(t, state.Live)
	w.while = func() { l.do(t, state.SetService{Service: "gisis", State: state.Unaffected, Why: "a mistake"}) }
	begin := func(override string) state.Action {
		action, err := response.PrepareSend(l.inc, w, state.SendNotice{Notice: "staff"}, override, l.who())
		if err != nil {
			t.Fatal(err)
		}
		if action, _, err = response.Begin(t.Context(), l, action); err != nil {
			t.Fatal(err)
		}
		return action
	}
	left := response.Leave(t.Context(), w, l.inc, begin(""))
	l.fails = []error{nil, state.ErrNotSaved, state.ErrNotSaved} // the refusal; the override; again
	before := l.inc.Head.Seq
	for range 2 {
		if _, err := left.Record(t.Context(), l); !errors.Is(err, state.ErrNotSaved) {
			t.Fatal(err)
		}
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := left.Record(gone, l); err != nil {
		t.Fatal(err)
	}
	if l.inc.Head.Seq != before+1 || left.Changed == nil || !strings.HasPrefix(l.last(), "sent To the staff") {
		t.Errorf("%d entries; %s", l.inc.Head.Seq-before, l.last())
	}

	left = response.Leave(t.Context(), &world{channels: w.channels, send: lost{}}, l.inc, begin("once more"))
	l.fails = []error{state.ErrTooLong, state.ErrNotSaved}
	if _, err := left.Record(t.Context(), l); !errors.Is(err, state.ErrNotSaved) {
		t.Fatal(err)
	}
	if _, err := left.Record(t.Context(), l); err != nil || left.Noted == nil || !strings.Contains(l.last(), "was NOT sent by mail: HTTP 503") {
		t.Errorf("%v: %s", err, l.last())
	}
}

// TestNothingLeavesUnsaid: case G12. The log says that a notice is about to leave before
// it does; without that nothing leaves, and in a drill nothing is said.
func TestNothingLeavesUnsaid(t *testing.T) {
	l, w := drafted(t, state.Live)
	var first string
	w.while = func() { first = l.last() }
	if _, err := send(t, l, w, state.SendNotice{Notice: "staff"}, ""); err != nil || first != "began to send To the staff, version 1, by mail" {
		t.Errorf("the log said %q as it left, %v", first, err)
	}
	if n := l.inc.Notice("staff"); len(n.MayHaveLeft()) != 0 || n.Status(l.inc) != state.Sent {
		t.Errorf("%+v", n.MayHaveLeft())
	}

	l, w = drafted(t, state.Live)
	action, err := response.PrepareSend(l.inc, w, state.SendNotice{Notice: "staff"}, "", l.who())
	if err != nil {
		t.Fatal(err)
	}
	if left := response.Leave(t.Context(), w, l.inc, action); left.Failed == nil || len(w.sent) != 0 {
		t.Error("it left, and the log did not say so before")
	}
	l.fails = []error{state.ErrNotSaved}
	if _, err := send(t, l, w, state.SendNotice{Notice: "staff"}, ""); !errors.Is(err, state.ErrNotSaved) || len(w.sent) != 0 {
		t.Errorf("%v, sent %d times", err, len(w.sent))
	}

	l, w = drafted(t, state.Drill)
	before := l.inc.Head.Seq
	if _, err := send(t, l, w, state.SendNotice{Notice: "staff"}, ""); err != nil || l.inc.Head.Seq != before+1 {
		t.Errorf("%d entries in a drill, %v", l.inc.Head.Seq-before, err)
	}
}

// TestGivenUp: of a notice for whose answer nobody waited any longer it is not known whether
// it arrived, unless the channel knows that it cannot have.
func TestGivenUp(t *testing.T) {
	for _, c := range []struct {
		failed error
		maybe  bool
		why    string
	}{
		{context.Canceled, true, "it was ended before there was an answer; it may have arrived all the same"},
		{lost{true}, true, "it was ended before there was an answer; it may have arrived all the same"},
		{lost{false}, false, "it was ended before there was an answer"},
	} {
		l, w := drafted(t, state.Live)
		action, err := response.PrepareSend(l.inc, w, state.SendNotice{Notice: "staff"}, "", l.who())
		if err != nil {
			t.Fatal(err)
		}
		action, inc, err := response.Begin(t.Context(), l, action)
		if err != nil {
			t.Fatal(err)
		}
		ctx, end := context.WithCancel(t.Context())
		w.send, w.while = c.failed, end
		left := response.Leave(ctx, w, inc, action)
		if left.MayHaveArrived() != c.maybe || left.Why() != c.why {
			t.Errorf("%v: %v, %q", c.failed, left.MayHaveArrived(), left.Why())
		}
		if _, err := left.Record(ctx, l); err != nil {
			t.Fatal(err)
		}
		if open := l.inc.Notice("staff").MayHaveLeft(); len(open) == 1 != c.maybe {
			t.Errorf("%v: %d may have left", c.failed, len(open))
		}
	}
}

// TestMayHaveLeft: case G12. What began to leave and of which nothing came is open until
// somebody says whether it arrived; until then it is not sent again without a word.
func TestMayHaveLeft(t *testing.T) {
	for _, c := range []struct {
		name    string
		failed  error // of the sending; nil: the program ended
		arrived bool
		want    string
		status  state.NoticeStatus
	}{
		{"it arrived", nil, true, "sent To the staff, version 1, by mail, claiming GISIS is affected", state.Sent},
		{"it did not", nil, false, `could not send To the staff, version 1, by mail — "nobody has it"`, state.Draft},
		{"no good answer, and it arrived", lost{true}, true, "sent To the staff, version 1, by mail, claiming GISIS is affected", state.Sent},
		{"no good answer, and it did not", lost{true}, false, `could not send To the staff, version 1, by mail — "nobody has it"`, state.Draft},
	} {
		t.Run(c.name, func(t *testing.T) {
			l, w := drafted(t, state.Live)
			left := l.now
			action, err := response.PrepareSend(l.inc, w, state.SendNotice{Notice: "staff"}, "", l.who())
			if err != nil {
				t.Fatal(err)
			}
			action, inc, err := response.Begin(t.Context(), l, action)
			if err != nil {
				t.Fatal(err)
			}
			if w.send = c.failed; c.failed != nil {
				if _, err := response.Leave(t.Context(), w, inc, action).Record(t.Context(), l); err != nil {
					t.Fatal(err)
				}
			}
			l.now = l.now.Add(time.Hour)
			l.do(t, state.DraftNotice{Notice: "staff", Text: "Newer."}) // it is the old one that left
			n := l.inc.Notice("staff")
			open := n.MayHaveLeft()
			if len(open) != 1 || open[0].Version != 1 || open[0].Channel != "mail" || open[0].SHA256 != n.Versions[0].SHA256 || n.Status(l.inc) != state.MayBeOut {
				t.Fatalf("%+v", open)
			}
			if items := l.inc.OpenItems(); !slices.Contains(items, state.OpenItem{What: "notice", ID: "staff", State: "may have left"}) {
				t.Errorf("open at the close: %+v", items)
			}
			var refusal *state.Refusal
			for _, by := range []string{"mail", "Website"} {
				if _, err := send(t, l, w, state.SendNotice{Notice: "staff", Channel: by}, ""); !errors.As(err, &refusal) || !refusal.Overridable || !strings.Contains(refusal.Text, "may have left at 09:00 by mail") {
					t.Errorf("sent again by %s: %v", by, err)
				}
			}
			if err := response.Refused(l.inc, state.Action{Command: state.RetractEntry{Seq: open[0].Seq, Why: "x"}}, l.who()); err == nil {
				t.Error("that it began to leave was retracted")
			}
			if _, err := response.Settle(open[0], c.arrived, "nobody has it", l.now).Record(t.Context(), l); err != nil || l.said() != c.want {
				t.Errorf("%q, %v; want %q", l.said(), err, c.want)
			}
			n = l.inc.Notice("staff")
			if len(n.MayHaveLeft()) != 0 {
				t.Errorf("still open: %+v", n.MayHaveLeft())
			}
			if _, sent := n.LastSent(); c.arrived && (!sent.When.Equal(left) || sent.Text != "GISIS is hit.") {
				t.Errorf("%+v", sent)
			}
			if _, err := response.Settle(open[0], true, "", l.now).Record(t.Context(), l); !errors.As(err, &refusal) || refusal.Reason != state.AlreadySo {
				t.Errorf("said twice: %v", err)
			}
		})
	}
}
