package kit

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
)

// A pad is a list on which words are written down.
type pad struct {
	board
	notes []string
}

func (p *pad) TakeNote(text string) tea.Cmd {
	p.notes = append(p.notes, text)
	return nil
}

// onPad is a pad whose letter s opens a form, whose letter d records at once, and whose
// letter j moves.
func onPad(t *testing.T) (u *UI, p *pad, now *time.Time) {
	t.Helper()
	at := time.Date(2026, 11, 28, 2, 31, 0, 0, time.UTC)
	now, p = &at, &pad{}
	record := func(what string) tea.Cmd {
		p.did = append(p.did, what)
		return nil
	}
	skip := Action{ID: "skip", Keys: []string{"s"}, On: At(p.Place()), Do: func(u *UI) tea.Cmd {
		return u.Show(NewPrompt(u, "Skip", "", "skip", []*Field{{ID: "why", Label: "Why?", Required: true}}, nil,
			func(v map[string]string) (string, tea.Cmd) { return "", record("skip " + v["why"]) }))
	}}
	done := Action{ID: "done", Keys: []string{"d"}, On: At(p.Place()), Records: func(*UI) string { return "done 1.1" }, Do: func(*UI) tea.Cmd { return record("done") }}
	find := Action{ID: "find", Keys: []string{"/"}, On: At(p.Place()), Finds: true, Do: func(u *UI) tea.Cmd {
		return u.Show(NewFinder(u, "Find", []Finding{{Text: "the lost site", Do: func() tea.Cmd { return record("found") }}}))
	}}
	move := Action{ID: "move", Keys: []string{"j"}, On: At(p.Place()), Again: true, Do: func(*UI) tea.Cmd { return record("move") }}
	keys, err := NewKeyMap(append(append(FormActions(), CancelActions()...), append(GlobalActions(), skip, done, move, find)...), []Place{p.Place(), OnPrompt(), OnSearch(), OnConfirm()}, nil)
	if err != nil {
		t.Fatal(err)
	}
	u = NewUI(t.Context(), keys, func() time.Time { return *now })
	u.Push(p)
	return u, p, now
}

// TestWordsOnAList: case C5. A word that is typed where letters are keys records nothing,
// and is offered as a note.
func TestWordsOnAList(t *testing.T) {
	for name, c := range map[string]struct {
		keys  string // with the pauses of a hand; ~ is a long one
		did   string
		notes string
	}{
		"a letter opens a form":              {"signed in from my phone, ok\r\r", "", "signed in from my phone, ok"},
		"it was meant":                       {"signed in\r~skip\r", "skip igned in", ""},
		"after a pause it is typed in":       {"s~no phone\r", "skip no phone", ""},
		"a letter that means nothing begins": {"ok signed\r", "", "ok signed"},
		"one that moves does not":            {"jjok\r", "move move", "ok"},
		"a pause ends a word":                {"ok~s~it was\r", "skip it was", ""},
		"a letter that records says so":      {"d", "", ""},
		"enter records it":                   {"d~\r", "done", ""},
		"a sign begins no word":              {"/lost\r", "found", ""},
		"another key does not":               {"djd~\r", "move done", ""},
		"a word that begins with it":         {"dont\r", "", "dont"},
	} {
		t.Run(name, func(t *testing.T) {
			u, p, now := onPad(t)
			for _, r := range c.keys {
				*now = now.Add(160 * time.Millisecond)
				msg := tea.KeyPressMsg{Code: r, Text: string(r)}
				switch r {
				case '~':
					*now = now.Add(2 * time.Second)
					continue
				case '\r':
					msg = tea.KeyPressMsg{Code: tea.KeyEnter}
				}
				if u.Key(msg); u.hand.waiting != nil {
					*now = now.Add(u.roll())
					u.over()
				}
			}
			if did, notes := strings.Join(p.did, " "), strings.Join(p.notes, "|"); did != c.did || notes != c.notes {
				t.Errorf("it did %q and noted %q, not %q and %q; said is %q", did, notes, c.did, c.notes, u.said)
			}
		})
	}
}

