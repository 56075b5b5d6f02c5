package runbooks

import (
	"testing"
	"testing/fstest"
	"time"
)

// FuzzWords: spans and events are read or refused, and what is read is in bounds.
func FuzzWords(f *testing.F) {
	for _, text := range []string{"", "72h", "4 business days", "1 month", "0m", "-1h", "99999999999999999999h", "step:look=yes", "incident.opened", "manual", "notice:", ":", "\xff"} {
		f.Add(text)
	}
	from := time.Date(2026, 11, 24, 2, 41, 7, 0, time.UTC)
	f.Fuzz(func(t *testing.T, text string) {
		if span, err := ParseSpan(text); err == nil && !span.After(from, time.UTC).After(from) {
			t.Errorf("%q ends before it begins: %v", text, span.After(from, time.UTC))
		}
		_, _ = ParseEvent(text)
	})
}

// FuzzLibrary: a library lists whatever lies in it, and loads what it lists.
func FuzzLibrary(f *testing.F) {
	f.Add("a.toml", []byte("title = \"A\"\n[[phase]]\ntitle = \"B\"\n[[phase.step]]\ntitle = \"C\"\n"))
	f.Add("b.toml", []byte("id = \"..\"\ntitle = 3"))
	f.Add("c.TOML", []byte("\xef\xbb\xbftitle = '''\n'''"))
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		files := fstest.MapFS{name: {Data: data}}
		library := Open(Layer{Name: "yours", FS: files, Dir: "yours"})
		heads, _ := library.List(t.Context())
		for _, head := range heads {
			source, _, err := library.Load(head.ID)
			if err == nil && (source.Runbook == nil || head.Err != nil) {
				t.Errorf("%q is listed as %+v and loaded as %+v", name, head, source)
			}
		}
	})
}
