package response

import (
	"testing"
	"time"
)

// TestCopyProgress: how far a copy is, how fast, and what it waits for.
func TestCopyProgress(t *testing.T) {
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
		if got := CopyProgress(c.done, c.all, c.after, c.still); got != c.want {
			t.Errorf("%+v: %q", c, got)
		}
	}
}

// TestCopiesAreTold: how far a file is, from its first byte on, and how fast once that can be said.
func TestCopiesAreTold(t *testing.T) {
	const mb = 1_000_000
	for _, c := range []struct {
		done, all    int64
		after, still time.Duration
		want         string
	}{
		{0, 0, 0, 0, "copying, waiting for the file"},
		{0, 1, 0, 0, "copying 0 of 1 MB"},
		{0, mb, 2 * time.Second, 0, "copying 0 of 1 MB"},
		{0, mb + 1, 0, 0, "copying 0 of 2 MB"},
		{mb, 9 * mb, time.Second - 1, 0, "copying 1 of 9 MB"},
		{mb, 9 * mb, time.Second, 0, "copying 1 of 9 MB, 1.0 MB/s"},
		{1, 9 * mb, time.Second, 0, "copying 0 of 9 MB, 0.0 MB/s"},
		{3 * mb, 9 * mb, 2 * time.Second, 3*time.Second - 1, "copying 3 of 9 MB, 1.5 MB/s"},
		{3 * mb, 9 * mb, 2 * time.Second, 3 * time.Second, "copying 3 of 9 MB, waiting for the file"},
		{9 * mb, 9 * mb, 2 * time.Second, 3 * time.Second, "copying 9 of 9 MB, waiting for the disk"},
	} {
		if got := CopyProgress(c.done, c.all, c.after, c.still); got != c.want {
			t.Errorf("it says %q, not %q", got, c.want)
		}
	}
}
