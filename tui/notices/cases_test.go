package notices_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"muster/state"
	"muster/tui/tuitest"
)

// begun is the case, with three channels.
func begun(t *testing.T) (*tuitest.Terminal, *tuitest.Desk) {
	t.Helper()
	book, err := tuitest.ReadBook("imo.toml")
	if err != nil {
		t.Fatal(err)
	}
	return tuitest.Begin(t, book, &tuitest.World{Ways: []state.Channel{{Name: "members", Kind: "smtp"}, {Name: "website", Kind: "webhook"}, {Name: "form", Kind: "webhook"}}}, nil)
}

// all has Ben do several things.
func all(commands ...state.Command) func(*tuitest.Desk) {
	return func(desk *tuitest.Desk) {
		for _, c := range commands {
			if err := desk.Last().Other("Ben", c); err != nil {
				panic(err)
			}
		}
	}
}

// TestWhatCannotBeDone: a key that does not apply says why, and records nothing.
func TestWhatCannotBeDone(t *testing.T) {
	nothing := func(t *testing.T, _ *tuitest.Terminal, desk *tuitest.Desk) {
		if n := tuitest.EntriesOf(desk); n != 1 {
			t.Errorf("%d entries", n)
		}
	}
	tuitest.Cases(t, begun, []tuitest.Case{
		{Name: "send what is not written", Keys: "3 S", Want: []string{"It is not written yet: d drafts it."}, Then: nothing},
		{Name: "approve what is not written", Keys: "3 A", Want: []string{"It is not written yet: d drafts it."}, Then: nothing},
		{Name: "copy what is not written", Keys: "3 c", Want: []string{"It is not written yet: d drafts it."}, Then: nothing},
		{Name: "an editor that is not set", Keys: "3 E", Want: []string{"No editor of your own is set; e edits here."}, Then: nothing},
		{Name: "approve twice", Keys: "3 j d ctrl+s A enter A", Want: []string{"Its last text is approved by Ada."}, Logged: "Ada approved To the authority, version 1"},
		{Name: "leave without a word", Keys: "3 j d esc", Absent: []string{"is kept"}, Then: nothing},
		{Name: "no claim is no change", Keys: "3 j + esc", Then: nothing},
	})
}

