package main

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

// evilBook has, in a comment, in texts and raw, what a terminal obeys: C1 controls, a
// title, the clipboard, bidi overrides.
const evilBook = "schema = 1\n# comment \u009b31m \u009d0;owned\u009c \u202ebidi\u202c\ntitle = \"Evil \u009b2J \u202e\"\nsummary = \"s \\u009b2J \\u001b]0;own\\u0007\"\n" +
	"[[phase]]\ntitle = \"P \u202e\"\n[[phase.step]]\ntitle = \"A \u009b31m\"\ntext = \"t \\u001b]52;c;aGk=\\u0007 \\u2066\"\n"

// TestG17TextDoesNotAct: whatever command prints text from files to a real terminal,
// nothing in it acts there.
func TestG17TextDoesNotAct(t *testing.T) {
	commands := []string{
		"runbook print evil.toml", "runbook show evil.toml", "runbook lint evil.toml", "runbook lint bad.toml", "runbook lint bad.toml --json", "runbook show evil.toml --json",
		"--runbooks . runbook list", "--runbooks . runbook print evil", "status", "status --json", "log", "log --json", "list", "list --json", "sitrep", "step list", "verify",
		"export --format md", "export --format jsonl", "export --format jsonl --withhold runbook", "export --format json", "export --format csv", "export --format html",
	}
	script := "cat > evil.toml <<'END'\n" + evilBook + "END\n{ cat evil.toml; echo bogus = 1; } > bad.toml\n" +
		"muster start evil.toml --title \"$(printf 'X \\302\\2332J \\342\\200\\256')\" > out 2>&1; muster note \"$(cat evil.toml)\" >> out 2>&1\n"
	for _, c := range commands {
		script += "echo '>>' '" + c + "'; muster " + c + "; echo '<<'\n"
	}
	p := newPtyShell(t, script)
	p.await("<<\r\n", len(commands))
	harmless := regexp.MustCompile("\x1b\\[[0-9;]*m")
	for _, part := range strings.Split(p.said, ">> ")[1:] {
		text := harmless.ReplaceAllString(part, "")
		if i := strings.IndexFunc(text, acts); i >= 0 || !utf8.ValidString(text) {
			t.Errorf("%q acts on the terminal: %q", strings.SplitN(text, "\r", 2)[0], text[max(0, i-20):min(len(text), i+20)])
		}
	}
}

// acts reports whether a terminal obeys a character, other than a new line or a tab.
func acts(c rune) bool {
	return c < ' ' && c != '\n' && c != '\r' && c != '\t' || 0x7f <= c && c < 0xa0 || 0x202a <= c && c <= 0x202e || 0x2066 <= c && c <= 0x2069
}
