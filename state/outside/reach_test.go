package outside

import (
	"context"
	"errors"
	"strings"
	"testing"

	"muster/runbooks"
	"muster/state"
)

// A key for one matter, however long the notice's id.
func TestMessageOf(t *testing.T) {
	inc := &state.Incident{ID: "2026-11-24-amber-heron", Mode: state.Drill}
	n := &state.Notice{ID: "holding", Def: &runbooks.Notice{Title: "Holding", Audience: "public"}}
	m := messageOf(inc, n, &state.NoticeVersion{Text: "x"})
	if m.DedupKey != "2026-11-24-amber-heron/holding" || !m.Exercise || m.Title != "Holding" {
		t.Errorf("%+v", m)
	}
	n.ID = strings.Repeat("x", 300)
	if m := messageOf(inc, n, &state.NoticeVersion{Text: "x"}); len(m.DedupKey) > maxDedupKey {
		t.Errorf("a key of %d bytes", len(m.DedupKey))
	}
}

// TestReach: what is set wrong or not there is found before anything leaves, in a drill
// as in a live incident, and a drill reaches nothing.
func TestReach(t *testing.T) {
	slack := Channel{Name: "Press", Kind: Slack, URL: NewSecret("https://hooks.invalid" + path)}
	for _, mode := range []state.Mode{state.Live, state.Drill} {
		inc := &state.Incident{ID: "2026-11-24-amber-heron", Mode: mode, Notices: []state.Notice{
			{ID: "staff", Def: &runbooks.Notice{ID: "staff"}, Versions: []state.NoticeVersion{{Number: 1, Text: "a"}, {Number: 2, Text: "b"}}},
			{ID: "new", Def: &runbooks.Notice{ID: "new"}},
		}}
		reach := &Reach{Set: []Channel{slack, {Name: "bare", Kind: Slack}},
			Scenario: func(context.Context, *state.Incident) (*runbooks.Scenario, error) { return nil, nil }}
		if c, err := reach.Channel("pRESS"); err != nil || c != (state.Channel{Name: "Press", Kind: "slack"}) {
			t.Errorf("%+v, %v", c, err)
		}
		if list := reach.Channels(); len(list) != 2 || list[1].Name != "bare" {
			t.Errorf("%+v", list)
		}
		var refusal *state.Refusal
		if _, err := reach.Channel("pigeon"); !errors.As(err, &refusal) || !strings.Contains(refusal.Hint, "Press, bare") {
			t.Errorf("%v", err)
		}
		for _, send := range []state.SendNotice{
			{Notice: "moon", Version: 1, Channel: "press"}, {Notice: "new", Version: 1, Channel: "press"}, {Notice: "staff", Version: 1, Channel: "press"},
			{Notice: "staff", Version: 2, Channel: "pigeon"}, {Notice: "staff", Version: 2, Channel: "bare"},
		} {
			if _, err := reach.Send(t.Context(), inc, send); err == nil {
				t.Errorf("%s: %+v was sent", mode, send)
			}
		}
		if _, err := reach.Check(t.Context(), inc, "moon"); err == nil {
			t.Error("the moon was seen")
		}
		if mode == state.Drill {
			sent, err := reach.Send(t.Context(), inc, state.SendNotice{Notice: "staff", Version: 2, Channel: "press", How: "slack", To: "all"})
			if err != nil || sent.How != "slack webhook" || sent.To != "all" {
				t.Errorf("%+v, %v", sent, err)
			}
		}
		reach.Wrong = errors.New("config.toml:3: url is missing")
		if _, err := reach.Channel("press"); err != reach.Wrong {
			t.Errorf("%v", err)
		}
	}
}

// What an error of sending says of itself.
func TestSendErrorSays(t *testing.T) {
	e := &SendError{Channel: "press", Why: "403", Maybe: true}
	if e.Reason() != "403" || !e.MayHaveArrived() {
		t.Errorf("%q", e.Reason())
	}
}