// TestWhatComesNext: enter does what comes next with a notice, and its key says what.
func TestWhatComesNext(t *testing.T) {
	draft := state.DraftNotice{Notice: "authority", Text: "A breach."}
	holding := state.DraftNotice{Notice: "holding", Text: "GISIS.", Claims: []state.Claim{{Service: "gisis", State: state.Affected}}}
	affected := state.SetService{Service: "gisis", State: state.Affected, Why: "seen"}
	leader := state.AssignRole{Role: "commander", Person: "Ben"}
	sent := state.SendNotice{Notice: "authority", Version: 1, Channel: "form", To: "12", How: "by hand"}
	approve := state.ApproveNotice{Notice: "holding", Version: 1}
	out := state.SendNotice{Notice: "holding", Version: 1, Channel: "website", How: "by hand"}
	tuitest.Cases(t, begun, []tuitest.Case{
		{Name: "unwritten", Keys: "3", Want: []string{"↵ draft ", "○ unwritten", "To public, by website", "Approver Incident commander (nobody)", "Next update 2h after it is sent", "Not written yet. A draft would say now:"}},
		{Name: "unwritten, enter", Keys: "3 enter", Want: []string{"Holding statement, version 1"}},
		{Name: "a draft to be approved", Before: all(leader, affected, holding), Keys: "3", Absent: []string{"approve "}, Want: []string{"The Incident commander (Ben) approves it.", "Approver Incident commander (Ben)", "GISIS is affected", "known since 02:31, Ben"}},
		{Name: "a draft to be approved, enter", Before: all(leader, affected, holding), Keys: "3 enter", Want: []string{"A approves it all the same."}},
		{Name: "a draft to be approved, its key", Before: all(leader, affected, holding), Keys: "3 A enter", Want: []string{"Not recorded", "is to be approved by the Incident commander (Ben)"}},
		{Name: "a draft that nobody approves", Before: all(draft), Keys: "3 j", Want: []string{"↵ send ", "draft v1", "Version 1, 02:31 Ben", "A breach.", "drafted version 1, Ben"}, Absent: []string{"Next update", "Approver"}},
		{Name: "a draft, enter", Before: all(draft), Keys: "3 j enter", Want: []string{"Send To the authority, version 1", "by hand copy the text"}},
		{Name: "approved", Before: all(leader, affected, holding, approve), Keys: "3", Want: []string{"↵ send ", "approved 02:31 Ben", "drafted version 1, Ben, approved 02:31 by Ben"}},
		{Name: "sent", Before: all(draft, sent), Keys: "3 j", Want: []string{"↵ draft an update", "SENT; version 1 was sent 02:31", "SENT, version 1 by form (by hand) to 12, Ben"}, Absent: []string{"alone"}},
		{Name: "sent, enter", Before: all(draft, sent), Keys: "3 j enter", Want: []string{"To the authority, version 2"}},
		{Name: "one alone", Before: all(leader, affected, holding, approve, out), Keys: "3", Want: []string{"↵ draft an update", "approved 02:31 Ben, alone", "approval of version 1: one person drafted, approved and", "Next update"}, Absent: []string{"after it is sent"}},
		{Name: "stale", Before: all(state.SetService{Service: "gisis", State: state.Unaffected, Why: "x"}, leader, state.DraftNotice{Notice: "holding", Text: "GISIS.", Claims: []state.Claim{{Service: "gisis", State: state.Unaffected}}}, approve, out, affected), Keys: "3", Want: []string{"↵ draft the correction", "NOT TRUE ANY MORE: ", "known: affected"}},
		{Name: "not known to be true when it was sent", Before: all(leader, state.DraftNotice{Notice: "authority", Text: "GISIS.", Claims: []state.Claim{{Service: "gisis", State: state.Unaffected}}}, state.DraftNotice{Notice: "holding", Text: "GISIS.", Claims: []state.Claim{{Service: "gisis", State: state.Unaffected}}}, approve), Keys: "3", Want: []string{"approved"}, Then: func(t *testing.T, term *tuitest.Terminal, desk *tuitest.Desk) {
			for _, send := range []state.SendNotice{sent, out} { // the one is a word given once
				if _, err := desk.Last().Do(t.Context(), state.Action{Command: send, Override: "a test"}); err != nil {
					t.Fatal(err)
				}
			}
			term.Wait(2 * time.Second)
			tuitest.Wants(t, term, "? To the authority", "was not known to be true then")
			tuitest.Wants(t, term, "↵ draft the correction", "? UNSURE; version 1 was sent", "NOT KNOWN TO BE TRUE WHEN IT WAS SENT: it", "1 UNSURE")
			if text := term.Screen(); strings.Contains(text, "NOT TRUE") || strings.Contains(text, "STALE") {
				t.Errorf("it is called untrue:\n%s", text)
			}
		}},
		{Name: "not true when it was sent", Before: all(affected, state.DraftNotice{Notice: "authority", Text: "GISIS.", Claims: []state.Claim{{Service: "gisis", State: state.Unaffected}}}), Keys: "3 j", Want: []string{"draft v1"}, Then: func(t *testing.T, term *tuitest.Terminal, desk *tuitest.Desk) {
			if _, err := desk.Last().Do(t.Context(), state.Action{Command: sent, Override: "a test"}); err != nil {
				t.Fatal(err)
			}
			all(state.SetService{Service: "gisis", State: state.Unaffected, Why: "x"})(desk)
			term.Wait(2 * time.Second)
			tuitest.Wants(t, term, "✗ To the authority", "was not true then", "SENT; version 1 was sent 02:31; was not true then")
		}},
		{Name: "harm that is over", Before: all(leader, affected, holding, approve, out, state.SetService{Service: "gisis", State: state.Unaffected, Why: "x"}), Keys: "3", Want: []string{"- GISIS is affected: superseded", "known: unaffected"}, Absent: []string{"✗"}},
		{Name: "harm that is over, not sent", Before: all(leader, affected, holding, state.SetService{Service: "gisis", State: state.Unaffected, Why: "x"}), Keys: "3", Want: []string{"✗ GISIS is affected"}, Absent: []string{"superseded since"}},
		{Name: "an override says all that it overrides", Before: all(leader, affected, holding, state.SetService{Service: "gisis", State: state.Unaffected, Why: "x"}), Keys: "3 S enter", Want: []string{"Not sent"}, Then: func(t *testing.T, term *tuitest.Terminal, _ *tuitest.Desk) {
			term.Wait(2 * time.Second)
			term.Act("o")
			tuitest.Wants(t, term, "Override", "Version 1 of Holding statement is not approved.", "It says that GISIS is affected,", "and it is known to be unaffected", "The override and your reason are in the log.")
		}},
		{Name: "it may be out", Before: all(draft, state.LeaveNotice{Notice: "authority", Version: 1, Channel: "form"}), Keys: "3 j", Want: []string{"↵ say whether it arrived", "? Version 1 may have left at 02:31 by form (Ben): did it?", "Nobody has said."}},
		{Name: "it may be out, enter", Before: all(draft, state.LeaveNotice{Notice: "authority", Version: 1, Channel: "form"}), Keys: "3 j enter", Want: []string{"did it"}, Absent: []string{"send it all the same"}},
		{Name: "it may be out, sent again", Before: all(draft, state.LeaveNotice{Notice: "authority", Version: 1, Channel: "form"}), Keys: "3 j S", Want: []string{"send it all the same, and say why"}},
		{Name: "not sent", Before: all(draft, state.FailNotice{Notice: "authority", Version: 1, Channel: "form", Why: "it is down"}), Keys: "3 j", Want: []string{"NOT SENT, version 1 by form: it is down"}},
	})
}

