package incident

import (
	"testing"
	"time"
)

// TestCopyText: case G9. How far a copy is, how fast, and what it waits for.
func TestCopyText(t *testing.T) {
	for _, c := range []struct {
		done, all    int64
		after, still time.Duration
		want         string
	}{
		{0, 0, time.Minute, time.Minute, "copying, waiting for the file"},
		{0, 900e6, 0, 0, "copying 0 of 900 MB"},
		{45e6, 900e6, 10 * time.Second, time.Second, "copying 45 of 900 MB, 4.5 MB/s"},
		{45e6, 900e6, 20 * time.Second, 10 * time.Second, "copying 45 of 900 MB, waiting for the file"},
		{900e6, 900e6, time.Minute, 10 * time.Second, "copying 900 of 900 MB, waiting for the disk"},
	} {
		if got := copyText(c.done, c.all, c.after, c.still); got != c.want {
			t.Errorf("%+v: %q", c, got)
		}
	}
}
