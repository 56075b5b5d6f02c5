package notices

import (
	"strings"
	"testing"
	"time"

	"muster/state"
	"muster/tui/incident"
	"muster/tui/kit"
	"muster/tui/widget"
)

// told is screen 3 of an incident at 02:00, without a session.
func told(t *testing.T) *Screen {
	t.Helper()
	keys, err := kit.NewKeyMap(kit.MoveActions(), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 24, 2, 0, 0, 0, time.UTC)
	u := kit.NewUI(t.Context(), keys, func() time.Time { return now })
	u.Theme, u.Person = widget.Theme{Glyphs: widget.UnicodeGlyphs()}, "Ada"
	c := &incident.Case{UI: u, Inc: &state.Incident{}}
	return New(&incident.Open{Case: c, Outbox: &incident.Outbox{Case: c}, Lookout: &incident.Lookout{}, Alarms: &incident.Alarms{Case: c}, CallBook: &incident.CallBook{Case: c}})
}

// TestSendingsAreTold: of what was sent it is said by which way, to whom and by whom; what a
// drill would have sent, what it put right, what was not true, and what it overrode.
func TestSendingsAreTold(t *testing.T) {
	s := told(t)
	for want, change := range map[string]func(*state.Sending){
		"02:00  SENT, version 3 by form (by hand), Ben":                                     func(*state.Sending) {},
		"02:00  SENT, version 3 by form (by hand) to 12, Ben":                               func(s *state.Sending) { s.To = "12" },
		"02:00  WOULD HAVE BEEN SENT, version 3 by form (by hand), Ben":                     func(s *state.Sending) { s.Simulated = true },
		"02:00  SENT, version 3 by form (by hand), nobody":                                  func(s *state.Sending) { s.By = "" },
		"02:00  SENT, version 3 by form (by hand), Ben; corrects entry 7; corrects entry 9": func(s *state.Sending) { s.Corrects = []uint64{7, 9} },
		"02:00  SENT, version 3 by form (by hand), Ben; override: enough":                   func(s *state.Sending) { s.Overridden = "enough" },
	} {
		sent := &state.Sending{When: s.UI.Now(), Version: 3, Channel: "form", How: "by hand", By: "Ben"}
		if change(sent); s.sendingText(sent) != want {
			t.Errorf("it says\n%q, not\n%q", s.sendingText(sent), want)
		}
	}
}

// TestWhatIsKnownOfAClaim: since when and from whom, if somebody found it out.
func TestWhatIsKnownOfAClaim(t *testing.T) {
	s := told(t)
	now := s.UI.Now()
	for want, c := range map[string]state.ClaimKnown{
		"known: unknown":                   {Known: state.UnknownState},
		"known: affected since 02:00, Ben": {Known: state.Affected, Since: &now, By: "Ben"},
	} {
		if got := s.knownText(c); got != want {
			t.Errorf("it says %q", got)
		}
	}
}

// TestBlanksAreNamed: which blanks a text still has.
func TestBlanksAreNamed(t *testing.T) {
	if got := sayBlanks("All is well."); got != "" {
		t.Errorf("of none it says %q", got)
	}
	if got := sayBlanks("Call «number» by «time»."); got != "The text has blanks: «number», «time»." {
		t.Errorf("it says %q", got)
	}
}

// TestWordsFit: what a notice says is wrapped beside its border, at every width.
func TestWordsFit(t *testing.T) {
	s := told(t)
	for w := 12; w < 90; w++ {
		p := s.Page(w)
		s.wordsText(p, strings.Repeat("word ", 40), "Version 1")
		for i, line := range p.Lines {
			if n := widget.Width(line); n > w {
				t.Errorf("at %d columns line %d has %d", w, i, n)
			}
		}
		if second := widget.Width(p.Lines[1]); second < w-len("word ") {
			t.Errorf("at %d columns a line uses %d", w, second)
		}
	}
}

// TestClaimsAreShifted: right and left go through all that can be claimed, and back.
func TestClaimsAreShifted(t *testing.T) {
	var all []state.ServiceState
	seen := map[state.ServiceState]bool{}
	for _, st := range claimable() {
		if seen[st] {
			t.Errorf("%q is there twice", st)
		}
		seen[st], all = true, append(all, st)
	}
	for _, st := range state.ServiceStates() {
		if want := st != state.UnknownState && st != state.Regressed; seen[st] != want {
			t.Errorf("%s can be claimed: %v", st, seen[st])
		}
	}
	if all[0] != "" {
		t.Errorf("nothing is claimed by %q", all[0])
	}
}
