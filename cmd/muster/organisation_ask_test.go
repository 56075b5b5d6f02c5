package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestInitAsksAgain: an answer that would be refused is refused where it is given, and
// asked for again; what was answered before is kept.
func TestInitAsksAgain(t *testing.T) {
	home, out := t.TempDir(), new(bytes.Buffer)
	answers := []string{
		"Example Shipping",
		"Booking", "booking", "!!!", "Crew portal", "",
		"Ben, 020 7946 0000", "National CERT=tel:+44 20 7946 0000", "",
		"A\x07da", "Ada", "",
	}
	e := &env{settings{process: process{in: strings.NewReader(strings.Join(answers, "\n") + "\n"), out: out, err: out, terminal: true,
		clock:  &play{now: time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)},
		getenv: func(name string) string { return map[string]string{"HOME": home}[name] }}}}
	if err := writeOrganisation(e, nil, initFlags{}); err != nil {
		t.Fatalf("%v, after\n%s", err, out)
	}
	for _, said := range []string{`"booking" stands twice`, `"!!!" is no service's title`, `"Ben, 020 7946 0000" does not say whom to call`, "Write it as TITLE=tel:NUMBER", "has control characters"} {
		if !strings.Contains(out.String(), said) {
			t.Errorf("it does not say %s:\n%s", said, out)
		}
	}
	text, err := os.ReadFile(filepath.Join(home, ".config", "muster", "organisation.toml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, kept := range []string{"Booking", "Crew portal", "National CERT", "Ada"} {
		if !strings.Contains(string(text), kept) {
			t.Errorf("the file lacks %s:\n%s", kept, text)
		}
	}
	if strings.Contains(string(text), "Ben, 020") || strings.Contains(string(text), "title = \"booking\"") {
		t.Errorf("the file has what was refused:\n%s", text)
	}
}
