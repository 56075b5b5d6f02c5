package tui

import (
	"strings"
	"testing"
	"unicode/utf8"

	"muster/tui/kit"
	"muster/tui/run"
)

func TestNoKeyMeansTwoThings(t *testing.T) {
	if _, err := kit.NewKeyMap(actionTable(), places(), nil); err != nil {
		t.Fatal(err)
	}
}

func TestActionTable(t *testing.T) {
	seen := map[string]bool{}
	keys, _ := kit.NewKeyMap(actionTable(), places(), nil)
	for _, act := range actionTable() {
		switch {
		case seen[act.ID]:
			t.Errorf("%s stands twice", act.ID)
		case act.Title == "" || act.Do == nil || act.On == nil:
			t.Errorf("%s lacks a title, a place or what it does", act.ID)
		}
		seen[act.ID] = true
		for _, key := range act.Keys {
			if name, ok := kit.KeyName(key); !ok || name != key {
				t.Errorf("%s: %q is not a key's name", act.ID, key)
			}
			if keys.Typed(&act) && utf8.RuneCountInString(key) == 1 {
				t.Errorf("%s: %q would be typed", act.ID, key)
			}
		}
	}
}

// TestWayOut: from everywhere a key leads out, and no keys table can take it away.
func TestWayOut(t *testing.T) {
	keys, err := kit.NewKeyMap(actionTable(), places(), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range places() {
		if act := keys.Find(one, "ctrl+c"); act == nil || !act.Fixed {
			t.Errorf("ctrl+c does not end muster from %s", one.Name)
		}
		if one.Name == "" {
			t.Errorf("place %v has no name", one)
		}
	}
}

func TestRemap(t *testing.T) {
	keys, err := kit.NewKeyMap(actionTable(), places(), map[string][]string{"step.skip": {"X", "Ctrl+K", "F5"}, "note": {}})
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"X", "ctrl+k", "f5"} {
		if act := keys.Find(run.Place(), key); act == nil || act.ID != "step.skip" {
			t.Errorf("%q does not skip", key)
		}
	}
	if keys.Find(run.Place(), "s") != nil || keys.Find(run.Place(), "n") != nil {
		t.Error("the old keys still work")
	}
}

func TestRemapProblems(t *testing.T) {
	for _, c := range []struct {
		keys map[string][]string
		want []string
	}{
		{map[string][]string{"step.skpi": {"x"}}, []string{`no action "step.skpi"`}},
		{map[string][]string{"step.skip": {"ctrl+xyz"}}, []string{`"ctrl+xyz" is not a key`}},
		{map[string][]string{"step.skip": {"hyper+x"}}, []string{`is not a key`}},
		{map[string][]string{"step.skip": {"d"}}, []string{`"d" is both step.done and step.skip`}},
		{map[string][]string{"quit": {"Q"}}, []string{"quit keeps its keys"}},
		{map[string][]string{"form.next": {"n"}}, []string{"works while text is typed"}},
		{map[string][]string{"nope": {"x"}, "step.skip": {"d", ""}, "cancel": {"x"}},
			[]string{`no action "nope"`, `both step.done and step.skip`, `"" is not a key`, "cancel keeps its keys"}},
	} {
		err := CheckKeys(c.keys)
		if err == nil {
			t.Errorf("%v: no error", c.keys)
			continue
		}
		for _, want := range c.want {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%v: %q is not in %q", c.keys, want, err)
			}
		}
	}
}

func TestActionsAreDocumented(t *testing.T) {
	infos := Actions()
	if len(infos) != len(actionTable()) {
		t.Fatal(len(infos))
	}
	for _, info := range infos {
		if len(info.Places) == 0 || info.Title == "" {
			t.Errorf("%+v", info)
		}
	}
}
