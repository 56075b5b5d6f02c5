package main

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A play runs commands in this process, with a clock that the test sets and a home
// of its own. Ada is the one who acts.
type play struct {
	t    *testing.T
	now  time.Time
	day  time.Time // when the machine was started
	vars map[string]string
}

// playDay is the day on which all plays begin, in winter in Berlin.
func playDay(t *testing.T) time.Time {
	t.Helper()
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Skip("this system has no time zones")
	}
	return time.Date(2026, 11, 24, 9, 0, 0, 0, berlin)
}

func newPlay(t *testing.T) *play {
	day := playDay(t)
	return &play{t: t, now: day, day: day, vars: map[string]string{"HOME": t.TempDir(), "MUSTER_AS": "Ada"}}
}

// Now and what follows implement session.Clock.
func (p *play) Now() time.Time           { return p.now }
func (p *play) SinceBoot() time.Duration { return time.Hour + p.now.Sub(p.day) }
func (p *play) BootID() string           { return "boot" }
func (p *play) Synced() string           { return "yes" }
func (p *play) Zone() string             { return p.now.Format("-07:00") + " Europe/Berlin" }

// file writes a file into the home, and returns its path.
func (p *play) file(name, text string) string {
	p.t.Helper()
	path := filepath.Join(p.vars["HOME"], name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		p.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		p.t.Fatal(err)
	}
	return path
}

// config writes config.toml.
func (p *play) config(text string) { p.file(".config/muster/config.toml", text) }

// try runs a command, and returns its exit code, output and errors. A second
// passes.
func (p *play) try(args ...string) (code int, out, errs string) {
	p.t.Helper()
	p.now = p.now.Add(time.Second)
	var stdout, stderr bytes.Buffer
	e := &env{settings{process: process{
		in: strings.NewReader(""), out: &stdout, err: &stderr, clock: p, random: rand.Reader,
		getenv: func(name string) string { return p.vars[name] },
	}}}
	code = run(p.t.Context(), e, args)
	return code, stdout.String(), stderr.String()
}

// run runs a command that must work, and returns its output.
func (p *play) run(args ...string) string {
	p.t.Helper()
	code, out, errs := p.try(args...)
	if code != exitDone {
		p.t.Fatalf("muster %s: exit code %d\n%s%s", strings.Join(args, " "), code, out, errs)
	}
	return out
}

// refused runs a command that must end with exit code 1 and say want.
func (p *play) refused(want string, args ...string) {
	p.t.Helper()
	code, out, errs := p.try(args...)
	if code != exitRefused || !strings.Contains(errs, want) {
		p.t.Errorf("muster %s: exit code %d, and it does not say %q\n%s%s", strings.Join(args, " "), code, want, out, errs)
	}
}

// read runs a command with --json into v.
func (p *play) read(v any, args ...string) {
	p.t.Helper()
	out := p.run(append(args, "--json")...)
	if err := json.Unmarshal([]byte(out), v); err != nil {
		p.t.Fatalf("muster %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

// says fails unless text has every one of want.
func says(t *testing.T, text string, want ...string) {
	t.Helper()
	for _, w := range want {
		if !strings.Contains(text, w) {
			t.Errorf("it does not say %q:\n%s", w, text)
		}
	}
}
