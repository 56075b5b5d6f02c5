package tuitest

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"muster/state"
	"muster/tui"
)

// A World answers checks and takes what is sent, in memory. In a drill it answers
// only for services that are down, as a scenario would, and must not be asked to
// send.
type World struct {
	Ways     []tui.Channel
	Own      []tui.Contact // the person's own, before the runbook's
	OwnErr   error
	mu       sync.Mutex
	down     map[string]string // by service: what a look shows
	looks    int
	failSend string // why the next sends fail; "" if they do not
	sent     []string
	held     chan struct{} // closed to let looks and sends go on; nil if they do not wait
}

// wait waits for Release, if the world is held.
func (w *World) wait(ctx context.Context) error {
	w.mu.Lock()
	held := w.held
	w.mu.Unlock()
	if held == nil {
		return ctx.Err()
	}
	select {
	case <-held:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Hold makes every look and every send wait for Release.
func (w *World) Hold() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.held = make(chan struct{})
}

// Release lets them go on.
func (w *World) Release() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.held != nil {
		close(w.held)
		w.held = nil
	}
}

// Down makes looks at a service fail and show what; with "" they are good again.
func (w *World) Down(service, what string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.down == nil {
		w.down = map[string]string{}
	}
	w.down[service] = what
}

// FailSend makes sends fail for a reason; with "" they go out again.
func (w *World) FailSend(why string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.failSend = why
}

// Sent is everything that went out, as "CHANNEL: TEXT".
func (w *World) Sent() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return append([]string(nil), w.sent...)
}

// Looks is how many looks there were.
func (w *World) Looks() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.looks
}

// Check looks at a service.
func (w *World) Check(ctx context.Context, inc *state.Incident, service string) (state.RecordCheck, error) {
	if err := w.wait(ctx); err != nil {
		return state.RecordCheck{}, err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.looks++
	def := inc.Service(service).Def.Check
	if def.IsZero() {
		return state.RecordCheck{}, errors.New("the runbook names no check")
	}
	seen := state.RecordCheck{Service: service, OK: true, What: "GET " + def.URL, Detail: "200 OK", Millis: 41}
	if what := w.down[service]; what != "" {
		seen.OK, seen.Detail = false, what
	}
	if seen.Simulated = inc.Mode == state.Drill; seen.Simulated && seen.OK {
		return state.RecordCheck{}, errors.New("the drill's scenario does not say what a check of this service shows")
	}
	return seen, nil
}

// Channels are the Ways.
func (w *World) Channels() []tui.Channel { return w.Ways }

// Send takes a notice.
func (w *World) Send(ctx context.Context, inc *state.Incident, notice string, version int, channel string) (tui.Receipt, error) {
	if inc.Mode == state.Drill {
		panic("a notice of a drill")
	}
	if err := w.wait(ctx); err != nil {
		return tui.Receipt{}, err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.failSend != "" {
		return tui.Receipt{}, errors.New(w.failSend)
	}
	n := inc.Notice(notice)
	w.sent = append(w.sent, channel+": "+n.Versions[version-1].Text)
	return tui.Receipt{How: "webhook", To: "12 subscribers"}, nil
}

// Contacts are the incident's, with Own merged over them.
func (w *World) Contacts(_ context.Context, inc *state.Incident) ([]tui.Contact, error) {
	var list []tui.Contact
	own := map[string]tui.Contact{}
	for _, c := range w.Own {
		own[c.ID] = c
	}
	for i := range inc.Contacts {
		def := inc.Contacts[i].Def
		c := tui.Contact{ID: inc.Contacts[i].ID, Title: def.Title, Role: def.Role, Hours: def.Hours, Note: def.Note}
		c.Reach = append(c.Reach, own[c.ID].Reach...)
		for _, reach := range def.Reach {
			c.Reach = append(c.Reach, tui.Way{Text: reach})
		}
		delete(own, c.ID)
		list = append(list, c)
	}
	for _, c := range w.Own {
		if _, left := own[c.ID]; left {
			list = append(list, c)
		}
	}
	return list, w.OwnErr
}

// Sitrep says a few things about the incident.
func (w *World) Sitrep(_ context.Context, inc *state.Incident, since uint64) (string, error) {
	text := fmt.Sprintf("# Situation report: %s\n\n- since entry %d\n\n## Services\n\n", inc.Title, since)
	for i := range inc.Services {
		text += fmt.Sprintf("- %s: %s\n", inc.Services[i].Def.Title, inc.Services[i].State)
	}
	text += "\n## Log\n\n"
	for i := range inc.Log {
		text += fmt.Sprintf("- %s\n", inc.Describe(inc.Log[i]))
	}
	return text, nil
}
