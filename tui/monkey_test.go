package tui_test

import (
	"math/rand/v2"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"

	"muster/state"
	"muster/tui"
	"muster/tui/tuitest"
)

// TestMonkey presses keys at random, in terminals of every size, while saves fail
// and others write. Nothing may panic, and whatever is drawn must fit exactly.
func TestMonkey(t *testing.T) {
	var keys []string
	for _, act := range tui.Actions() {
		if act.ID != "quit" && act.ID != "suspend" && act.ID != "home.leave" {
			keys = append(keys, act.Keys...)
		}
	}
	for seed := range uint64(8) {
		synctest.Test(t, func(t *testing.T) {
			random := rand.New(rand.NewPCG(seed, 1))
			books := []string{"attack.toml", "hostile.toml", "malware.toml"}
			if seed%2 == 1 { // every other monkey has the case
				books = []string{"imo.toml"}
			}
			world := &tuitest.World{Ways: []state.Channel{{Name: "website", Kind: "webhook"}}}
			desk, err := tuitest.NewDesk("Ada", books...)
			if err != nil {
				t.Fatal(err)
			}
			app, err := tui.NewHome(t.Context(), desk, tui.Options{Person: "Ada", Now: desk.Now, SSH: true, World: world})
			if err != nil {
				t.Fatal(err)
			}
			term := tuitest.Start(t, app, 80, 24)
			for i := range 250 {
				key := keys[random.IntN(len(keys))]
				switch random.IntN(12) {
				case 0:
					key = string(rune('a' + random.IntN(26)))
				case 1:
					key = "enter"
				case 2:
					key = "ctrl+s"
				}
				if key != "q" { // ends muster at home
					term.Press(key)
				}
				switch random.IntN(40) {
				case 0:
					term.Resize(1+random.IntN(220), 1+random.IntN(70))
				case 1:
					desk.FailSaves(1)
				case 2:
					term.Wait(time.Second)
				case 3:
					term.Send(widePaste)
				case 4:
					world.Down("gisis", "gone")
				case 5:
					world.FailSend([]string{"", "no"}[random.IntN(2)])
				case 6:
					term.Press("3", "4", "2")
				}
				if term.Ended() { // the palette has an action for that
					break
				}
				tuitest.Fits(t, app, term, i, key)
			}
			t.Logf("seed %d: %d entries, ended %v", seed, tuitest.EntriesOf(desk), term.Ended())
			if term.Ended() && term.Err != nil {
				t.Errorf("seed %d: the program has ended: %v", seed, term.Err)
			}
		})
	}
}

// widePaste is what nobody expects in a field.
var widePaste = tea.PasteMsg{Content: "宽宽宽\x1b[2J\n\u202e e\u0301 " + strings.Repeat("x", 300)}
