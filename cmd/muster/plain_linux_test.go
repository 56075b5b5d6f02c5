package main

import (
	"strings"
	"testing"
)

// TestPlainOverSSH: the screens line by line at the other end of a connection, with a
// terminal and without.
func TestPlainOverSSH(t *testing.T) {
	b := newServedBox(t)
	b.serve(b.key("ada", `name="Ada Lovelace",role=responder`), b.key("eve", `name="Eve",role=observer`))
	if _, said, code := b.ssh("ada", "", "start", "ransomware", "--no-open"); code != 0 {
		t.Fatal(said)
	}
	for _, c := range []struct {
		name, input string
		args        []string
		says        []string
	}{
		{"ada", "note it is heard\nyes\nquit\n", []string{"open", "--plain"}, []string{"you are Ada Lovelace", "Saved. Entry", "run> quit"}},
		{"ada", "note typed key by key\x7f\x7f\x7fkey\ryes\rquit\r", []string{"-tt", "--", "--plain", "open"}, []string{"Saved. Entry", "typed key by key"}},
		{"ada", "list ransom\nquit\n", []string{"--", "--plain"}, []string{"Screen: home", "incident "}},
		{"ada", "evidence /etc/passwd\n\nyes\nquit\n", []string{"--", "--plain", "open"}, []string{"out of reach over SSH"}},
		{"eve", "note no\nskip no\nquit\n", []string{"--", "--plain", "open"}, []string{"ALERT: READ ONLY", "run> skip no\nREAD ONLY"}},
	} {
		out, said, code := b.ssh(c.name, c.input, c.args...)
		if code != 0 {
			t.Errorf("%s %q: code %d, %s", c.name, c.args, code, said)
		}
		for _, text := range c.says {
			if !strings.Contains(strings.ReplaceAll(out, "\r", ""), text) {
				t.Errorf("%s %q does not say %q:\n%s", c.name, c.args, text, out)
			}
		}
		if strings.ContainsRune(out, '\x1b') {
			t.Errorf("%s %q: an escape sequence leaves: %q", c.name, c.args, out)
		}
	}
	log := b.local("log")
	for _, text := range []string{"it is heard", "typed key by key"} {
		if !strings.Contains(log, text) {
			t.Errorf("the log lacks %q:\n%s", text, log)
		}
	}
	if strings.Contains(log, "Eve") {
		t.Errorf("an observer left a trace:\n%s", log)
	}
}
