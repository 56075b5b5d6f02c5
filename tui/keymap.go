package tui

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A scope is a place in which a key has one meaning: a screen or a kind of
// dialog. An action may hold in several.
type scope uint32

const (
	onHome scope = 1 << iota
	onStart
	onRun
	onServices
	onNotices  // screen 3, on a notice
	onContacts // screen 3, on a contact
	onClocks
	onDrill // screen 6, the facilitator's
	onTimeline
	onPrompt   // a dialog with fields to fill in
	onSearch   // palette, help: a line to type into above a list
	onFilter   // typing into a list's filter
	onConfirm  // yes or no
	onRefusal  // an action was refused
	onNotSaved // an action could not be saved
	onEntry    // one entry, whole
	onWriter   // a notice's text being written
	onClaims   // what a notice claims
	onReader   // a longer text to read
	onInject   // a message of a drill
	lastScope
)

const (
	onIncident = onRun | onServices | onNotices | onContacts | onClocks | onDrill | onTimeline
	onLists    = onHome | onIncident
	onTyping   = onStart | onPrompt | onSearch | onFilter | onWriter // letters are text there
	onDialogs  = onPrompt | onSearch | onConfirm | onRefusal | onNotSaved | onEntry | onWriter | onClaims | onReader | onInject
	everywhere = lastScope - 1
)

// scopeNames are how help and documentation call the scopes.
func (s scope) name() string {
	names := map[scope]string{
		onHome: "home", onStart: "start form", onRun: "run", onServices: "services",
		onNotices: "notices", onContacts: "contacts", onClocks: "clocks",
		onWriter: "writing a notice", onClaims: "claims", onReader: "reading",
		onDrill: "drill", onInject: "message",
		onTimeline: "timeline", onPrompt: "prompt", onSearch: "palette and help",
		onFilter: "filter", onConfirm: "question", onRefusal: "refusal",
		onNotSaved: "not saved", onEntry: "entry",
	}
	return names[s]
}

// each yields the single scopes of a set, in order.
func (s scope) each(yield func(scope) bool) {
	for one := onHome; one < lastScope; one <<= 1 {
		if s&one != 0 && !yield(one) {
			return
		}
	}
}

// keyMap is the action table with the person's own keys in it, looked up by
// scope and key. It never changes once made.
type keyMap struct {
	actions []action
	byKey   map[scope]map[string]int // index in actions
}

// newKeyMap puts own keys (action id → keys, instead of the table's) into the
// table. The error lists every unknown action, unknown or reserved key and every
// clash there is.
func newKeyMap(table []action, own map[string][]string) (*keyMap, error) {
	m := &keyMap{actions: slices.Clone(table), byKey: map[scope]map[string]int{}}
	problems := m.remap(own)
	for i := range m.actions {
		problems = append(problems, m.bind(i)...)
	}
	return m, errors.Join(problems...)
}

func (m *keyMap) remap(own map[string][]string) (problems []error) {
	for _, id := range sortedKeys(own) {
		i := slices.IndexFunc(m.actions, func(a action) bool { return a.id == id })
		switch {
		case i < 0:
			problems = append(problems, fmt.Errorf("keys: there is no action %q; \"muster keys\" and ? list them", id))
			continue
		case m.actions[i].fixed:
			problems = append(problems, fmt.Errorf("keys: %s keeps its keys, so that there is always a way out", id))
			continue
		}
		var keys []string
		for _, key := range own[id] {
			name, ok := keyName(key)
			if !ok {
				problems = append(problems, fmt.Errorf("keys: %s: %q is not a key; write \"x\", \"X\", \"enter\", \"f5\", \"ctrl+x\" or \"alt+x\"", id, key))
				continue
			}
			if m.actions[i].on&onTyping != 0 && (utf8.RuneCountInString(name) == 1 || name == "space" || name == "shift+space") {
				problems = append(problems, fmt.Errorf("keys: %s works while text is typed, so %q cannot be its key", id, key))
				continue
			}
			keys = append(keys, name)
		}
		m.actions[i].keys = keys
	}
	return problems
}

// bind enters the keys of action i, and reports those that are taken.
func (m *keyMap) bind(i int) (problems []error) {
	a := &m.actions[i]
	clashes := map[string]bool{}
	for one := range a.on.each {
		if m.byKey[one] == nil {
			m.byKey[one] = map[string]int{}
		}
		for _, key := range a.keys {
			if j, taken := m.byKey[one][key]; taken && j != i {
				what := fmt.Sprintf("keys: %q is both %s and %s", key, m.actions[j].id, a.id)
				if !clashes[what] {
					problems = append(problems, errors.New(what))
				}
				clashes[what] = true
				continue
			}
			m.byKey[one][key] = i
		}
	}
	return problems
}

// find is the action that key means in s; nil if none.
func (m *keyMap) find(s scope, key string) *action {
	i, ok := m.byKey[s][key]
	if !ok {
		return nil
	}
	return &m.actions[i]
}

// action is the action of that id; the id must be in the table.
func (m *keyMap) action(id string) *action {
	i := slices.IndexFunc(m.actions, func(a action) bool { return a.id == id })
	return &m.actions[i]
}

// in lists the actions of a scope, in the table's order.
func (m *keyMap) in(s scope) []*action {
	var found []*action
	for i := range m.actions {
		if m.actions[i].on&s != 0 {
			found = append(found, &m.actions[i])
		}
	}
	return found
}

// namedKeys are the keys that have a name instead of a character.
func namedKeys() []string {
	names := []string{"enter", "esc", "tab", "space", "backspace", "delete", "insert",
		"up", "down", "left", "right", "home", "end", "pgup", "pgdown"}
	for i := 1; i <= 12; i++ {
		names = append(names, fmt.Sprintf("f%d", i))
	}
	return names
}

// keyName brings a key into the form in which the terminal library names it,
// and reports whether there can be such a key.
func keyName(key string) (string, bool) {
	switch key {
	case " ":
		return "space", true
	case "+":
		return key, true
	}
	parts := strings.Split(key, "+")
	last := parts[len(parts)-1]
	if utf8.RuneCountInString(last) != 1 {
		last = strings.ToLower(last)
		if alias := map[string]string{"return": "enter", "escape": "esc", "pageup": "pgup", "pagedown": "pgdown", "del": "delete"}[last]; alias != "" {
			last = alias
		}
		if !slices.Contains(namedKeys(), last) {
			return "", false
		}
	} else if r, _ := utf8.DecodeRuneInString(last); !unicode.IsPrint(r) {
		return "", false
	}
	mods := parts[:len(parts)-1]
	name := ""
	for _, mod := range []string{"ctrl", "alt", "shift"} {
		if slices.ContainsFunc(mods, func(m string) bool { return strings.EqualFold(m, mod) }) {
			name += mod + "+"
			mods = slices.DeleteFunc(slices.Clone(mods), func(m string) bool { return strings.EqualFold(m, mod) })
		}
	}
	if strings.HasPrefix(name, "ctrl+") {
		last = strings.ToLower(last) // a terminal cannot tell them apart
	}
	return name + last, len(mods) == 0
}

func sortedKeys(own map[string][]string) []string { return slices.Sorted(maps.Keys(own)) }
