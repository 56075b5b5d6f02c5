package main

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"rsc.io/qr"
)

// TestQR: what is drawn is the code, with light around it, and nothing where it does not fit.
func TestQR(t *testing.T) {
	const text = "ssh -p 2222 box.example.org"
	code, err := qr.Encode(text, qr.L)
	if err != nil {
		t.Fatal(err)
	}
	size := code.Size + 2*quiet
	lines := strings.Split(strings.TrimSuffix(ansi.Strip(qrOf(text, size, (size+1)/2)), "\n"), "\n")
	black := func(x, y int) bool { // what is drawn there
		cell := []rune(lines[(y+quiet)/2])[x+quiet]
		return cell == '█' || cell == '▀' && (y+quiet)%2 == 0 || cell == '▄' && (y+quiet)%2 == 1
	}
	for y := -quiet; y < code.Size+quiet; y++ {
		for x := -quiet; x < code.Size+quiet; x++ {
			inside := x >= 0 && y >= 0 && x < code.Size && y < code.Size
			if want := inside && code.Black(x, y); black(x, y) != want {
				t.Fatalf("at %d,%d it is %v, not %v", x, y, !want, want)
			}
		}
	}
	if qrOf(text, size-1, size) != "" || qrOf(text, size, size/2) != "" || qrOf(strings.Repeat("x", 5000), 1000, 1000) != "" {
		t.Error("a code is drawn where it does not fit")
	}
}

// TestWhereAQRIsShown: only where blocks and colours are.
func TestWhereAQRIsShown(t *testing.T) {
	for _, c := range []struct {
		environ string
		want    bool
	}{
		{"LANG=C.UTF-8 TERM=xterm", true}, {"LC_CTYPE=de_DE.utf8 TERM=tmux-256color", true}, {"LC_ALL=C LANG=C.UTF-8 TERM=xterm", false},
		{"TERM=xterm", false}, {"LANG=C.UTF-8", false}, {"LANG=C.UTF-8 TERM=dumb", false}, {"LANG=C.UTF-8 TERM=linux", false},
		{"LANG=C.UTF-8 TERM=xterm NO_COLOR=1", false}, {"LANG=C.UTF-8 TERM=xterm MUSTER_PLAIN=1", false},
	} {
		e := newEnv()
		e.getenv = func(name string) string {
			for one := range strings.FieldsSeq(c.environ) {
				if value, is := strings.CutPrefix(one, name+"="); is {
					return value
				}
			}
			return ""
		}
		if got := showsBlocks(e); got != c.want {
			t.Errorf("%s: %v", c.environ, got)
		}
	}
}
