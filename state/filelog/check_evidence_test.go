package filelog

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"muster/state"
)

// TestCheckEvidence: a file beside a log is as recorded only if its size and its hash
// are, and it is a plain file.
func TestCheckEvidence(t *testing.T) {
	dir := t.TempDir()
	log := filepath.Join(dir, "log.jsonl")
	if HasEvidence(log) {
		t.Error("there is a folder of evidence before it is made")
	}
	content := strings.Repeat("memory dump", 9000)
	sum, size := state.Sum([]byte(content)), int64(len(content))
	name := filepath.Join(dir, "evidence", sum.String())
	if err := os.Mkdir(filepath.Dir(name), 0o700); err != nil {
		t.Fatal(err)
	}
	if !HasEvidence(log) {
		t.Error("the folder of evidence is not seen")
	}
	put := func(content string) func() error {
		return func() error { return os.WriteFile(name, []byte(content), 0o600) }
	}
	for _, test := range []struct {
		what string
		make func() error
		want Beside
	}{
		{"nothing", func() error { return nil }, Gone},
		{"what was recorded", put(content), AsRecorded},
		{"another byte", put("M" + content[1:]), Changed},
		{"a byte more", put(content + "x"), Changed},
		{"a byte less", put(content[1:]), Changed},
		{"an empty file", put(""), Changed},
		{"a folder", func() error { return os.Mkdir(name, 0o700) }, Changed},
		{"another name for the same", func() error {
			return os.WriteFile(filepath.Join(dir, "evidence", "3-1-dump.bin"), []byte(content), 0o600)
		}, AsRecorded},
		{"another name for another", func() error {
			return os.WriteFile(filepath.Join(dir, "evidence", "3-1-dump.bin"), []byte("M"+content[1:]), 0o600)
		}, Gone},
		{"a link to the same", func() error {
			real := filepath.Join(dir, "real")
			return errors.Join(os.WriteFile(real, []byte(content), 0o600), os.Symlink(real, name))
		}, Changed},
	} {
		if err := errors.Join(os.RemoveAll(name), test.make()); err != nil {
			t.Fatal(err)
		}
		if got, err := CheckEvidence(t.Context(), log, sum, size); got != test.want || err != nil {
			t.Errorf("%s: %v, %v; want %v", test.what, got, err, test.want)
		}
	}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	if err := errors.Join(os.RemoveAll(name), put(content)()); err != nil {
		t.Fatal(err)
	}
	if _, err := CheckEvidence(stopped, log, sum, size); !errors.Is(err, context.Canceled) {
		t.Errorf("one that is stopped says %v", err)
	}
}

// TestLastLineCounts: in a file a whole last line counts without its newline; beside a
// store it is a write that nobody acknowledged.
func TestLastLineCounts(t *testing.T) {
	f := newFixture(t, "a", "b")
	content := f.read()
	path := filepath.Join(t.TempDir(), "copy.jsonl")
	for cut, want := range map[int]struct {
		seq     uint64
		unended bool
	}{0: {3, false}, 1: {3, true}, 2: {2, false}} {
		if err := os.WriteFile(path, content[:len(content)-cut], 0o600); err != nil {
			t.Fatal(err)
		}
		seen := uint64(0)
		report, err := File(path).Verify(t.Context(), func(e state.Entry) { seen = e.Seq })
		if err != nil || report.Damage != nil || report.Head.Seq != want.seq || seen != want.seq || report.Unended != want.unended || (report.Torn > 0) != (cut == 2) {
			t.Errorf("%d bytes cut off: %+v, %v, %d seen", cut, report, err, seen)
		}
	}
}
