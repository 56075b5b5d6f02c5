package main

import (
	"io"
	"strings"
	"testing"
)

// lines gives one line at each reading, as a terminal does.
type lines []string

func (l *lines) Read(p []byte) (int, error) {
	if len(*l) == 0 {
		return 0, io.EOF
	}
	n := copy(p, (*l)[0])
	*l = (*l)[1:]
	return n, nil
}

// TestEscapeIsNoService: a key that is no text is not taken for the name of what somebody runs,
// which was refused only after all questions.
func TestEscapeIsNoService(t *testing.T) {
	for _, test := range []struct {
		typed lines
		want  string
		again bool
	}{
		{lines{"Booking, Payroll\n"}, "Booking, Payroll", false},
		{lines{"\n"}, "", false},
		{lines{"\x1b\n", "Booking\n"}, "Booking", true},
		{lines{"Book\x1b[Ding\n", "\x1b\n"}, "", true},
	} {
		var said strings.Builder
		e := &env{settings{process: process{in: &test.typed, err: &said}}}
		if got := e.asked("What? "); got != test.want || strings.Contains(said.String(), "no text") != test.again {
			t.Errorf("%q is taken of it, not %q; it says %q", got, test.want, said.String())
		}
	}
}
