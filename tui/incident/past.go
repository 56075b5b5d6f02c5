package incident

import (
	"context"
	"reflect"

	tea "charm.land/bubbletea/v2"

	"muster/runbooks"
	"muster/state"
	"muster/tui/kit"
)

// LookBack shows the incident as it stood when an entry was written, in screens of its own,
// until it is left. In one that is looked back at already, the moment is another.
func (o *Open) LookBack(seq uint64) tea.Cmd {
	if o.back.present != nil {
		return lookAt(o, seq, o.Inc.Past.AsItWas)
	}
	inc, err := state.KnownBy(o.Inc, seq, o.UI.Now().Location())
	if err != nil {
		o.UI.Say(err.Error())
		return nil
	}
	return o.Back(o, inc, seq)
}

// NewPast makes an incident as it stood before, without screens, over the present one.
func NewPast(present *Open, inc *state.Incident, seq uint64) *Open {
	o := New(present.UI, &pastSession{inc: inc}, true, present.Outlets)
	o.Left = func() tea.Cmd {
		if s, ok := o.UI.Screen().(arriver); ok { // what came meanwhile is seen
			return s.Arrive(o.UI.Screen())
		}
		return nil
	}
	o.back, o.Back = backward{present, seq}, present.Back
	return o
}

// lookAt shows another moment, or the same as it was or as it was known.
func lookAt(o *Open, seq uint64, asItWas bool) tea.Cmd {
	zone := o.UI.Now().Location()
	look := state.KnownBy
	if asItWas {
		look = state.WasWhen
	}
	inc, err := look(o.back.present.Inc, seq, zone)
	if err != nil {
		o.UI.Say(err.Error())
		return nil
	}
	return o.Back(o.back.present, inc, seq)
}

// Enter shows an incident as it stood. In the place of another moment of it that is seen, it
// begins with the same screen.
func (o *Open) Enter() tea.Cmd {
	seen, was := o.UI.Screen(), Of(o.UI)
	if was == nil || was.back.present == nil {
		o.UI.Push(o.First())
		return o.ReadContacts()
	}
	was.cancel()
	o.UI.Replace(o.First())
	for _, p := range o.parts {
		if s, ok := p.(kit.Screen); ok && reflect.TypeOf(s) == reflect.TypeOf(seen) {
			return tea.Batch(o.To(s), o.ReadContacts())
		}
	}
	return o.ReadContacts()
}

// switchPast goes between as it was known and as it was.
func switchPast(o *Open) tea.Cmd { return lookAt(o, o.back.seq, !o.Inc.Past.AsItWas) }

// LeavePast leads from an incident that is looked back at to now; in one that is not, it does
// nothing.
func LeavePast(o *Open) tea.Cmd {
	if o.back.present == nil {
		return nil
	}
	return leaveIncident(o)
}

// PastActions are what can be done with an incident that is looked back at.
func PastActions() []kit.Action {
	return []kit.Action{
		{ID: "past.switch", Title: "Of an incident as it stood before: as it was known then, or as it is now known to have been", Keys: []string{"B"},
			On: Anywhere(), When: Unless(notPast), Do: With(switchPast)},
	}
}

func notPast(o *Open) string {
	if o.back.present == nil {
		return "This is how the incident stands now; on the timeline " + o.UI.KeyOf("entry.past") + " shows how it stood at an entry."
	}
	return ""
}

// A pastSession is a session of an incident as it stood before: nothing comes to it.
type pastSession struct{ inc *state.Incident }

var _ Session = (*pastSession)(nil)

func (s *pastSession) Incident() *state.Incident { return s.inc }

func (s *pastSession) Do(context.Context, state.Action) (*state.Incident, error) {
	return s.inc, state.ErrReadOnly
}

func (s *pastSession) Wait(ctx context.Context, _ uint64) (*state.Incident, error) {
	<-ctx.Done()
	return s.inc, ctx.Err()
}

func (s *pastSession) Files(_ context.Context, given string) []string { return []string{given} }

func (s *pastSession) Keep(context.Context, string, func(done, all int64)) (state.AddEvidence, error) {
	return state.AddEvidence{}, state.ErrReadOnly
}

func (s *pastSession) Rescue(context.Context, string) (*state.Incident, error) {
	return s.inc, state.ErrReadOnly
}

func (s *pastSession) Moved() (string, []string) { return "", nil }

func (s *pastSession) Aside(context.Context) (string, error) { return "", state.ErrReadOnly }

func (s *pastSession) Scenario(context.Context) (*runbooks.Scenario, []byte, error) {
	return nil, nil, nil
}

func (s *pastSession) KeepText(context.Context, string, []byte) (state.Kept, error) {
	return state.Kept{}, state.ErrReadOnly
}

func (s *pastSession) Person() string { return "" }

func (s *pastSession) Be(string) {}

func (s *pastSession) Become(context.Context, string) (*state.Incident, error) {
	return s.inc, state.ErrReadOnly
}

func (s *pastSession) Writable() error { return nil }

func (s *pastSession) Copy() (state.Copy, bool) { return state.Copy{}, false }

func (s *pastSession) Branch(context.Context, state.Action) (*state.Incident, error) {
	return s.inc, state.ErrReadOnly
}

func (s *pastSession) Close() error { return nil }