// TestPasteOnAList: what is pasted on a list is offered as a note, and no key that comes
// with it acts.
func TestPasteOnAList(t *testing.T) {
	u, p, now := onPad(t)
	u.Paste(tea.PasteMsg{Content: "two\nlines"})
	*now = now.Add(30 * time.Millisecond)
	u.Key(tea.KeyPressMsg{Code: tea.KeyEnter})
	if len(p.notes) > 0 {
		t.Fatal("the end of the paste was taken for enter")
	}
	if u.Paste(tea.PasteMsg{Content: "two\nlines"}); !strings.Contains(u.said, "makes a note") {
		t.Errorf("said is %q", u.said)
	}
	*now = now.Add(time.Second)
	u.Key(tea.KeyPressMsg{Code: tea.KeyEnter})
	if strings.Join(p.notes, "|") != "two\nlines" {
		t.Errorf("the notes are %q", p.notes)
	}
}

// TestFoundInAHeap: a key that opens a line to find by, and what is typed into it, are that also
// if they come at once. An enter with them takes nothing, and a path was pasted.
func TestFoundInAHeap(t *testing.T) {
	u, p, now := onPad(t)
	u.Paste(tea.PasteMsg{Content: "/lost"})
	f, ok := u.Top().(*Finder)
	if !ok || f.input.Value() != "lost" {
		t.Fatalf("on top is %T; said is %q", u.Top(), u.said)
	}
	*now = now.Add(20 * time.Millisecond)
	if u.Key(tea.KeyPressMsg{Code: tea.KeyEnter}); len(p.did) > 0 {
		t.Fatalf("an enter in the same heap did %q", p.did)
	}
	*now = now.Add(2 * time.Second)
	if u.Key(tea.KeyPressMsg{Code: tea.KeyEnter}); strings.Join(p.did, " ") != "found" {
		t.Errorf("then it did %q", p.did)
	}
	for _, pasted := range []string{"/tmp/shot.png", "/lost\nlines", "/" + strings.Repeat("x", mostFound+1), "lost"} {
		u, _, _ := onPad(t)
		if u.Paste(tea.PasteMsg{Content: pasted}); u.Covered() || !strings.Contains(u.said, "no key here") {
			t.Errorf("%.20q: said is %q", pasted, u.said)
		}
	}
}

// TestOtherAlphabets: case C12. A key of another alphabet is the one at its place if the
// terminal says so; else it is said why nothing happens. Where letters are text they stay.
func TestOtherAlphabets(t *testing.T) {
	for name, c := range map[string]struct {
		key  tea.KeyPressMsg
		did  string
		said string
	}{
		"told where it stands":          {tea.KeyPressMsg{Code: 'о', Text: "о", BaseCode: 'j'}, "move", ""},
		"with shift":                    {tea.KeyPressMsg{Code: 'о', Text: "О", Mod: tea.ModShift, BaseCode: '2'}, "", "writes Cyrillic"},
		"not told":                      {tea.KeyPressMsg{Code: 'о', Text: "о"}, "", "the keyboard writes Cyrillic, keys are Latin letters"},
		"Greek":                         {tea.KeyPressMsg{Code: 'ξ', Text: "ξ"}, "", "the keyboard writes Greek"},
		"an alphabet that is not named": {tea.KeyPressMsg{Code: 'ꦲ', Text: "ꦲ"}, "", "writes another alphabet"},
		"a key of another screen":       {tea.KeyPressMsg{Code: 'x', Text: "x"}, "", "(on other: End the timer)"},
		"a digit":                       {tea.KeyPressMsg{Code: '9', Text: "9"}, "", "“9” is no key here"},
	} {
		u, p, _ := onPad(t)
		u.Keys.actions = append(u.Keys.actions, Action{ID: "end", Title: "End the timer", Keys: []string{"x"}, On: At(Place{Name: "other", Is: List})})
		u.Keys.places = append(u.Keys.places, Place{Name: "other", Is: List})
		u.Key(c.key)
		if did := strings.Join(p.did, " "); did != c.did || !strings.Contains(u.said, c.said) {
			t.Errorf("%s: it did %q and said %q", name, did, u.said)
		}
	}
	u, p, now := onPad(t)
	u.Key(tea.KeyPressMsg{Code: 's', Text: "s"})
	*now = now.Add(time.Second)
	u.Key(tea.KeyPressMsg{Code: 'о', Text: "о", BaseCode: 'j'})
	if form, ok := u.Top().(*Prompt); !ok || form.form.Values()["why"] != "о" {
		t.Errorf("typed is %v, did %v", u.Top(), p.did)
	}
	u.Key(tea.KeyPressMsg{Code: 'с', Mod: tea.ModCtrl, BaseCode: 'u'})
	if form := u.Top().(*Prompt); form.form.Values()["why"] != "" {
		t.Error("ctrl and the key at the place of u does not clear the line")
	}
}
