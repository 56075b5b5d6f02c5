package run

import (
	"strings"
	"testing"

	"muster/state"
)

// TestFilesAreNamed: a file is told by its name, how large it is, and the beginning of its hash; one
// that is withheld, by nothing.
func TestFilesAreNamed(t *testing.T) {
	for n, want := range map[int64]string{0: "0 B", 1023: "1023 B", 1024: "1.0 KiB", 1536: "1.5 KiB", 1<<20 - 1: "1024.0 KiB", 1 << 20: "1.0 MiB", 5 << 19: "2.5 MiB", 3 << 30: "3072.0 MiB"} {
		if got := size(n); got != want {
			t.Errorf("%d bytes are %s, not %s", n, got, want)
		}
	}
	sum := state.Sum([]byte("fw"))
	if got := fileText(&state.File{Name: "fw.png", Size: 2048, SHA256: sum}); got != "fw.png  2.0 KiB  "+sum.String()[:12] {
		t.Errorf("it is told as %q", got)
	}
	if got := fileText(&state.File{Name: "fw.png", Size: 2048}); got != state.WithheldText || strings.Contains(got, "fw") {
		t.Errorf("withheld, it is told as %q", got)
	}
}
