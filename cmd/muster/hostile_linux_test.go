package main

import (
	"errors"
	"os"
	"strings"
	"testing"
	"time"
)

// plainBook is six steps that ask for nothing.
const plainBook = `cat > plain.toml <<'END'
title = "Plain"
[[phase]]
title = "All"
[[phase.step]]
title = "One"
[[phase.step]]
title = "Two"
[[phase.step]]
title = "Three"
[[phase.step]]
title = "Four"
[[phase.step]]
title = "Five"
[[phase.step]]
title = "Six"
END
muster start ./plain.toml; echo ended $?; muster log`

// plain shows an incident of six plain steps.
func plain(t *testing.T) *ptyShell {
	p := newPtyShell(t, plainBook)
	p.shows("saved 1")
	p.isRaw()
	return p
}

// later presses keys when a time has passed, as a line does that lags.
func (p *ptyShell) later(pause time.Duration, keys string) {
	p.t.Helper()
	p.pause(pause)
	p.press(keys)
}

// pause reads what is written for so long.
func (p *ptyShell) pause(pause time.Duration) {
	p.t.Helper()
	p.check(p.master.SetReadDeadline(time.Now().Add(pause)))
	buf := make([]byte, 4096)
	for {
		read, err := p.master.Read(buf)
		p.said += string(buf[:read])
		if errors.Is(err, os.ErrDeadlineExceeded) {
			return
		}
		p.check(err)
	}
}

// leaves ends muster with ctrl+c, and returns the log that it leaves.
func (p *ptyShell) leaves() string {
	p.t.Helper()
	p.later(400*time.Millisecond, "\x03")
	p.await("ended 0", 1)
	p.isBack()
	p.await("Plain", 1)
	p.pause(300 * time.Millisecond)
	_, log, _ := strings.Cut(p.said, "ended 0")
	return log
}

// decided reports whether the log has something about a step but notes.
func decided(log string) bool {
	return strings.Contains(log, "done 1.") || strings.Contains(log, "started 1.") || strings.Contains(log, "skipped 1.")
}

// TestG5HostileBytes: nothing that a terminal, or who can write to one, sends ends
// the program or takes the keys from whoever sits there.
func TestG5HostileBytes(t *testing.T) {
	many := "\x1b[1" + strings.Repeat(";1", 36) + "m"
	for name, keys := range map[string]string{
		"37 parameters":           many,
		"37 parameters, pasted":   "n\x1b[200~" + many + "\x1b[201~",
		"DCS":                     "\x1bP1" + strings.Repeat(";1", 36) + "q\x1b\\",
		"a mouse in eight bits":   "\x9bMoi!",
		"a paste without its end": "\x1b[200~",
		"a string without an end": "\x1b]52;c;",
		"60,000 presses":          "\x1b[13;28;13;1;0;60000_",
		"a size":                  "\x1b[8;99999;99999t",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := plain(t)
			p.press(keys)
			if log := p.leaves(); decided(log) {
				t.Errorf("the log has\n%s", log)
			}
		})
	}
}

// TestC2AnswerTorn: half an answer of the terminal is no key.
func TestC2AnswerTorn(t *testing.T) {
	t.Parallel()
	p := plain(t)
	p.press("\x1b]11;rgb:1")
	p.later(60*time.Millisecond, "d1d/1f1f/2121\x1b\\")
	if log := p.leaves(); decided(log) {
		t.Errorf("the log has\n%s", log)
	}
}

// TestC3ArrowTorn: nor is half a key.
func TestC3ArrowTorn(t *testing.T) {
	t.Parallel()
	p := plain(t)
	p.press("n")
	p.await("Note", 1)
	p.later(100*time.Millisecond, "a")
	p.later(100*time.Millisecond, "c")
	p.later(100*time.Millisecond, "\x1b")
	p.later(60*time.Millisecond, "[D")
	p.later(100*time.Millisecond, "b")
	p.later(100*time.Millisecond, "\r")
	p.pause(300 * time.Millisecond)
	if log := p.leaves(); !strings.Contains(log, "abc") || decided(log) {
		t.Errorf("the log has\n%s", log)
	}
}

// TestC4BurstIsAPaste: lines that are pasted without the terminal's saying so are
// text, all of them.
func TestC4BurstIsAPaste(t *testing.T) {
	t.Parallel()
	p := plain(t)
	p.press("n")
	p.await("Note", 1)
	p.later(100*time.Millisecond, "first line\rdone is what this one says\r")
	p.later(300*time.Millisecond, "\r")
	p.pause(300 * time.Millisecond)
	if log := p.leaves(); !strings.Contains(log, "first line") || !strings.Contains(log, "done is what this one says") || decided(log) {
		t.Errorf("the log has\n%s", log)
	}
}

// TestC1HeldEnter: a key held down decides once.
func TestC1HeldEnter(t *testing.T) {
	t.Parallel()
	p := plain(t)
	p.press("\r")
	p.pause(500 * time.Millisecond)
	for range 30 {
		p.later(33*time.Millisecond, "\r")
	}
	log := p.leaves()
	if !strings.Contains(log, "started 1.1") || strings.Contains(log, "started 1.2") || strings.Contains(log, "done 1.") {
		t.Errorf("the log has\n%s", log)
	}
}
