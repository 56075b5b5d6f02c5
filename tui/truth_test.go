package tui_test

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"

	"muster/runbooks"
	"muster/state"
	"muster/tui"
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

// worldly starts an incident of a book with a world to act on.
func worldly(t *testing.T, book *runbooks.Source, world *tuitest.World, editor tui.Editor) (*tuitest.Terminal, *tuitest.Desk) {
	t.Helper()
	desk, err := tuitest.NewDesk("Ada")
	if err != nil {
		t.Fatal(err)
	}
	desk.Books = append(desk.Books, book)
	session, err := desk.Start(t.Context(), tui.StartRequest{Runbook: book, Mode: state.Live, Severity: runbooks.SEV2, Person: "Ada"})
	if err != nil {
		t.Fatal(err)
	}
	app, err := tui.NewIncident(t.Context(), desk, session, false, tui.Options{Person: "Ada", Now: desk.Now, World: world, Editor: editor})
	if err != nil {
		t.Fatal(err)
	}
	return tuitest.Start(t, app, 100, 30), desk
}

// TestHostileTruth: nothing that a runbook, a person, a contact list, a check, a
// channel or a sitrep says reaches the terminal as more than text.
func TestHostileTruth(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		world := &tuitest.World{
			Ways: []tui.Channel{{Name: "website", Kind: evil}},
			Own: []tui.Contact{{ID: "x", Title: evil + "x", Role: evil, Hours: evil, Note: evil, Reach: []tui.Way{{Text: evil, Private: true}}},
				{ID: "cert", Reach: []tui.Way{{Text: evil}}}},
		}
		world.Down("gisis", evil)
		world.FailSend(evil)
		term, desk := worldly(t, evilBook(t), world, nil)
		other := func(c state.Command) {
			if err := desk.Last().Other("Ben"+evil, c); err != nil {
				t.Fatal(err)
			}
			term.Settle()
		}
		other(state.SetService{Service: "gisis", State: state.Affected, Why: evil})
		other(state.SetService{Service: "gisis", State: state.Restored, Why: evil})
		other(state.AssignRole{Role: "commander", Person: "Ben" + evil})
		other(state.HandRole{Role: "commander", To: "Ada", Note: evil})
		other(state.SetTimer{Title: evil, Due: desk.Now().Add(time.Minute)})
		other(state.CallContact{Contact: "cert", Outcome: state.Voicemail, Via: evil, Note: evil})
		term.Wait(time.Second) // the handover opened by itself
		for _, keys := range []string{
			"esc j", "j 2 p z P", "z", "3 d 'more tab space esc ctrl+s", "S enter", "o 'because enter y", "esc", "c S 'hand enter", "o 'because enter", "'there enter",
			"+ right enter", "G enter esc k enter esc", "4 j j tab tab", "@ enter", "W G i esc", "K esc", "C esc", ": 'x esc", "5 enter esc", "H esc", "q j",
		} {
			act(term, keys)
			term.Wait(2 * time.Second)
			if term.Title() == "owned" || strings.Contains(term.Clipboard(), "b3duZWQ") {
				t.Fatalf("after %q: title %q, clipboard %q", keys, term.Title(), term.Clipboard())
			}
			if screen := term.Screen(); strings.ContainsAny(screen, "\u202e\u009b\x1b\x07") {
				t.Fatalf("after %q: outside text as it was:\n%q", keys, screen)
			}
		}
		if n := entriesOf(desk); n < 14 {
			t.Errorf("only %d entries were made\n%s", n, term.Screen())
		}
		if raw := term.Raw(); strings.Contains(raw, "owned\x07") || strings.Contains(raw, "\u009b") {
			t.Error("outside text reached the terminal as it was")
		}
	})
}

// A scribble is an editor that runs no program.
type scribble struct{ err error }

// Run takes a moment, as any program does: the renderer must have stopped before
// it starts again.
func (s scribble) Run() error {
	time.Sleep(time.Millisecond)
	return s.err
}

func (scribble) SetStdin(io.Reader)  {}
func (scribble) SetStdout(io.Writer) {}
func (scribble) SetStderr(io.Writer) {}

// TestOwnEditor: a text comes back from the person's own editor to be looked at,
// and is not lost if it is left.
func TestOwnEditor(t *testing.T) {
	for name, c := range map[string]struct {
		run, read error
		want      string
	}{
		"changed": {nil, nil, "Written elsewhere."},
		"failed":  {errors.New("exit status 1"), nil, "The text was not taken over. exit status 1"},
		"unread":  {nil, errors.New("is not UTF-8 text"), "The text was not taken over. is not UTF-8 text"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				got := ""
				editor := func(text string) (tea.ExecCommand, func() (string, error), error) {
					got = text
					return scribble{c.run}, func() (string, error) { return "Written elsewhere.", c.read }, nil
				}
				book, err := tuitest.ReadBook("imo.toml")
				if err != nil {
					t.Fatal(err)
				}
				term, desk := worldly(t, book, &tuitest.World{}, editor)
				act(term, "3 j E")
				term.Wait(time.Second)
				wants(t, term, c.want)
				if got != "A breach of personal data." {
					t.Errorf("the editor got %q", got)
				}
				if c.run == nil && c.read == nil {
					act(term, "esc e")
					wants(t, term, "Written elsewhere.")
					act(term, "ctrl+s")
					if v := desk.Last().Incident().Notice("authority").Last(); v == nil || v.Text != "Written elsewhere." {
						t.Errorf("the last version is %+v", v)
					}
				}
			})
		})
	}
}

