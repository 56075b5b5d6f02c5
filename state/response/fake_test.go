package response_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"muster/runbooks"
	"muster/state"
	"muster/state/outside"
	"muster/state/response"
)

var _ response.World = (*outside.Reach)(nil)

const book = `title = "Towers"
[[role]]
id = "commander"
[[service]]
id = "gisis"
title = "GISIS"
check = { url = "https://gisis.example.org/" }
[[service]]
id = "docs"
title = "Documents"
check = { tcp = "docs.example.org:443" }
[[service]]
id = "phones"
[[contact]]
id = "cert"
title = "CERT"
reach = ["tel:1"]
hours = "24 h"
note = "calm"
[[clock]]
id = "law"
title = "The law"
within = "2h"
starts = "incident.opened"
stops = "manual"
[[notice]]
id = "staff"
title = "To the staff"
channel = "mail"
text = "The template."
[[notice]]
id = "press"
title = "To the press"
[[phase]]
title = "One"
[[phase.step]]
title = "Look"
`

// morning is when the ledger's incident begins.
var morning = time.Date(2026, 11, 24, 9, 0, 0, 0, time.FixedZone("CET", 3600))

// A ledger is a session in memory that fails when it is told to.
type ledger struct {
	inc    *state.Incident
	now    time.Time
	person string
	fails  []error                              // what the next calls of Do end with, in order; nil lets one pass
	before func(l *ledger, action state.Action) // is called before Do decides
}

// clock tells the ledger's time.
func (l *ledger) clock() time.Time { return l.now }

func open(t *testing.T, mode state.Mode) *ledger {
	t.Helper()
	l := &ledger{now: morning, person: "Ada", inc: &state.Incident{}}
	doc := state.Document{ID: "towers", Source: "test", SHA256: state.Sum([]byte(book)), Text: book}
	e, err := state.Decide(nil, state.Action{Command: state.OpenIncident{ID: "2026-11-24-amber-heron", Mode: mode, Severity: runbooks.SEV2, Program: "muster", Runbook: doc}}, l.stamp())
	if err == nil {
		e, _, err = state.Seal(e)
	}
	if err == nil {
		err = l.inc.Apply(e)
	}
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func (l *ledger) stamp() state.Stamp {
	return state.Stamp{By: state.Actor{Name: l.person, Via: "local"}, Recorded: l.now, Zone: "+01:00 Europe/Berlin"}
}

func (l *ledger) who() response.Who { return response.Who{Person: l.person, Now: l.now} }

func (l *ledger) Incident() *state.Incident { return l.inc }

func (l *ledger) Do(ctx context.Context, action state.Action) (*state.Incident, error) {
	if err := ctx.Err(); err != nil {
		return l.inc, err
	}
	if len(l.fails) > 0 {
		err := l.fails[0]
		if l.fails = l.fails[1:]; err != nil {
			return l.inc, err
		}
	}
	if before := l.before; before != nil {
		l.before = nil
		before(l, action)
	}
	e, err := state.Decide(l.inc, action, l.stamp())
	if err != nil {
		return l.inc, err
	}
	if e, _, err = state.Seal(e); err != nil {
		return l.inc, err
	}
	next := l.inc.Clone()
	if err := next.Apply(e); err != nil {
		return l.inc, err
	}
	l.inc = next
	return next, nil
}

func (l *ledger) KeepText(_ context.Context, name string, text []byte) (state.Kept, error) {
	if name == "bad" {
		return state.Kept{}, errors.New("no space left on device")
	}
	return state.Kept{Name: name, SHA256: state.Sum(text), Size: int64(len(text))}, nil
}

// do records what a test needs to have happened.
func (l *ledger) do(t *testing.T, command state.Command) {
	t.Helper()
	if _, err := l.Do(t.Context(), state.Action{Command: command}); err != nil {
		t.Fatalf("%T: %v", command, err)
	}
}

// said is the last entry in words.
func (l *ledger) said() string { return l.inc.Describe(l.inc.Log[len(l.inc.Log)-1]) }

// A world that misbehaves when it is told to.
type world struct {
	channels []state.Channel
	wrong    error // what is wrong with the channels
	send     error // why the next sends fail
	while    func()
	sent     []state.SendNotice
	down     map[string]bool
	blind    map[string]error
}

func (w *world) Channels() []state.Channel { return w.channels }

func (w *world) Channel(name string) (state.Channel, error) {
	for _, c := range w.channels {
		if w.wrong == nil && strings.EqualFold(c.Name, name) {
			return c, nil
		}
	}
	if w.wrong == nil {
		w.wrong = &state.Refusal{Reason: state.NotFound, Text: "There is no such channel."}
	}
	return state.Channel{}, w.wrong
}

func (w *world) Send(ctx context.Context, inc *state.Incident, send state.SendNotice) (state.SendNotice, error) {
	if w.while != nil {
		w.while()
	}
	if w.send != nil {
		return send, w.send
	}
	if inc.Mode != state.Drill {
		w.sent = append(w.sent, send)
	}
	send.How = "slack webhook"
	if send.To == "" {
		send.To = "everybody"
	}
	return send, ctx.Err()
}

func (w *world) Check(_ context.Context, _ *state.Incident, service string) (state.RecordCheck, error) {
	if err := w.blind[service]; err != nil {
		return state.RecordCheck{}, err
	}
	return state.RecordCheck{OK: !w.down[service], What: "a look"}, nil
}

// lost is an error of a send that says of itself what the log is to keep.
type lost struct{ maybe bool }

func (lost) Error() string          { return `channel "mail": HTTP 503` }
func (lost) Reason() string         { return "HTTP 503" }
func (l lost) MayHaveArrived() bool { return l.maybe }
