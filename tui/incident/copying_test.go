package incident

import (
	"testing"
	"time"

	"muster/tui/kit"
)

// TestCopyState: a file of which nothing comes for a while is waited for, until more comes; of
// several the first is told of, and all of them are ended.
func TestCopyState(t *testing.T) {
	now := time.Date(2026, 11, 28, 2, 31, 0, 0, time.UTC)
	c := &Case{UI: kit.NewUI(t.Context(), nil, func() time.Time { return now })}
	if copyState(c) != "" || c.EndCopies() {
		t.Error("something is copied from the start")
	}
	ended := 0
	one, other := &copying{began: now, cancel: func() { ended++ }}, &copying{began: now, cancel: func() { ended++ }}
	one.all.Store(900e6)
	c.copies = []*copying{one, other}
	for _, step := range []struct {
		after time.Duration
		done  int64
		want  string
	}{
		{0, 0, "copying 0 of 900 MB"},
		{10 * time.Second, 45e6, "copying 45 of 900 MB, 4.5 MB/s"},
		{11 * time.Second, 45e6, "copying 45 of 900 MB, 4.1 MB/s"},
		{20 * time.Second, 45e6, "copying 45 of 900 MB, waiting for the file"},
		{30 * time.Second, 90e6, "copying 90 of 900 MB, 3.0 MB/s"},
	} {
		now = one.began.Add(step.after)
		one.done.Store(step.done)
		if got := copyState(c); got != step.want {
			t.Errorf("after %v: %q, not %q", step.after, got, step.want)
		}
	}
	if !c.EndCopies() || ended != 2 {
		t.Errorf("%d are ended", ended)
	}
}
