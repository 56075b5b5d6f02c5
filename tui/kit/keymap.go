package kit

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"muster/state/sorted"
)

// A KeyMap is the action table with the person's own keys in it, looked up by
// place and key. It never changes once made.
type KeyMap struct {
	actions []Action
	places  []Place
	in      map[Place][]*Action
	byKey   map[Place]map[string]*Action
}

// NewKeyMap puts own keys (action id → keys, instead of the table's) into the
// table of actions, which hold in places. The error lists every unknown action, unknown or reserved key and every
// clash there is.
func NewKeyMap(table []Action, places []Place, own map[string][]string) (*KeyMap, error) {
	m := &KeyMap{actions: slices.Clone(table), places: places, in: map[Place][]*Action{}, byKey: map[Place]map[string]*Action{}}
	problems := m.remap(own)
	for i := range m.actions {
		problems = append(problems, m.bind(&m.actions[i])...)
	}
	return m, errors.Join(problems...)
}

func (m *KeyMap) remap(own map[string][]string) (problems []error) {
	for _, id := range sortedKeys(own) {
		i := slices.IndexFunc(m.actions, func(a Action) bool { return a.ID == id })
		switch {
		case i < 0:
			problems = append(problems, fmt.Errorf("keys: there is no action %q; \"muster keys\" and ? list them", id))
			continue
		case m.actions[i].Fixed:
			problems = append(problems, fmt.Errorf("keys: %s keeps its keys, so that there is always a way out", id))
			continue
		}
		var keys []string
		for _, key := range own[id] {
			name, ok := KeyName(key)
			if !ok {
				problems = append(problems, fmt.Errorf("keys: %s: %q is not a key; write \"x\", \"X\", \"enter\", \"f5\", \"ctrl+x\" or \"alt+x\"", id, key))
				continue
			}
			if m.Typed(&m.actions[i]) && (utf8.RuneCountInString(name) == 1 || name == "space" || name == "shift+space") {
				problems = append(problems, fmt.Errorf("keys: %s works while text is typed, so %q cannot be its key", id, key))
				continue
			}
			keys = append(keys, name)
		}
		m.actions[i].Keys = keys
	}
	return problems
}

// bind enters an action and its keys, and reports those that are taken.
func (m *KeyMap) bind(act *Action) (problems []error) {
	clashes := map[string]bool{}
	for _, p := range m.placesOf(act) {
		m.in[p] = append(m.in[p], act)
		if m.byKey[p] == nil {
			m.byKey[p] = map[string]*Action{}
		}
		for _, key := range act.Keys {
			if other := m.byKey[p][key]; other != nil && other != act {
				what := fmt.Sprintf("keys: %q is both %s and %s", key, other.ID, act.ID)
				if !clashes[what] {
					problems = append(problems, errors.New(what))
				}
				clashes[what] = true
				continue
			}
			m.byKey[p][key] = act
		}
	}
	return problems
}

// placesOf lists the places in which an action can be done.
func (m *KeyMap) placesOf(a *Action) []Place {
	return sorted.Without(slices.Clone(m.places), func(p Place) bool { return !p.holds(a) })
}

// Typed reports whether letters are text in a place where the action can be done.
func (m *KeyMap) Typed(a *Action) bool {
	return slices.ContainsFunc(m.placesOf(a), func(p Place) bool { return p.Is&Typing != 0 })
}

// Find is the action that key means in p; nil if none.
func (m *KeyMap) Find(p Place, key string) *Action { return m.byKey[p][key] }

// Action is the action of that id; the id must be in the table.
func (m *KeyMap) Action(id string) *Action {
	i := slices.IndexFunc(m.actions, func(a Action) bool { return a.ID == id })
	return &m.actions[i]
}

// Word is the word that means the action of that id wherever it can be done: its own, or
// its id, if another action is called so in one of these places.
func (m *KeyMap) Word(id string) string {
	act := m.Action(id)
	word := act.Word()
	for _, p := range m.placesOf(act) {
		for _, other := range m.in[p] {
			if other != act && (other.Word() == word || ShortName(other.ID) == word) {
				return id
			}
		}
	}
	return word
}

// Bound lists the keys that mean something in p, sorted.
func (m *KeyMap) Bound(p Place) []string { return slices.Sorted(maps.Keys(m.byKey[p])) }

// In lists the actions of a place, in the table's order.
func (m *KeyMap) In(p Place) []*Action { return m.in[p] }

// Named are the actions that can be done in p by their names: those that have a key there,
// and what is done everywhere else by a key that means something of its own there.
func (m *KeyMap) Named(p Place) []*Action {
	named := slices.Clone(m.in[p])
	for _, id := range strings.Fields(p.Not) {
		if act := m.Action(id); act.On(p) && groupOf(m, act) == everywhereGroup {
			named = append(named, act)
		}
	}
	return named
}

// An ActionInfo describes an action for documentation.
type ActionInfo struct {
	ID     string   // what the keys table of config.toml calls it
	Title  string   // what it does
	Keys   []string // by default
	Places []string // the screens and dialogs it works in
	Fixed  bool     // its keys cannot be changed
}

// Infos lists every action with its keys, in the order in which help shows them.
func (m *KeyMap) Infos() []ActionInfo {
	var infos []ActionInfo
	for i := range m.actions {
		act := &m.actions[i]
		info := ActionInfo{ID: act.ID, Title: act.Title, Keys: act.Keys, Fixed: act.Fixed}
		for _, p := range m.placesOf(act) {
			info.Places = append(info.Places, p.Name)
		}
		infos = append(infos, info)
	}
	return infos
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

// KeyName brings a key into the form in which the terminal library names it,
// and reports whether there can be such a key.
func KeyName(key string) (string, bool) {
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
			mods = sorted.Without(slices.Clone(mods), func(m string) bool { return strings.EqualFold(m, mod) })
		}
	}
	if strings.HasPrefix(name, "ctrl+") {
		last = strings.ToLower(last) // a terminal cannot tell them apart
	}
	return name + last, len(mods) == 0
}

func sortedKeys(own map[string][]string) []string { return slices.Sorted(maps.Keys(own)) }
