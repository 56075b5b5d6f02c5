package tuitest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"muster/runbooks"
	"muster/state"
	"muster/state/response"
	"muster/tui"
)

// A World answers checks and takes what is sent, in memory. In a drill it answers
// only for services that are down, as a scenario would, and sends nothing.
type World struct {
	Ways     []state.Channel
	Own      []response.Contact // the person's own, before the runbook's
	OwnErr   error
	mu       sync.Mutex
	down     map[string]string // by service: what a look shows
	inside   map[string]bool   // services whose name leads to a private address
	looks    int
	failSend string // why the next sends fail; "" if they do not
	sent     []string
	exported []string
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

// Inside makes a service's name lead to a private address.
func (w *World) Inside(service string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.inside == nil {
		w.inside = map[string]bool{}
	}
	w.inside[service] = true
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
	def := inc.Service(service).Def.Check
	if t := state.TargetOf(def); inc.Mode != state.Drill && (t.Private || w.inside[service]) && !inc.Allows(t.Address) {
		return state.RecordCheck{}, &state.PrivateError{Target: t.Address}
	}
	w.looks++
	if def.IsZero() && inc.Mode != state.Drill {
		return state.RecordCheck{}, errors.New("the runbook names no check")
	}
	seen := state.RecordCheck{Service: service, OK: true, What: "GET " + def.URL, Detail: "200 OK", Millis: 41}
	if what := w.down[service]; what != "" {
		seen.OK, seen.Detail = false, what
	}
	if seen.Simulated = inc.Mode == state.Drill; seen.Simulated && seen.OK {
		return state.RecordCheck{}, errors.New("nothing in this drill says what a check of this service shows")
	}
	return seen, nil
}

// Channels are the Ways.
func (w *World) Channels() []state.Channel { return w.Ways }

// Channel is one of the Ways. One without a kind cannot be used.
func (w *World) Channel(name string) (state.Channel, error) {
	for _, c := range w.Ways {
		if c.Name == name && c.Kind != "" {
			return c, nil
		}
	}
	return state.Channel{}, fmt.Errorf("config.toml:2: channel %q: url is missing", name)
}

// Send takes a notice. One of a drill goes nowhere.
func (w *World) Send(ctx context.Context, inc *state.Incident, send state.SendNotice) (state.SendNotice, error) {
	if err := w.wait(ctx); err != nil {
		return send, err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.failSend != "" {
		return send, errors.New(w.failSend)
	}
	send.How, send.To = "webhook", "12 subscribers"
	if inc.Mode != state.Drill {
		w.sent = append(w.sent, send.Channel+": "+inc.Notice(send.Notice).Versions[send.Version-1].Text)
	}
	return send, nil
}

// Contacts are Own.
func (w *World) Contacts(context.Context) ([]response.Contact, error) { return w.Own, w.OwnErr }

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

// Forms are those that come with the program.
func (w *World) Forms(ctx context.Context) ([]*runbooks.FormSource, error) {
	list, problems := runbooks.OpenForms(runbooks.BuiltinForms()).List(ctx)
	return list, problems.Err()
}

// A DraftBox keeps drafts in memory, where they outlast a program.
type DraftBox struct {
	mu     sync.Mutex
	drafts []tui.Draft
	Fails  error // what keeping one fails with
}

// Drafts implements tui.Desk.
func (b *DraftBox) Drafts(_ context.Context, scope string) (of []tui.Draft, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, d := range b.drafts {
		if d.Scope == scope {
			of = append(of, d)
		}
	}
	return of, nil
}

// KeepDraft implements tui.Desk.
func (b *DraftBox) KeepDraft(d tui.Draft) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.Fails != nil {
		return b.Fails
	}
	b.drafts = slices.DeleteFunc(slices.Clone(b.drafts), func(o tui.Draft) bool {
		return o.Scope == d.Scope && o.Person == d.Person && o.Form == d.Form
	})
	if len(d.Texts) > 0 {
		b.drafts = append(b.drafts, d)
	}
	return nil
}

// Kept are what the drafts hold: form, field, text.
func (b *DraftBox) Kept() (texts []string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, d := range b.drafts {
		for id, text := range d.Texts {
			texts = append(texts, d.Person+" "+d.Form+" "+id+" "+text)
		}
	}
	slices.Sort(texts)
	return texts
}

// Verify says that the log is good.
func (w *World) Verify(_ context.Context, id string) (string, error) {
	return "integrity GOOD of " + id, nil
}

// Formats are some.
func (w *World) Formats() []tui.Format {
	return []tui.Format{{Name: "html", Help: "the report as one page", Ext: ".html"}, {Name: "bundle", Help: "all of it, in one zip", Ext: ".zip"}, {Name: "iris", Help: "for another tool", Ext: ".iris.csv"}}
}

// Export keeps what it was asked for; see Exported.
func (w *World) Export(_ context.Context, id, format, path string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if strings.Contains(path, "taken") {
		return fmt.Errorf("%s is there already", path)
	}
	w.exported = append(w.exported, id+" "+format+" "+path)
	return nil
}

// Merge implements tui.World: a source that is called "gone" is not there, one that is called
// "same" has nothing new, one that "hangs" never answers, and any other has two entries.
func (w *World) Merge(ctx context.Context, id, person, source string, dry bool) (more bool, text string, err error) {
	if strings.Contains(source, "hangs") {
		<-ctx.Done()
		return false, "", fmt.Errorf("%s cannot be read: it was ended", source)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	switch {
	case strings.Contains(source, "gone"):
		return false, "", fmt.Errorf("%s: there is no such file", source)
	case strings.Contains(source, "same"):
		return false, source + ": 0 entries to take over", nil
	case dry:
		return true, source + ": 2 entries to take over", nil
	}
	w.exported = append(w.exported, "merged "+id+" "+source+" by "+person)
	return true, source + ": 2 entries taken over", nil
}

// Exported are the exports that were written: incident, format, file.
func (w *World) Exported() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Clone(w.exported)
}
