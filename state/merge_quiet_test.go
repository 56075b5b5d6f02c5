package state_test

import (
	"strings"
	"testing"
	"time"

	"muster/state"
)

// TestMergeUnfinished: what was taken over by a merge that was broken off counts once the
// next has brought that to its end, though it has nothing more to take over.
func TestMergeUnfinished(t *testing.T) {
	for _, lost := range []int{0, 1, 2} { // entries that did not get into the log, besides log.merged
		p := newPartition(t, 2)
		base, ben := p.sides[0], p.sides[1]
		p.do(ben, state.SetService{Service: "web", State: state.ShutDown, Why: "it is"}, time.Time{})
		p.do(ben, state.AddNote{Text: "seen"}, time.Time{})
		whole := replayed(t, base.inc)
		p.merge(&side{"Ada", whole}, ben.inc)
		base.inc = upTo(t, whole, whole.Head.Seq-1-uint64(lost))
		if lost == 2 && base.inc.Head.Seq != 1 || base.inc.Service("web").State == state.ShutDown {
			t.Fatalf("%d entries, and the service is %s", base.inc.Head.Seq, base.inc.Service("web").State)
		}
		if !p.merge(base, ben.inc) || base.inc.Service("web").State != state.ShutDown || notes(base.inc) != "seen" {
			t.Errorf("without %d: the service is %s, the notes are %s", lost, base.inc.Service("web").State, notes(base.inc))
		}
		if p.merge(base, ben.inc) {
			t.Error("merging again wrote something")
		}
	}
}

// TestMergeComesToRest: two who merge each other's logs in turn stop once both have all.
func TestMergeComesToRest(t *testing.T) {
	p := newPartition(t, 2)
	ada, ben := p.sides[0], p.sides[1]
	p.do(ada, state.AddNote{Text: "here"}, time.Time{})
	p.do(ben, state.AddNote{Text: "there"}, time.Time{})
	if !p.merge(ada, ben.inc) || !p.merge(ben, ada.inc) {
		t.Fatal("what is new was not taken over")
	}
	for range 3 {
		if p.merge(ada, ben.inc) || p.merge(ben, ada.inc) {
			t.Fatal("they do not come to rest")
		}
	}
	p.do(ben, state.AddNote{Text: "more"}, time.Time{})
	if !p.merge(ada, ben.inc) || notes(ada.inc) != "here,there,more" {
		t.Errorf("Ada has the notes %s", notes(ada.inc))
	}
	if one, other := saysAll(t, ada.inc), saysAll(t, ben.inc); one != other {
		t.Errorf("one says\n%s\nand the other\n%s", one, other)
	}
}

// TestMergedSaysHowMany: of one, not of "1 entries".
func TestMergedSaysHowMany(t *testing.T) {
	for taken, want := range map[int]string{0: "0 entries taken over", 1: "merged b: one entry taken over", 9: "9 entries taken over"} {
		e := state.Entry{Frame: &state.Frame{Kind: state.KindLogMerged}, Data: &state.LogMerged{Source: "b", Taken: taken}}
		if got := new(state.Incident).Describe(e); !strings.HasSuffix(got, want) {
			t.Errorf("of %d it says %q", taken, got)
		}
	}
}