// TestWays: the runbook's own channel stands first, then by hand, then the others.
func TestWays(t *testing.T) {
	draft := func(notice string) func(*tuitest.Desk) {
		return all(state.DraftNotice{Notice: notice, Text: "A breach."})
	}
	order := func(texts ...string) func(*testing.T, *tuitest.Terminal, *tuitest.Desk) {
		return func(t *testing.T, term *tuitest.Terminal, _ *tuitest.Desk) {
			rest := term.Screen()
			for _, text := range texts {
				_, after, found := strings.Cut(rest, text)
				if !found {
					t.Fatalf("%q does not come where it should:\n%s", text, term.Screen())
				}
				rest = after
			}
		}
	}
	tuitest.Cases(t, begun, []tuitest.Case{
		{Name: "its own first", Before: draft("holding"), Keys: "3 S", Then: order("channel website", "by hand", "channel members", "channel form")},
		{Name: "none of its own", Before: draft("authority"), Keys: "3 j S", Then: order("by hand", "channel members", "channel website", "channel form")},
		{Name: "asked before it leaves", Before: draft("authority"), Keys: "3 j S 'form enter", Want: []string{"To the authority, version 1, goes to authority by form now.", "cannot be called back."}},
		{Name: "and left", Before: draft("authority"), Keys: "3 j S 'form enter esc", Logged: "Ben drafted To the authority"},
		{Name: "what has no key here is found", Keys: "3 : 'evidence", Want: []string{"Attach a file as evidence"}},
		{Name: "by hand", Before: draft("authority"), Keys: "3 j S 'hand enter", Want: []string{"I sent it: To the authority, version 1", "The text was sent to the terminal's clipboard. Say it", "authority"}, Absent: []string{"NOT copied"}},
		{Name: "by hand, recorded", Before: draft("authority"), Keys: "3 j S 'hand enter 'telephone enter", Logged: "Ada sent To the authority, version 1, by telephone to authority"},
	})
}

