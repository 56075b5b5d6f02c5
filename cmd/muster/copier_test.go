package main

import (
	"context"
	"errors"
	"strings"
	"testing"
)

// TestCopyTellsWhatItLacks: while a log is followed, a file that the source does not give is
// named, once; what went wrong is said, and nothing after the end.
func TestCopyTellsWhatItLacks(t *testing.T) {
	var said strings.Builder
	c := &copier{env: &env{settings{process: process{err: &said}}}}
	c.lack(nil)
	c.lack([]string{"aa"})
	c.lack([]string{"aa", "bb"})
	for _, sum := range []string{"aa", "bb"} {
		if strings.Count(said.String(), "sha256 "+sum) != 1 {
			t.Errorf("of %s it says %q", sum, said.String())
		}
	}
	ctx, end := context.WithCancel(t.Context())
	c.warn(ctx, nil)
	c.warn(ctx, errors.New("the disk is full\x1b[2J"))
	end()
	c.warn(ctx, errors.New("gone"))
	if got := said.String(); !strings.Contains(got, "muster: of the copy: the disk is full␛[2J\n") || strings.Contains(got, "gone") {
		t.Errorf("it says %q", got)
	}
}
