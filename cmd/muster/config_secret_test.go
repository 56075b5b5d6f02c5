package main

import (
	"strings"
	"testing"
)

// TestConfigHidesSecrets: case G13. Whatever is wrong with the configuration, the password
// in it is not in what is said of it, on any command. What a key is called is said: a slip
// in it must be found.
func TestConfigHidesSecrets(t *testing.T) {
	const head = "[[channel]]\nname = \"m\"\nkind = \"smtp\"\n"
	for _, wrong := range []string{
		"password=hunter2x", "password = \"hunter2x", "password = 'hunter2x", "password = \"\"\"hunter2x", "pasword = \"hunter2x\"", "hunter2x", "\"hunter2x\"",
		"password = [\"hunter2x\"]", "password = { x = \"hunter2x\" }", "port = \"hunter2x\"", "port = hunter2x", "url = https://h.example/hunter2x",
		"url = \"https://h.example/\" hunter2x", "password = \"\\hunter2x\"", "timeout = \"hunter2x\"", "security = \"hunter2x\"", "kind = \"hunter2x\"", "password.x = hunter2x",
		"hunter2x = 1", "hunter2xQ==", "\"hunter2x\" = 1", "hunter2x = \"", "'hunter2x' = \"a\nb\"", "[hunter2x]\nx = 1", "[channel.hunter2x]\nx = 1", "hunter2x.x = 1", "password = 1\nhunter2x = 1\nhunter2x = 2",
	} {
		p := newPlay(t)
		p.config(head + wrong + "\n")
		for _, words := range [][]string{{"notice", "channels"}, {"list"}, {"notice", "channels", "--json"}} {
			_, out, errs := p.try(words...)
			if strings.Contains(out+errs, "hunter2") {
				t.Errorf("%s: muster %s says it:\n%s%s", wrong, strings.Join(words, " "), out, errs)
			}
		}
	}
}
