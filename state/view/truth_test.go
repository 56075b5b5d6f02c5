package view

import (
	"slices"
	"strings"
	"testing"
	"time"

	"muster/state"
)

// TestAnOutageBeginsWithTheFirstFailedCheck: what was seen to fail was down before somebody said
// so; a check that passed in between says otherwise.
func TestAnOutageBeginsWithTheFirstFailedCheck(t *testing.T) {
	check := func(ok bool) state.Command { return state.RecordCheck{Service: "web", OK: ok, What: "GET /"} }
	set := func(to state.ServiceState) state.Command {
		return state.SetService{Service: "web", State: to, Why: "seen"}
	}
	for name, c := range map[string]struct {
		does   []state.Command // a minute each, from entry 2 at 02:02
		from   string
		check  uint64
		lasted int64 // minutes
	}{
		"said at once":           {[]state.Command{set(state.Affected)}, "02:02", 0, 0},
		"failed before":          {[]state.Command{check(false), check(false), set(state.Affected)}, "02:02", 2, 2},
		"passed in between":      {[]state.Command{check(false), check(true), check(false), set(state.Affected)}, "02:04", 4, 1},
		"suspected in between":   {[]state.Command{check(false), set(state.Suspect), set(state.Affected)}, "02:02", 2, 2},
		"found well in between":  {[]state.Command{check(false), set(state.Unaffected), set(state.Affected)}, "02:04", 0, 0},
		"failed while down only": {[]state.Command{set(state.Affected), check(false), set(state.ShutDown)}, "02:02", 0, 2},
		"a false alarm before":   {[]state.Command{set(state.Affected), set(state.Unaffected), check(false), set(state.Affected)}, "02:04", 4, 1},
		"down again":             {[]state.Command{set(state.ShutDown), set(state.Unaffected), check(false), set(state.Affected)}, "02:02", 0, 2},
	} {
		s := begun(t)
		for _, command := range c.does {
			s.act("Ben", command, time.Time{}, "it is so")
		}
		o := New(s.inc, Options{}).Impact.Outages[0]
		if from := o.From.UTC().Format("15:04"); from != c.from || o.Check != c.check || *o.Down != 60*c.lasted {
			t.Errorf("%s: down from %s, check %d, for %d s", name, from, o.Check, *o.Down)
		}
	}
}

// TestNothingIsRepeatedThatTheLogContradicts: where an entry says that something else was known
// than the log had, the log's word stands in the report.
func TestNothingIsRepeatedThatTheLogContradicts(t *testing.T) {
	s := begun(t)
	s.do("Ben", state.SetService{Service: "web", State: state.Affected, Why: "gone"})
	s.do("Ada", state.DraftNotice{Notice: "holding", Text: "Web is back.", Claims: []state.Claim{{Service: "web", State: state.Restored}}})
	s.act("Ada", state.SendNotice{Notice: "holding", Channel: "press"}, time.Time{}, "they ask")
	forged := slices.Clone(s.inc.Log)
	last := &forged[len(forged)-1]
	data := *last.Data.(*state.NoticeSent)
	data.Claims = []state.ClaimKnown{{Claim: data.Claims[0].Claim, Known: state.Verified, Holds: true}}
	last.Data = &data
	inc, err := state.Replay(func(yield func(state.Entry, error) bool) {
		for _, e := range forged {
			if !yield(e, nil) {
				return
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	for is, want := range map[*state.Incident]bool{s.inc: false, inc: true} {
		all := New(is, Options{})
		i := slices.IndexFunc(all.Notices, func(n NoticeRecord) bool { return n.ID == "holding" })
		claim := all.Notices[i].Versions[0].Sent[0].Claims[0]
		if claim.Contradicted != want || claim.Known != state.Affected || claim.Holds == nil || *claim.Holds || claim.Verdict != state.OverClaimed {
			t.Errorf("%+v", claim)
		}
		if found := all.Contradicts; want != (len(found) == 1 && strings.Contains(found[0].What, "verified")) {
			t.Errorf("%+v", found)
		}
	}
}
