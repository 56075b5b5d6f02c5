package tui_test

import (
	"strings"
	"testing"
	"time"

	"muster/tui"
	"muster/tui/tuitest"
)

// TestNoKeyIsSilent: case C13. On every screen each key does something that is seen, or says
// why it does not; a key that moves may stand at the end of the list.
func TestNoKeyIsSilent(t *testing.T) {
	moves := map[string]bool{"k": true, "g": true, "G": true, "j": true, "h": true, "l": true, "ctrl+l": true, "esc": true}
	keys := strings.Split("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!\"#$%&'()*+,-./:;<=>?@[]^_{|}~", "")
	keys = append(keys, "enter", "space", "esc", "backspace", "delete", "ctrl+a", "ctrl+e", "ctrl+s", "ctrl+o", "ctrl+t", "ctrl+w", "ctrl+u", "ctrl+k", "ctrl+r", "f2", "insert")
	for _, key := range keys {
		tuitest.InBubble(t, "home "+key, func(t *testing.T) {
			scene := tuitest.Home(t, tui.Options{})
			app, err := scene.App(scene.Desk)
			if err != nil {
				t.Fatal(err)
			}
			term := tuitest.Start(t, app, 100, 30)
			before := term.Screen()
			term.Press(key)
			if term.Wait(200 * time.Millisecond); term.Screen() == before && !moves[key] && !term.Ended() {
				t.Errorf("nothing is seen:\n%s", before)
			}
		})
	}
	for _, at := range []string{"1", "2", "3", "4", "5"} {
		for _, key := range keys {
			tuitest.InBubble(t, at+" "+key, func(t *testing.T) {
				term, _ := tuitest.Inside(t)
				if at != "1" {
					term.Press(at)
				}
				term.Wait(2 * time.Second)
				before := term.Screen()
				term.Press(key)
				if term.Wait(200 * time.Millisecond); term.Screen() == before && !moves[key] {
					t.Errorf("nothing is seen:\n%s", before)
				}
			})
		}
	}
}
