package tui_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"muster/runbooks"
	"muster/state"
	"muster/state/clean"
	"muster/state/response"
	"muster/tui/tuitest"
)

// evil tries to set the title, to clear the screen, to copy, and to turn text round.
const evil = "\x1b]0;owned\x07\x1b[2J\x1b]52;c;b3duZWQ=\x07\u202e\u009b31m"

// evilBook has it wherever a runbook has text, as TOML writes it.
func evilBook(t *testing.T) *runbooks.Source {
	t.Helper()
	const text = `
title = "EVIL"
[[role]]
id = "commander"
title = "EVIL commander"
duties = "EVIL"
[[service]]
id = "gisis"
title = "EVIL gisis"
owner = "EVIL"
check = { url = "https://gisis.example.org/" }
[[service]]
id = "docs"
title = "EVIL docs"
depends_on = ["gisis"]
shutdown = "EVIL"
[[contact]]
id = "cert"
title = "EVIL cert"
role = "EVIL"
reach = ["EVIL tel:1"]
hours = "EVIL"
note = "EVIL"
[[clock]]
id = "law"
title = "EVIL law"
within = "72h"
starts = "incident.opened"
stops = "manual"
to = "EVIL"
source = "EVIL"
[[notice]]
id = "say"
title = "EVIL say"
audience = "EVIL all"
channel = "website"
claims = ["gisis=restored"]
text = "EVIL text of gisis"
[[phase]]
title = "EVIL phase"
[[phase.step]]
id = "say"
kind = "announce"
title = "EVIL step"
notice = "say"
[[phase.step]]
id = "call"
kind = "notify"
title = "EVIL call"
contact = "cert"
`
	escaped := strings.NewReplacer("\x1b", `\u001B`, "\x07", `\u0007`, "\u202e", `\u202E`, "\u009b", `\u009B`).Replace(evil)
	book, err := tuitest.Book("evil.toml", []byte(strings.ReplaceAll(text, "EVIL", escaped)))
	if err != nil {
		t.Fatal(err)
	}
	return book
}

// TestHostileText: nothing that a runbook, a person, a contact list, a check, a
// channel or a sitrep says reaches the terminal as more than text.
func TestHostileText(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		world := &tuitest.World{
			Ways: []state.Channel{{Name: "website", Kind: evil}},
			Own: []response.Contact{{ID: "x", Title: evil + "x", Role: evil, Hours: evil, Note: evil, Reach: []response.Way{{Text: evil, Private: true}}},
				{ID: "cert", Reach: []response.Way{{Text: evil}}}},
		}
		world.Down("gisis", evil)
		world.FailSend(evil)
		term, desk := tuitest.Begin(t, evilBook(t), world, nil)
		ben := clean.Line("Ben" + evil) // a name with what cannot be seen is refused
		other := func(c state.Command) {
			if err := desk.Last().Other(ben, c); err != nil {
				t.Fatal(err)
			}
			term.Settle()
		}
		other(state.SetService{Service: "gisis", State: state.Affected, Why: evil})
		other(state.SetService{Service: "gisis", State: state.Restored, Why: evil})
		other(state.AssignRole{Role: "commander", Person: ben})
		other(state.HandRole{Role: "commander", To: "Ada", Note: evil})
		other(state.SetTimer{Title: evil, Due: desk.Now().Add(time.Minute)})
		other(state.CallContact{Contact: "cert", Outcome: state.Voicemail, Via: evil, Note: evil})
		term.Wait(time.Second) // the handover opened by itself
		for _, keys := range []string{
			"esc j", "j 2 p z P", "z", "3 d 'more tab space esc ctrl+s", "S enter", "o 'because enter y", "esc", "c S 'hand enter", "o 'because enter", "'there enter",
			"+ right enter", "G enter esc k enter esc", "4 j j tab tab", "@ enter", "W G i esc", "K esc", "C esc", ": 'x esc", "5 enter esc", "H esc", "q j",
		} {
			term.Act(keys)
			term.Wait(2 * time.Second)
			if term.Title() == "owned" || strings.Contains(term.Clipboard(), "b3duZWQ") {
				t.Fatalf("after %q: title %q, clipboard %q", keys, term.Title(), term.Clipboard())
			}
			if screen := term.Screen(); strings.ContainsAny(screen, "\u202e\u009b\x1b\x07") {
				t.Fatalf("after %q: outside text as it was:\n%q", keys, screen)
			}
		}
		if n := tuitest.EntriesOf(desk); n < 14 {
			t.Errorf("only %d entries were made\n%s", n, term.Screen())
		}
		if raw := term.Raw(); strings.Contains(raw, "owned\x07") || strings.Contains(raw, "\u009b") {
			t.Error("outside text reached the terminal as it was")
		}
	})
}
