package kit

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"

	"muster/state/clean"
	"muster/state/when"
)

// This file keeps what is typed into forms until it is recorded: by incident, person and
// form. Escape keeps it, ctrl+c does, a refusal does; so does a program that is killed,
// for it is written where it outlasts the program a moment after it was typed.

// A Draft is what somebody typed into a form, and what is recorded nowhere yet.
type Draft struct {
	Scope  string            // the incident's id; "" outside of incidents
	Person string            // who typed
	Form   string            // which form, by its title
	Texts  map[string]string // by field; empty: there is no draft any more
}

// Drafts keep drafts where they outlast the program. Their methods may block.
type Drafts interface {
	// Drafts are those of a scope.
	Drafts(ctx context.Context, scope string) ([]Draft, error)
	// KeepDraft keeps one in the place of the one of the same scope, person and form.
	KeepDraft(d Draft) error
}

// draftPause is for how long typing goes on before it is written down.
const draftPause = 200 * time.Millisecond

// A DraftKey is what drafts are told apart by.
type DraftKey struct{ scope, person, form string }

// A DraftBox holds the drafts of a terminal.
type DraftBox struct {
	ui      *UI
	store   Drafts
	left    map[DraftKey]map[string]string // of forms that are not open
	taken   map[DraftKey]bool              // handed over, and perhaps not recorded yet
	writing bool                           // a write is on its way

	mu      sync.Mutex
	pending map[DraftKey]map[string]string // to be written; empty texts: to be forgotten
}

// Outlast has drafts outlast the program in store.
func (b *DraftBox) Outlast(store Drafts) { b.store = store }

// A Scoped screen says what its forms are about, so that what was typed in one incident
// is never offered in another.
type Scoped interface{ Scope() string }

// Of is under what the texts of a form are kept, that this person opens now.
func (b *DraftBox) Of(form string) DraftKey {
	u := b.ui
	if len(u.screens) > 0 {
		if s, ok := u.Screen().(Scoped); ok {
			return DraftKey{s.Scope(), u.Person, form}
		}
	}
	return DraftKey{"", u.Person, form}
}

// Note notes what a form holds at present; nothing, or no texts, if that is no more than
// it began with.
func (b *DraftBox) Note(key DraftKey, texts map[string]string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.pending == nil {
		b.pending = map[DraftKey]map[string]string{}
	}
	b.pending[key] = texts
}

// Leave keeps what a form held when it was left.
func (b *DraftBox) Leave(key DraftKey, texts map[string]string) {
	if len(texts) == 0 {
		return
	}
	if b.left == nil {
		b.left = map[DraftKey]map[string]string{}
	}
	b.left[key] = texts
	b.Note(key, texts)
	b.ui.Say("What you typed is kept until you open this again.")
}

// Take is what was kept of a form; nil if nothing was.
func (b *DraftBox) Take(key DraftKey) map[string]string {
	texts := b.left[key]
	if texts == nil {
		return nil
	}
	delete(b.left, key)
	delete(b.taken, key)
	b.ui.Say("What you typed before is still in it.")
	return texts
}

// Handed notes that what a form holds is on its way into the log. The draft is forgotten
// once that is known.
func (b *DraftBox) Handed(key DraftKey) {
	if b.taken == nil {
		b.taken = map[DraftKey]bool{}
	}
	b.taken[key] = true
}

// forgetTaken forgets the drafts of what is recorded by now. A form that was opened again
// says itself what it holds.
func (b *DraftBox) forgetTaken() {
	if len(b.taken) == 0 || b.ui.busy() {
		return
	}
	open := map[DraftKey]bool{}
	for d := range b.ui.Dialogs {
		if p, ok := d.(*Prompt); ok && p.refused {
			open[p.draft] = true
		}
	}
	for key := range b.taken {
		if !open[key] && b.left[key] == nil {
			b.Note(key, nil)
		}
	}
	b.taken = nil
}

// save writes what is pending in a moment, if anything is.
func (b *DraftBox) save() tea.Cmd {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.writing || len(b.pending) == 0 || b.store == nil {
		return nil
	}
	b.writing = true
	return b.ui.Unawaited(tea.Tick(draftPause, func(time.Time) tea.Msg { return draftsWritten{b, b.Flush()} }))
}

