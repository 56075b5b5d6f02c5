package export_test

import (
	"strings"
	"testing"
	"time"

	"muster/state"
	"muster/state/export"
	"muster/state/view"
)

// claimed begins an incident, and gives what says of the database that it is verified.
func claimed(t *testing.T) (*scribe, func(occurred time.Time)) {
	s := &scribe{tb: t, now: day}
	s.do("Ada", state.OpenIncident{ID: "2026-11-24-amber-heron", Mode: state.Live, Runbook: document("small", closeBook)})
	return s, func(occurred time.Time) {
		s.act("Ada", state.SendNotice{Notice: "back", Channel: "radio"}, occurred, "a test")
	}
}

// TestASitrepTellsOfWhatWasFalseBefore: a statement that was not true when it was sent, or not known to
// be, is listed though it was said again, unchanged and true by then.
func TestASitrepTellsOfWhatWasFalseBefore(t *testing.T) {
	for was, want := range map[state.ServiceState]string{
		state.ShutDown:     " and again since — WAS NOT TRUE WHEN IT WAS SENT: it says that Database is verified, and it was shut-down",
		state.UnknownState: " and again since — WAS NOT KNOWN TO BE TRUE WHEN IT WAS SENT: it says that Database is verified, and it was not known how it stood",
		state.Verified:     "",
	} {
		s, send := claimed(t)
		if was != state.UnknownState {
			does("Ben", state.SetService{Service: "db", State: was, Why: "seen"})(s)
		}
		s.do("Ada", state.DraftNotice{Notice: "back", Text: "It is back.", Claims: []state.Claim{{Service: "db", State: state.Verified}}})
		send(time.Time{})
		if was != state.Verified {
			does("Ben", state.SetService{Service: "db", State: state.Verified, Why: "seen"})(s)
		}
		send(time.Time{})
		text := export.NewSitrep(s.inc, view.SitrepOptions{Now: day.Add(time.Hour)}).Text()
		if got := strings.Contains(text, "and again since"); got != (want != "") || !strings.Contains(text, want) {
			t.Errorf("when it was %s:\n%s", was, text)
		}
	}
}

// TestSentBeforeItsDraft: a statement that by the times given was sent before its text was drafted
// says so in the report, the data and the situation report; another does not.
func TestSentBeforeItsDraft(t *testing.T) {
	for _, before := range []bool{true, false} {
		s, send := claimed(t)
		does("Ben", state.SetService{Service: "db", State: state.Verified, Why: "seen"})(s)
		s.do("Ada", state.DraftNotice{Notice: "back", Text: "It is back.", Claims: []state.Claim{{Service: "db", State: state.Verified}}})
		drafted := s.inc.Log[s.inc.Head.Seq-1].Recorded
		at := drafted
		if before {
			at = at.Add(-time.Second)
		}
		send(at)
		for name, text := range map[string]string{
			"report": written(t, s.inc, export.Markdown, export.Options{}), "sitrep": export.NewSitrep(s.inc, view.SitrepOptions{Now: day.Add(time.Hour)}).Text(),
		} {
			if got := strings.Contains(text, "by the times given before it was drafted"); got != before {
				t.Errorf("%s: that it is marked is %v:\n%s", name, got, text)
			}
		}
	}
}

// TestAnAmendedTimeIsFollowed: when the time of an entry is amended on which a clock and a claim rest,
// the clock, the order and the verdict follow, and the report says that it was amended.
func TestAnAmendedTimeIsFollowed(t *testing.T) {
	s, send := claimed(t)
	s.do("Ada", state.StartClock{Clock: "short", Why: "it is so"})
	clock := s.inc.Head.Seq
	does("Ben", state.SetService{Service: "db", State: state.ShutDown, Why: "seen"})(s)
	does("Ben", state.SetService{Service: "db", State: state.Restored, Why: "seen"})(s)
	s.do("Ada", state.DraftNotice{Notice: "back", Text: "It is back.", Claims: []state.Claim{{Service: "db", State: state.Verified}}})
	send(time.Time{})
	sent := s.inc.Log[s.inc.Head.Seq-1].Recorded
	does("Cleo", state.SetService{Service: "db", State: state.Verified, Why: "looked"})(s)
	looked := s.inc.Head.Seq
	due := s.inc.Clock("short").Due(time.UTC)
	if page := written(t, s.inc, export.Markdown, export.Options{}); !strings.Contains(page, "NOT TRUE WHEN IT WAS SENT") {
		t.Fatalf("it is not judged before:\n%s", page)
	}
	started, verified := s.inc.Log[clock-1].Recorded.Add(-30*time.Second), sent.Add(-10*time.Second)
	does("Cleo", state.AmendEntry{Seq: clock, Occurred: &started, Why: "by the call"})(s)
	does("Cleo", state.AmendEntry{Seq: looked, Occurred: &verified, Why: "by the picture"})(s)
	if got := s.inc.Clock("short").Due(time.UTC); !got.Equal(due.Add(-30 * time.Second)) {
		t.Errorf("it is due %s, and was %s", got, due)
	}
	page := written(t, s.inc, export.Markdown, export.Options{})
	if strings.Contains(strings.ToUpper(page), "NOT TRUE") || !strings.Contains(page, " held |") {
		t.Errorf("the claim does not follow:\n%s", page)
	}
	for _, want := range []string{s.inc.Clock("short").Due(time.UTC).Format("15:04:05"), "amended entry 2: it happened at " + started.Format("2006-01-02 15:04:05") + " UTC", "by the picture"} {
		if !strings.Contains(page, want) {
			t.Errorf("it does not say %q:\n%s", want, page)
		}
	}
	done := export.NewSitrep(s.inc, view.SitrepOptions{Now: day.Add(time.Hour)}).Text()
	if was, then := strings.Index(done, "service Database is verified"), strings.Index(done, "sent It is back"); was < 0 || then < was {
		t.Errorf("the order does not follow:\n%s", done)
	}
}
