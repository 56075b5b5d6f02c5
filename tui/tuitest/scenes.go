package tuitest

import (
	"embed"
	"errors"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"

	"muster/runbooks"
	"muster/state"
	"muster/state/response"
	"muster/tui"
)

// books are the runbooks and the scenario that tests play with.
//
//go:embed books/*.toml
var books embed.FS

// BookText is the text of one of them, by its file's name.
func BookText(name string) ([]byte, error) { return books.ReadFile("books/" + name) }

// ReadBook reads one of the runbooks, by its file's name.
func ReadBook(name string) (*runbooks.Source, error) {
	text, err := BookText(name)
	if err != nil {
		return nil, err
	}
	return Book(name, text)
}

// ReadScenario reads the scenario of that name.
func ReadScenario(name string) (*runbooks.ScenarioSource, error) {
	text, err := BookText(name)
	if err != nil {
		return nil, err
	}
	source := runbooks.ReadScenario("built in", name, text)
	return source, source.Err
}

// Home makes a scene that begins at home.
func Home(t *testing.T, opts tui.Options) Scene {
	t.Helper()
	desk, err := NewDesk("Ada", "attack.toml", "hostile.toml", "malware.toml", "copies.toml")
	if err != nil {
		t.Fatal(err)
	}
	desk.Broken = []runbooks.Head{{ID: "broken", Title: "broken.toml", Err: errors.New(`broken.toml:3: unknown key "requird"; did you mean "required"?`)}}
	return Scene{Desk: desk, App: func(d *Desk) (*tui.App, error) {
		opts.Person, opts.Now = "Ada", d.Now
		return tui.NewHome(t.Context(), d, opts)
	}}
}

// IMO makes a scene that begins at home, with the case and a world to act on.
func IMO(t *testing.T, opts tui.Options) Scene { return worldly(t, opts, "imo.toml") }

// stranger makes a scene that begins at home, with the runbook of somebody else.
func stranger(t *testing.T, opts tui.Options) Scene {
	scene := worldly(t, opts, "stranger.toml")
	scene.World.Inside("leads")
	return scene
}

// worldly makes a scene that begins at home, with one runbook and a world to act on.
func worldly(t *testing.T, opts tui.Options, book string) Scene {
	t.Helper()
	desk, err := NewDesk("Ada", book)
	if err != nil {
		t.Fatal(err)
	}
	world := &World{
		Ways: []state.Channel{{Name: "members", Kind: "smtp"}, {Name: "website", Kind: "webhook"}},
		Own: []response.Contact{
			{ID: "cert", Reach: []response.Way{{Text: "tel:+44 7700 900123", Private: true}}},
			{ID: "neighbour", Title: "The office next door", Reach: []response.Way{{Text: "tel:+44 7700 900456", Private: true}}},
		},
	}
	return Scene{Desk: desk, World: world, App: func(d *Desk) (*tui.App, error) {
		opts.Person, opts.Now, opts.World = "Ada", d.Now, world
		return tui.NewHome(t.Context(), d, opts)
	}}
}

// scripted makes a scene that begins at home, where a runbook has a scenario.
func scripted(t *testing.T, opts tui.Options) Scene {
	t.Helper()
	scene := Home(t, opts)
	source, err := ReadScenario("autumn.toml")
	if err != nil {
		t.Fatal(err)
	}
	scene.Desk.Plays = []*runbooks.ScenarioSource{source}
	return scene
}

// Drill makes a scene that begins in a drill with a scenario, which opener has
// started; Ada sits before the screens.
func Drill(opener string) func(*testing.T, tui.Options) Scene {
	return func(t *testing.T, opts tui.Options) Scene {
		t.Helper()
		desk, err := NewDesk("Ada", "attack.toml")
		if err != nil {
			t.Fatal(err)
		}
		source, err := ReadScenario("autumn.toml")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := desk.Start(t.Context(), tui.StartRequest{Runbook: desk.Books[0], Mode: state.Drill, Title: "Autumn exercise",
			Severity: runbooks.SEV1, Inputs: map[string]string{"org": "IMO"}, Person: opener, Scenario: source}); err != nil {
			t.Fatal(err)
		}
		return Scene{Desk: desk, World: &World{}, App: func(d *Desk) (*tui.App, error) {
			session, err := d.Open(t.Context(), d.Last().Incident().ID, false)
			if err != nil {
				return nil, err
			}
			opts.Person, opts.Now = "Ada", d.Now
			return tui.NewIncident(t.Context(), d, session, false, opts)
		}}
	}
}

// sceneOf is the scene that a script's name begins with.
func sceneOf(name string) func(*testing.T, tui.Options) Scene {
	kind, _, _ := strings.Cut(name, "-")
	switch kind {
	case "imo":
		return IMO
	case "facilitator":
		return Drill("Ada")
	case "player":
		return Drill("Fay")
	case "scenario":
		return scripted
	case "first":
		return func(t *testing.T, opts tui.Options) Scene { return worldly(t, opts, "first.toml") }
	case "stranger":
		return stranger
	}
	return Home
}

// Scripts plays every script of testdata/script, beside the test that calls it. A
// script's name begins with what it needs: ascii-, nocolor-, keys-; imo- plays the
// case, stranger- a runbook of somebody else, first- one with first acts, facilitator- a drill of Ada's, player- one that Fay has started; scenario-
// has one to start a drill with.
func Scripts(t *testing.T) {
	t.Helper()
	files, err := filepath.Glob("testdata/script/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no scripts", err)
	}
	// a sequence that sets a colour of the palette or of its own
	colour := regexp.MustCompile(`\x1b\[([0-9;]*;)?[34]8[;:][25][0-9;:]*m`)
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".txt")
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				opts := tui.Options{ASCII: strings.HasPrefix(name, "ascii-"), Wide: strings.HasPrefix(name, "wide-"), NoColor: strings.HasPrefix(name, "nocolor-")}
				if strings.HasPrefix(name, "keys-") {
					opts.Keys = map[string][]string{"step.skip": {"X", "f7"}, "note": {"ctrl+n"}}
				}
				term := Run(t, file, sceneOf(name)(t, opts))
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