// Flush writes what is pending now.
func (b *DraftBox) Flush() error {
	b.mu.Lock()
	pending := b.pending
	b.pending = nil
	b.mu.Unlock()
	if b.store == nil {
		return nil
	}
	var problems []error
	for key, texts := range pending {
		problems = append(problems, b.store.KeepDraft(Draft{key.scope, key.person, key.form, texts}))
	}
	return errors.Join(problems...)
}

// draftsWritten is the end of a write.
type draftsWritten struct {
	box *DraftBox
	err error
}

// Deliver implements Routed.
func (m draftsWritten) Deliver() tea.Cmd {
	m.box.writing = false
	if m.err != nil {
		m.box.ui.Say("What you type is not kept beside the incident: " + clean.Line(m.err.Error()))
	}
	return nil
}

// Load asks for the drafts of a scope that an earlier run of the program has left.
func (b *DraftBox) Load(scope string) tea.Cmd {
	store, ctx, u := b.store, b.ui.Context, b.ui
	if store == nil {
		return nil
	}
	return func() tea.Msg {
		drafts, err := store.Drafts(ctx, scope)
		return draftsLoaded{u, drafts, err}
	}
}

// draftsLoaded are the drafts of a scope.
type draftsLoaded struct {
	ui     *UI
	drafts []Draft
	err    error
}

// Deliver implements Routed.
func (m draftsLoaded) Deliver() tea.Cmd {
	u, b := m.ui, m.ui.Drafts
	if m.err != nil {
		u.Say("What was typed before cannot be read: " + clean.Line(m.err.Error()))
	}
	var mine []string
	for _, d := range m.drafts {
		key := DraftKey{d.Scope, d.Person, d.Form}
		if _, known := b.left[key]; known || len(d.Texts) == 0 {
			continue
		}
		if b.left == nil {
			b.left = map[DraftKey]map[string]string{}
		}
		b.left[key] = d.Texts
		if d.Person == u.Person {
			mine = append(mine, d.Form)
		}
	}
	if len(mine) > 0 {
		slices.Sort(mine)
		u.Say("Typed before, and recorded nowhere: " + strings.Join(mine, ", ") + ". It is there when you open that again.")
	}
	return nil
}

// Left are what was typed into forms and left: each with a word on what it is for,
// raw.
func (b *DraftBox) Left() (texts []string) {
	for key, fields := range b.left {
		if key.person != b.ui.Person {
			continue
		}
		for _, id := range slices.Sorted(maps.Keys(fields)) {
			what := key.form
			if id != "text" {
				what += ", " + id
			}
			texts = append(texts, what+": "+fields[id])
		}
	}
	slices.Sort(texts)
	return texts
}

// Texts are what somebody filled into a form that began with begun, and what of it can
// be filled in again later: who acts is asked anew, and ten minutes ago is a time. A form
// in which nothing was typed has none: a choice is made again at once.
func (f *Form) Texts(begun map[string]string, now time.Time) map[string]string {
	values, changed := map[string]string{}, false
	for _, field := range f.Fields {
		value := field.Value()
		if field.ID == "by" || value == "" && begun[field.ID] == "" {
			continue
		}
		changed = changed || field.Kind != ChoiceField && value != begun[field.ID]
		if field.ID == "when" && strings.HasPrefix(value, "-") {
			if r, err := when.Past(value, now); err == nil {
				value = r.Time.In(now.Location()).Format("2006-01-02 15:04")
			}
		}
		values[field.ID] = value
	}
	if !changed {
		return nil
	}
	return values
}

// Fill fills kept texts into a form. One of a line is selected, as all that is filled in
// beforehand: what is typed takes its place. One of several lines goes on at its end.
func (f *Form) Fill(texts map[string]string) {
	for _, field := range f.Fields {
		text, ok := texts[field.ID]
		if !ok {
			continue
		}
		if field.Kind != ChoiceField && text != field.Value() {
			field.before = text
		}
		field.Set(text)
		field.Input.filled = text != "" && field.Kind == LineField
	}
}
