package runbooks

import (
	"strings"
	"testing"
)

func TestSlug(t *testing.T) {
	tests := []struct{ title, want string }{
		{"Put it out", "put-it-out"},
		{"  Don't panic!  ", "dont-panic"},
		{"Shut down {{ .Service.Title }} now", "shut-down-now"},
		{"{{ .Org }}", "otherwise"},
		{"Broken {{ template", "broken-template"},
		{"Größe über Ångström", "grosse-uber-angstrom"},
		{"消防", "otherwise"},
		{"--a--b--", "a-b"},
		{"", "otherwise"},
		{strings.Repeat("word ", 40), strings.TrimSuffix(strings.Repeat("word-", 12)[:56], "-")},
	}
	for _, test := range tests {
		got := slug(test.title, "otherwise")
		if got != test.want || !validID(got) {
			t.Errorf("%q: %q, want %q", test.title, got, test.want)
		}
	}
}

func TestNamerNeverRepeats(t *testing.T) {
	n := newNamer()
	n.take("a-2")
	for _, want := range []string{"a", "a-3", "a-4"} {
		if got := n.name("A", "x"); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestValidID(t *testing.T) {
	for id, want := range map[string]bool{
		"a": true, "0": true, "a-b-": true, strings.Repeat("a", 64): true,
		"": false, "-a": false, "A": false, "a_b": false, "a b": false, "é": false, strings.Repeat("a", 65): false,
	} {
		if validID(id) != want {
			t.Errorf("%q: %v", id, !want)
		}
	}
}

func TestFileID(t *testing.T) {
	for name, want := range map[string]string{
		"ransomware.toml": "ransomware", "/a/b/My Runbook.toml": "my-runbook", `C:\x\Lost.toml`: "lost",
		"": "runbook", ".toml": "runbook", "a.b.toml": "a-b",
	} {
		if got := fileID(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

func TestNearest(t *testing.T) {
	known := []string{"required", "role", "done_when", "text"}
	for word, want := range map[string]string{
		"requird": "required", "Required": "required", "done-when": "done_when", "donewhen": "done_when",
		"rolle": "role", "orle": "role", "txt": "text", "x": "", "": "", "title": "",
		strings.Repeat("r", 100): "",
	} {
		if got := nearest(word, known); got != want {
			t.Errorf("%q: %q, want %q", word, got, want)
		}
	}
}

func TestListWords(t *testing.T) {
	if got := listWords(nil); got != "none" {
		t.Error(got)
	}
	if got := listWords([]string{"a", "b", "c"}); got != "a, b and c" {
		t.Error(got)
	}
	if got := listWords(strings.Fields(strings.Repeat("a ", 100))); len(got) > 100 || !strings.HasSuffix(got, "…") {
		t.Error(got)
	}
}
