package plain_test

import (
	"io"
	"slices"
	"strings"
	"testing"

	"muster/tui"
	"muster/tui/clocks"
	"muster/tui/drill"
	"muster/tui/home"
	"muster/tui/incident"
	"muster/tui/kit"
	"muster/tui/notices"
	"muster/tui/plain"
	"muster/tui/run"
	"muster/tui/services"
	"muster/tui/start"
	"muster/tui/timeline"
	"muster/tui/tuitest"
)

// places are all places in which keys mean something.
func places() []kit.Place {
	return append(asked(), home.Place(), run.Place(), services.Place(), notices.Place(), notices.ContactsPlace(), clocks.Place(), drill.Place(), timeline.Place(),
		incident.RefusalPlace(), incident.NotSavedPlace(), timeline.EntryPlace(), notices.WriterPlace(), notices.ClaimsPlace(), incident.ReaderPlace(), drill.MessagePlace())
}

// asked are the places that are questions line by line: what can be done there is to
// answer, so that no action is done by its name.
func asked() []kit.Place {
	return []kit.Place{kit.OnPrompt(), kit.OnSearch(), kit.OnConfirm(), kit.OnFilter(), kit.BarePlace(), start.Place()}
}

// TestEveryActionIsReachedByLine: every action of the table is done by a name of its own
// in every place that it holds in, or a person does something else instead; so a new one
// cannot be forgotten.
func TestEveryActionIsReachedByLine(t *testing.T) {
	home := tuitest.Home(t, tui.Options{ByLine: true})
	app, err := home.App(home.Desk)
	if err != nil {
		t.Fatal(err)
	}
	keys := tui.NewPlain(t.Context(), app, tui.PlainLine{In: strings.NewReader(""), Out: io.Discard}).Keys()
	reached, inTable, held := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, place := range places() {
		held[place.Name] = true
		if slices.Contains(asked(), place) {
			continue
		}
		names := plain.Names(keys, place)
		ids := map[string]bool{}
		for _, id := range names {
			ids[id] = true
		}
		for _, act := range keys.Named(place) {
			switch instead := plain.Instead(act.ID); {
			case instead != "" && ids[act.ID]:
				t.Errorf("%s has a name in %q, and something is done instead", act.ID, place.Name)
			case instead == "" && !ids[act.ID]:
				t.Errorf("%s has no name of its own in %q: %v", act.ID, place.Name, names)
			}
			reached[act.ID] = true
		}
	}
	for _, info := range tui.Actions() {
		inTable[info.ID] = true
		for _, place := range info.Places {
			if !held[place] {
				t.Errorf("%s holds in %q, which the test does not look at", info.ID, place)
			}
		}
		if plain.Instead(info.ID) == "" && !reached[info.ID] {
			t.Errorf("%s holds only where a question is asked, and cannot be done by name: say in package plain what is done instead", info.ID)
		}
	}
	for _, id := range plain.Replaced() {
		if !inTable[id] {
			t.Errorf("package plain says what is done instead of %s, and there is no such action", id)
		}
	}
	if len(inTable) < 80 || len(plain.Replaced()) < 10 {
		t.Fatalf("%d actions, %d of them replaced: the test looks in the wrong place", len(inTable), len(plain.Replaced()))
	}
}
