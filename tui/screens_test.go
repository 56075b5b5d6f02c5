package tui_test

import (
	"errors"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"

	"muster/runbooks"
	"muster/state"
	"muster/tui"
	"muster/tui/tuitest"
)

// home makes a scene that begins at home.
func home(t *testing.T, opts tui.Options) tuitest.Scene {
	t.Helper()
	desk, err := tuitest.NewDesk("Ada", "testdata/books/attack.toml", "testdata/books/hostile.toml", "testdata/books/malware.toml", "testdata/books/copies.toml")
	if err != nil {
		t.Fatal(err)
	}
	desk.Broken = []runbooks.Head{{ID: "broken", Title: "broken.toml", Err: errors.New(`broken.toml:3: unknown key "requird"; did you mean "required"?`)}}
	return tuitest.Scene{Desk: desk, App: func(d *tuitest.Desk) (*tui.App, error) {
		opts.Person, opts.Now = "Ada", d.Now
		return tui.NewHome(t.Context(), d, opts)
	}}
}

// imo makes a scene that begins at home, with the case and a world to act on.
func imo(t *testing.T, opts tui.Options) tuitest.Scene {
	t.Helper()
	desk, err := tuitest.NewDesk("Ada", "testdata/books/imo.toml")
	if err != nil {
		t.Fatal(err)
	}
	world := &tuitest.World{
		Ways: []tui.Channel{{Name: "members", Kind: "smtp"}, {Name: "website", Kind: "webhook"}},
		Own: []tui.Contact{
			{ID: "cert", Reach: []tui.Way{{Text: "tel:+44 7700 900123", Private: true}}},
			{ID: "neighbour", Title: "The office next door", Reach: []tui.Way{{Text: "tel:+44 7700 900456", Private: true}}},
		},
	}
	return tuitest.Scene{Desk: desk, World: world, App: func(d *tuitest.Desk) (*tui.App, error) {
		opts.Person, opts.Now, opts.World = "Ada", d.Now, world
		return tui.NewHome(t.Context(), d, opts)
	}}
}

// scripted makes a scene that begins at home, where a runbook has a scenario.
func scripted(t *testing.T, opts tui.Options) tuitest.Scene {
	scene := home(t, opts)
	source, err := tuitest.ReadScenario("testdata/scenarios/autumn.toml")
	if err != nil {
		t.Fatal(err)
	}
	scene.Desk.Plays = []*runbooks.ScenarioSource{source}
	return scene
}

// drill makes a scene that begins in a drill with a scenario, which opener has
// started; Ada sits before the screens.
func drill(opener string) func(*testing.T, tui.Options) tuitest.Scene {
	return func(t *testing.T, opts tui.Options) tuitest.Scene {
		t.Helper()
		desk, err := tuitest.NewDesk("Ada", "testdata/books/attack.toml")
		if err != nil {
			t.Fatal(err)
		}
		source, err := tuitest.ReadScenario("testdata/scenarios/autumn.toml")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := desk.Start(t.Context(), tui.StartRequest{Runbook: desk.Books[0], Mode: state.Drill, Title: "Autumn exercise",
			Severity: runbooks.SEV1, Inputs: map[string]string{"org": "IMO"}, Person: opener, Scenario: source}); err != nil {
			t.Fatal(err)
		}
		return tuitest.Scene{Desk: desk, World: &tuitest.World{}, App: func(d *tuitest.Desk) (*tui.App, error) {
			session, err := d.Open(t.Context(), d.Last().Incident().ID, false)
			if err != nil {
				return nil, err
			}
			opts.Person, opts.Now = "Ada", d.Now
			return tui.NewIncident(t.Context(), d, session, false, opts)
		}}
	}
}

// colour finds a sequence that sets a colour of the palette or of its own.
var colour = regexp.MustCompile(`\x1b\[([0-9;]*;)?[34]8[;:][25][0-9;:]*m`)

// TestScripts plays every script. A script's name begins with the options that
// it needs: ascii-, nocolor-, keys-; truth- plays the case, facilitator- a drill of
// Ada's, player- one that Fay has started; scenario- has one to start a drill with.
func TestScripts(t *testing.T) {
	files, err := filepath.Glob("testdata/script/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no scripts", err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".txt")
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				play := home
				if strings.HasPrefix(name, "truth-") {
					play = imo
				}
				if strings.HasPrefix(name, "facilitator-") {
					play = drill("Ada")
				}
				if strings.HasPrefix(name, "scenario-") {
					play = scripted
				}
				if strings.HasPrefix(name, "player-") {
					play = drill("Fay")
				}
				opts := tui.Options{ASCII: strings.HasPrefix(name, "ascii-"), NoColor: strings.HasPrefix(name, "nocolor-")}
				if strings.HasPrefix(name, "keys-") {
					opts.Keys = map[string][]string{"step.skip": {"X", "f7"}, "note": {"ctrl+n"}}
				}
				term := tuitest.Run(t, file, play(t, opts))
				if seen := colour.FindString(term.Raw()); opts.NoColor && seen != "" {
					t.Errorf("there is colour in what was drawn: %q", seen)
				}
				if screen := term.Screen(); opts.ASCII && strings.ContainsFunc(screen, func(r rune) bool { return r > 0x7e }) {
					t.Errorf("there is more than ASCII on the screen:\n%s", screen)
				}
			})
		})
	}
}
