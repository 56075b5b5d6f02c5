package main

import (
	"regexp"
	"strings"
	"testing"
)

// TestReadmeConversation plays the README's conversation line by line. What it shows is
// said, in this order; it leaves some lines out. Ids and times are those of the day.
func TestReadmeConversation(t *testing.T) {
	var typed []string
	conversation := block(t, "text", "muster --plain open")
	prompt := regexp.MustCompile(`(?m)^[a-z, ]+> (.*)$`)
	for _, m := range prompt.FindAllStringSubmatch(conversation, -1) {
		typed = append(typed, m[1])
	}
	if len(typed) < 6 {
		t.Fatalf("only %d lines are typed: %q", len(typed), typed)
	}
	s := newShell(t)
	out := s.must(t, "muster start ransomware --as Ada --no-open > id\nMUSTER_AS=Ada muster --plain open <<'END'\n"+strings.Join(typed, "\n")+"\nEND\n")
	masked := func(text string) string {
		return regexp.MustCompile(`20\d\d-\d\d-\d\d-[a-z-]+|(\d+ [A-Z][a-z]{2} )?\d\d:\d\d(:\d\d)?|\d+s/5m`).ReplaceAllString(text, "#")
	}
	said := masked(out)
	for line := range strings.SplitSeq(conversation, "\n") {
		if strings.HasPrefix(line, "$") || line == "" {
			continue
		}
		_, rest, found := strings.Cut(said, masked(line)+"\n")
		if !found {
			t.Fatalf("%q is not said after what goes before it:\n%s", line, said)
		}
		said = rest
	}
}