// TestWriting: enter begins a line, what is left is kept and gone on with, and what is new
// since the last text stands below.
func TestWriting(t *testing.T) {
	lastText := func(notice, want string) func(*testing.T, *tuitest.Terminal, *tuitest.Desk) {
		return func(t *testing.T, term *tuitest.Terminal, desk *tuitest.Desk) {
			if v := desk.Last().Incident().Notice(notice).Last(); v == nil || v.Text != want {
				t.Errorf("the last version is %+v\n%s", v, term.Screen())
			}
		}
	}
	tuitest.Cases(t, begun, []tuitest.Case{
		{Name: "two lines", Keys: "3 j e enter 'Sorry. ctrl+s", Logged: "Ada drafted To the authority, version 1", Then: lastText("authority", "A breach of personal data.\nSorry.")},
		{Name: "kept", Keys: "3 j e '!! esc", Want: []string{"What you typed is kept: e goes on with it."}},
		{Name: "gone on with", Keys: "3 j e '!! esc e", Want: []string{"A breach of personal data.!!"}},
		{Name: "saved, and not kept any more", Keys: "3 j e '!! esc e ctrl+s e", Want: []string{"To the authority, version 2", "A breach of personal data.!!"}, Then: lastText("authority", "A breach of personal data.!!")},
		{Name: "a service is named", Keys: "3 j e '_GISIS", Want: []string{"? The text names GISIS and claims nothing of it."}, Absent: []string{"It claims nothing of any service."}},
		{Name: "none is named", Keys: "3 j e", Want: []string{"It claims nothing of any service."}},
		{Name: "a claim that does not hold", Keys: "3 j e tab j space enter", Want: []string{"GISIS is affected, known: unknown"}},
		{Name: "news", Before: all(state.SetService{Service: "gisis", State: state.Unaffected, Why: "seen"}, state.DraftNotice{Notice: "authority", Text: "GISIS works.", Claims: []state.Claim{{Service: "gisis", State: state.Unaffected}}}, state.SendNotice{Notice: "authority", Channel: "form", How: "by hand"}),
			Keys: "3 j e ctrl+u", Want: []string{"What was sent names GISIS, and this does not."}},
		{Name: "afresh", Before: all(state.DraftNotice{Notice: "authority", Text: "Else."}), Keys: "3 j D", Want: []string{"To the authority, version 2", "A breach of personal data."}},
		{Name: "draft again what is not sent", Before: all(state.DraftNotice{Notice: "authority", Text: "Else."}), Keys: "3 j d", Want: []string{"To the authority, version 2", "A breach of personal data."}},
		{Name: "one's own", Keys: "3 w 'Thank_you tab 'members tab 'All! ctrl+s", Logged: "Ada drafted Thank you, version 1", Then: lastText("thank-you", "All!")},
	})
}

// TestClaiming: space claims what may be said of a service, right and left go through all
// that can be, round and round; what does not hold is marked.
func TestClaiming(t *testing.T) {
	affected := all(state.SetService{Service: "gisis", State: state.Affected, Why: "seen"})
	claims := func(want ...state.Claim) func(*testing.T, *tuitest.Terminal, *tuitest.Desk) {
		return func(t *testing.T, term *tuitest.Terminal, desk *tuitest.Desk) {
			if v := desk.Last().Incident().Notice("authority").Last(); v == nil || !slices.Equal(v.Claims, want) {
				t.Errorf("the last version is %+v\n%s", v, term.Screen())
			}
		}
	}
	said := func(s state.ServiceState) state.Claim { return state.Claim{Service: "gisis", State: s} }
	tuitest.Cases(t, begun, []tuitest.Case{
		{Name: "space", Before: affected, Keys: "3 j + j space enter", Then: claims(said(state.Affected))},
		{Name: "space twice", Before: affected, Keys: "3 j + j space space space enter", Then: claims(said(state.Affected))},
		{Name: "nothing again", Before: affected, Keys: "3 j + j space space enter", Then: claims()},
		{Name: "right", Before: affected, Keys: "3 j + j right right enter", Then: claims(said(state.Suspect))},
		{Name: "left", Before: affected, Keys: "3 j + j left enter", Then: claims(said(state.Verified))},
		{Name: "round", Before: affected, Keys: "3 j + j left right right enter", Then: claims(said(state.Unaffected))},
		{Name: "two, in their order", Before: affected, Keys: "3 j + j j right k space enter", Then: claims(said(state.Affected), state.Claim{Service: "imodocs", State: state.Unaffected})},
		{Name: "what holds", Before: affected, Keys: "3 j + j space", Want: []string{"✓  GISIS", "affected       affected, 02:31 Ben"}},
		{Name: "what does not", Before: affected, Keys: "3 j + j left", Want: []string{"✗  GISIS", "verified       affected, 02:31 Ben"}},
		{Name: "a click", Before: affected, Keys: "3 j +", Then: func(t *testing.T, term *tuitest.Terminal, desk *tuitest.Desk) {
			for y, line := range strings.Split(term.Screen(), "\n") {
				if strings.Contains(line, "GISIS ") && strings.Contains(line, "affected, 02:31") {
					term.Send(tea.MouseClickMsg{X: 40, Y: y, Button: tea.MouseLeft})
				}
			}
			term.Act("space enter")
			claims(said(state.Affected))(t, term, desk)
		}},
		{Name: "on a low screen", Before: affected, Keys: "3 j +", Then: func(t *testing.T, term *tuitest.Terminal, _ *tuitest.Desk) {
			term.Resize(80, 12)
			for _, service := range []string{"File servers", "GISIS", "IMODOCS", "Virtual Publications", "E-mail"} {
				if !regexp.MustCompile("▌.* " + service + " ").MatchString(term.Screen()) {
					t.Errorf("the cursor is not seen on %s:\n%s", service, term.Screen())
				}
				term.Act("j")
			}
		}},
	})
}