// refusing is a session in which sending is refused once it has happened.
type refusing struct {
	*tuitest.Session
	overrides []string
}

func (r *refusing) Do(ctx context.Context, action state.Action) (*state.Incident, error) {
	if _, ok := action.Command.(state.SendNotice); ok {
		r.overrides = append(r.overrides, action.Override)
		if action.Override == "" {
			return nil, &state.Refusal{Reason: state.Unverified, Text: "GISIS is affected meanwhile.", Overridable: true}
		}
	}
	return r.Session.Do(ctx, action)
}

// TestSentIsRecorded: what has left is recorded as sent, whatever was learned
// while it was on its way.
func TestSentIsRecorded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		desk, err := tuitest.NewDesk("Ada", "imo.toml")
		if err != nil {
			t.Fatal(err)
		}
		session, err := desk.Start(t.Context(), tui.StartRequest{Runbook: desk.Books[0], Mode: state.Live, Severity: runbooks.SEV2, Person: "Ada"})
		if err != nil {
			t.Fatal(err)
		}
		r := &refusing{Session: session.(*tuitest.Session)}
		world := &tuitest.World{Ways: []tui.Channel{{Name: "form", Kind: "webhook"}}}
		app, err := tui.NewIncident(t.Context(), desk, r, false, tui.Options{Person: "Ada", Now: desk.Now, World: world})
		if err != nil {
			t.Fatal(err)
		}
		term := tuitest.Start(t, app, 100, 30)
		act(term, "3 j d ctrl+s S 'form enter y")
		term.Wait(time.Second)
		if len(world.Sent()) != 1 || len(r.overrides) != 2 || !strings.Contains(r.overrides[1], "it had left when this became known: GISIS is affected meanwhile.") {
			t.Errorf("sent %q, overrides %q\n%s", world.Sent(), r.overrides, term.Screen())
		}
		if _, sent := desk.Last().Incident().Notice("authority").LastSent(); sent == nil || sent.To != "12 subscribers" {
			t.Errorf("recorded %+v", sent)
		}
	})
}

// TestNoWorld: without a world the screens say so, and everything by hand works.
func TestNoWorld(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		term, desk := inside(t)
		for keys, want := range map[string]string{
			"2 P": "The runbook names no check for any service.", "1 W": "There is nothing to draw a sitrep with here.",
			"3": "Contacts, in the order to call", "4": "Timers", "1 K": "No role is being handed over.",
		} {
			act(term, keys)
			wants(t, term, want)
		}
		act(term, "3 w 'Hello_all tab 'staff tab 'It_is_well. ctrl+s")
		if n := desk.Last().Incident().Notice("hello-all"); n == nil || n.Last().Text != "It is well." {
			t.Errorf("the notice is %+v\n%s", n, term.Screen())
		}
	})
}

// TestContactsCannotBeRead: what the runbook has is shown all the same.
func TestContactsCannotBeRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		book, err := tuitest.ReadBook("imo.toml")
		if err != nil {
			t.Fatal(err)
		}
		term, _ := worldly(t, book, &tuitest.World{OwnErr: errors.New("contacts.toml:3: unknown key")}, nil)
		act(term, "3 G")
		wants(t, term, "tel:+41 22 555 0100", "Your own contacts cannot be read: contacts.toml:3:")
	})
}

// hasty is a desk with the case, in which the board is to be told within minutes.
func hasty(t *testing.T) *tuitest.Desk {
	t.Helper()
	text, err := tuitest.BookText("imo.toml")
	if err != nil {
		t.Fatal(err)
	}
	book, err := tuitest.Book("imo.toml", []byte(strings.Replace(string(text), `within = "2h"`, `within = "2m"`, 1)))
	if err != nil {
		t.Fatal(err)
	}
	desk, err := tuitest.NewDesk("Ada")
	if err != nil {
		t.Fatal(err)
	}
	desk.Books = append(desk.Books, book)
	return desk
}

// TestWatchingOnly: who only watches records nothing and looks at nothing, and is
// told all the same.
func TestWatchingOnly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		desk := hasty(t)
		session, err := desk.Start(t.Context(), tui.StartRequest{Runbook: desk.Books[0], Mode: state.Live, Severity: runbooks.SEV2, Person: "Ada"})
		if err != nil {
			t.Fatal(err)
		}
		announce(t, desk)
		world := &tuitest.World{}
		world.Down("vp", "503")
		app, err := tui.NewOpening(t.Context(), desk, session.Incident().ID, true, tui.Options{Person: "Ada", Now: desk.Now, World: world})
		if err != nil {
			t.Fatal(err)
		}
		term := tuitest.Start(t, app, 100, 30)
		before := entriesOf(desk)
		term.Wait(3 * time.Minute)
		wants(t, term, "WATCHING", "OVERDUE: Tell the board")
		act(term, "2 p")
		wants(t, term, "Watching only")
		act(term, "3 d A S 4 d @ H K")
		if n := entriesOf(desk); n != before || world.Looks() != 0 {
			t.Errorf("%d entries became %d, %d looks", before, n, world.Looks())
		}
	})
}

