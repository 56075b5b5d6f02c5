package incident

import (
	"context"
	"errors"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"muster/state"
	"muster/tui/kit"
)

// TestPastIsNeverWritten: of an incident that is looked back at nothing is recorded, kept,
// mended or branched, by whatever is asked for.
func TestPastIsNeverWritten(t *testing.T) {
	inc := &state.Incident{ID: "x"}
	s, ctx := &pastSession{inc: inc}, t.Context()
	var errs []error
	take := func(got *state.Incident, err error) {
		if got != inc {
			t.Errorf("it leads to %v", got)
		}
		errs = append(errs, err)
	}
	take(s.Do(ctx, state.Action{Command: state.AddNote{Text: "x"}}))
	take(s.Rescue(ctx, ""))
	take(s.Become(ctx, "Ben"))
	take(s.Branch(ctx, state.Action{}))
	_, err := s.Keep(ctx, "x", nil)
	_, texts := s.KeepText(ctx, "x", nil)
	_, aside := s.Aside(ctx)
	for i, err := range append(errs, err, texts, aside) {
		if !errors.Is(err, state.ErrReadOnly) {
			t.Errorf("%d: %v", i, err)
		}
	}
	if s.Be("Ben"); s.Person() != "" || s.Incident() != inc || s.Close() != nil {
		t.Error("somebody acts in it")
	}
	if _, is := s.Copy(); is {
		t.Error("it is a copy of something")
	}
	if moved, stayed := s.Moved(); moved != "" || stayed != nil {
		t.Error("it has moved")
	}
	over, end := context.WithCancel(ctx)
	end()
	if got, err := s.Wait(over, 0); got != inc || !errors.Is(err, context.Canceled) {
		t.Errorf("waiting ends with %v", err)
	}
}

// TestPastSaysWhatItIs: the present has no other way to be looked at, and says where the past
// is; the past has.
func TestPastSaysWhatItIs(t *testing.T) {
	o := desked(t, 80, 24)
	o.UI.Keys, _ = kit.NewKeyMap([]kit.Action{{ID: "entry.past", Keys: []string{"b"}}}, nil, nil)
	if why := notPast(o); !strings.HasPrefix(why, "This is how the incident stands now; on the timeline b ") {
		t.Errorf("the present says %q", why)
	}
	if o.back.present = o; notPast(o) != "" {
		t.Errorf("the past says %q", notPast(o))
	}
}

// TestLookingBackFromThePast: another moment is looked up in the present log, and as it was
// stays as it was; an entry that is not there is said, and shows nothing.
func TestLookingBackFromThePast(t *testing.T) {
	present := desked(t, 80, 24)
	shown := 0
	present.Back = func(*Open, *state.Incident, uint64) tea.Cmd { shown++; return nil }
	if present.LookBack(7); shown != 0 || present.UI.Typed() != nil {
		t.Errorf("an entry that is not there is shown")
	}
	o := desked(t, 80, 24)
	o.back, o.Back = backward{present, 3}, present.Back
	o.Inc.Past = &state.Past{AsItWas: true}
	o.LookBack(9)
	switchPast(o)
	if shown != 0 {
		t.Error("of a log without entries something is shown")
	}
}

// TestReviewIsForWhoMay: an open drill is looked back at by who facilitates it alone.
func TestReviewIsForWhoMay(t *testing.T) {
	for _, c := range []struct {
		mode        state.Mode
		closed, may bool
	}{{state.Live, false, true}, {state.Live, true, true}, {state.Drill, false, false}, {state.Drill, true, true}} {
		o := desked(t, 80, 24)
		o.Ctx, o.Session = t.Context(), writes{}
		if o.Inc.Mode = c.mode; c.closed {
			o.Inc.Closed = &state.Closing{}
		}
		if why := noReview(o); (why == "") != c.may {
			t.Errorf("%+v: %q", c, why)
		}
	}
}

// writes is a session of which no more is asked than whether it can be written to.
type writes struct{ Session }

func (writes) Writable() error          { return nil }
func (writes) Copy() (state.Copy, bool) { return state.Copy{}, false }

// TestDueDatesAreRead: none is none; a time to come is a date; one that is past, or none at
// all, says what is wrong.
func TestDueDatesAreRead(t *testing.T) {
	o := desked(t, 80, 24)
	for text, want := range map[string]string{"": "", "14d": "2026-12-08", "2026-12-24": "2026-12-24", "1h": "2026-11-24"} {
		if date, why := dueDate(o, text); date != want || why != "" {
			t.Errorf("%q is %q, %q", text, date, why)
		}
	}
	for _, text := range []string{"soon", "2020-01-01"} {
		if date, why := dueDate(o, text); date != "" || why == "" {
			t.Errorf("%q is %q, and nothing is said", text, date)
		}
	}
}

// TestReviewOffersWhatIsToBeDone: the actions that are not done, by their number, with who sees
// to them and by when; those that are done are not offered.
func TestReviewOffersWhatIsToBeDone(t *testing.T) {
	o := desked(t, 100, 30)
	o.Inc.Review.Actions = []state.ReviewAction{
		{Seq: 4, What: "Buy a second line", Owner: "Ben", Due: "2026-12-24"}, {Seq: 5, What: "Done long ago", Done: o.UI.Now()}, {Seq: 6, What: "Ask the landlord"},
	}
	review(o)
	lines, _ := o.UI.Top().View(100, 30)
	text := strings.Join(lines, "\n")
	for _, want := range []string{"1 Buy a second line", "Ben 2026-12-24", "3 Ask the landlord", "Went well", "Root cause"} {
		if !strings.Contains(text, want) {
			t.Errorf("it does not offer %q:\n%s", want, text)
		}
	}
	if strings.Contains(text, "Done long ago") {
		t.Error("what is done is offered")
	}
}