// TestCalls: what came of a call is recorded as it was said, and the contact says it.
func TestCalls(t *testing.T) {
	tuitest.Cases(t, begun, []tuitest.Case{
		{Name: "asked", Keys: "3 G enter", Want: []string{"Call Insurer", "In order: 1  tel:+41 22 555 0100", "○ call-back", "● not said   ○ tel:+41 22 555 0100"}},
		{Name: "the ways in order", Keys: "3 G k enter", Want: []string{"1  tel:+44 20 7946 0000   2  mailto:cert@example.org"}},
		{Name: "reached", Keys: "3 G enter right tab tab tab 'They_come. ctrl+s", Logged: "Ada called Insurer: reached"},
		{Name: "by a way", Keys: "3 G enter right tab right ctrl+s", Logged: "Ada called Insurer: reached", Want: []string{"reached (tel:+41 22 555 0100)"}},
		{Name: "to be called back", Keys: "3 G enter right right right right tab tab '30m ctrl+s", Logged: "call-back", Want: []string{"03:01"}},
		{Name: "the call back counts from the call", Keys: "3 G enter right right right right tab tab '30m tab tab tab '-20m ctrl+s", Logged: "call-back", Want: []string{"02:41"}},
		{Name: "and may have been due already", Keys: "3 G enter right right right right tab tab '10m tab tab tab '-20m ctrl+s", Logged: "call-back", Want: []string{"02:21"}},
		{Name: "a time that is none", Keys: "3 G enter right right right right tab tab 'soon ctrl+s", Want: []string{"Call Insurer"}},
		{Name: "what nobody said is not taken", Keys: "3 G enter ctrl+s", Want: []string{"Call Insurer", "● not said"}, Absent: []string{"reached 02:31"}},
	})
}

// TestTheCursorGoesWithTheCorrection: a correction that is another notice than the one it puts right is
// what the cursor is on once it is saved.
func TestTheCursorGoesWithTheCorrection(t *testing.T) {
	withOne := func(t *testing.T) (*tuitest.Terminal, *tuitest.Desk) {
		t.Helper()
		text, err := tuitest.BookText("imo.toml")
		if err != nil {
			t.Fatal(err)
		}
		book, err := tuitest.Book("imo.toml", append(text, "\n[[notice]]\nid = \"right\"\ntitle = \"Set right\"\ncorrects = [\"holding\"]\ntext = \"It was wrong.\"\n"...))
		if err != nil {
			t.Fatal(err)
		}
		return tuitest.Begin(t, book, &tuitest.World{}, nil)
	}
	stale := all(state.SetService{Service: "gisis", State: state.Unaffected, Why: "x"}, state.AssignRole{Role: "commander", Person: "Ben"},
		state.DraftNotice{Notice: "holding", Text: "GISIS.", Claims: []state.Claim{{Service: "gisis", State: state.Unaffected}}}, state.ApproveNotice{Notice: "holding", Version: 1},
		state.SendNotice{Notice: "holding", Version: 1, Channel: "website", How: "by hand"}, state.SetService{Service: "gisis", State: state.Affected, Why: "x"})
	tuitest.Cases(t, withOne, []tuitest.Case{
		{Name: "saved", Before: stale, Keys: "3 enter ctrl+s", Want: []string{"Version 1, 02:31 Ada", "It was wrong.", "↵ send "}, Absent: []string{"↵ draft the correction"}},
		{Name: "left", Before: stale, Keys: "3 enter esc", Want: []string{"↵ draft the correction"}},
	})
}