// announce lets others say that Virtual Publications is restored.
func announce(t *testing.T, desk *tuitest.Desk) {
	t.Helper()
	for _, c := range []state.Command{
		state.SetService{Service: "vp", State: state.Affected, Why: "seen"},
		state.SetService{Service: "vp", State: state.Restored, Why: "from Geneva"},
		state.SetService{Service: "vp", State: state.Verified, Why: "seen from outside"},
		state.DraftNotice{Notice: "authority", Text: "It is back.", Claims: []state.Claim{{Service: "vp", State: state.Restored}}},
		state.SendNotice{Notice: "authority", Channel: "form"},
	} {
		name := "Ben"
		if set, ok := c.(state.SetService); ok && set.State == state.Verified {
			name = "Cleo"
		}
		if err := desk.Last().Other(name, c); err != nil {
			t.Fatal(err)
		}
	}
}

// TestRepeatedLooks: only what a look shows anew becomes an entry, however long it
// goes on; a failure rings once.
func TestRepeatedLooks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		book, err := tuitest.ReadBook("imo.toml")
		if err != nil {
			t.Fatal(err)
		}
		world := &tuitest.World{}
		term, desk := worldly(t, book, world, nil)
		announce(t, desk)
		term.Wait(10*time.Minute + 2*time.Second)
		if n := world.Looks(); n != 11 {
			t.Errorf("%d looks", n)
		}
		entries := entriesOf(desk)
		world.Down("vp", "503")
		term.Wait(5 * time.Minute)
		if n := entriesOf(desk); n != entries+1 {
			t.Errorf("%d entries became %d", entries, n)
		}
		if st := desk.Last().Incident().Service("vp").State; st != state.Regressed {
			t.Errorf("it is %s", st)
		}
		wants(t, term, "REGRESSED: Virtual Publications: check failed: 503")
		world.Down("vp", "")
		term.Wait(2 * time.Minute)
		if n := entriesOf(desk); n != entries+2 {
			t.Errorf("%d entries became %d after it was good again", entries, n)
		}
		if term.Rings() != 1 {
			t.Errorf("it rang %d times", term.Rings())
		}
	})
}

// missed is a session in which another was faster to record a missed clock.
type missed struct {
	*tuitest.Session
	tries int
}

func (m *missed) Do(ctx context.Context, action state.Action) (*state.Incident, error) {
	if miss, ok := action.Command.(state.MissClock); ok {
		m.tries++
		if err := m.Session.Other("Ben", miss); err != nil {
			return nil, err
		}
	}
	return m.Session.Do(ctx, action)
}

// TestMissedElsewhere: that another was faster is no news to anybody.
func TestMissedElsewhere(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		desk := hasty(t)
		session, err := desk.Start(t.Context(), tui.StartRequest{Runbook: desk.Books[0], Mode: state.Live, Severity: runbooks.SEV2, Person: "Ada"})
		if err != nil {
			t.Fatal(err)
		}
		m := &missed{Session: session.(*tuitest.Session)}
		app, err := tui.NewIncident(t.Context(), desk, m, false, tui.Options{Person: "Ada", Now: desk.Now})
		if err != nil {
			t.Fatal(err)
		}
		term := tuitest.Start(t, app, 100, 30)
		term.Wait(3 * time.Minute)
		wants(t, term, "OVERDUE: Tell the board", "● saved 2")
		if strings.Contains(term.Screen(), "Not recorded") || m.tries != 1 {
			t.Errorf("%d tries\n%s", m.tries, term.Screen())
		}
	})
}

// TestAttachedBook: the notices and contacts of a second runbook stand in its steps.
func TestAttachedBook(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		book, err := tuitest.ReadBook("malware.toml")
		if err != nil {
			t.Fatal(err)
		}
		second, err := tuitest.ReadBook("imo.toml")
		if err != nil {
			t.Fatal(err)
		}
		term, desk := worldly(t, book, &tuitest.World{}, nil)
		doc := state.Document{ID: second.ID, Source: "test", SHA256: state.Sum(second.Text), Text: string(second.Text)}
		if err := desk.Last().Other("Ben", state.AttachRunbook{Runbook: doc, Why: "it is an attack"}); err != nil {
			t.Fatal(err)
		}
		term.Settle()
		act(term, "G")
		term.Wait(time.Second)
		wants(t, term, "Notice: Holding statement", "unwritten")
		act(term, "k")
		term.Wait(time.Second)
		wants(t, term, "tel:+44 20 7946 0000")
		act(term, "4")
		wants(t, term, "step 2.2 Is personal data")
	})
}
