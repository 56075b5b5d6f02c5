package runbooks

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/BurntSushi/toml"
)

// mirrors reports where the nodes of a scan do not have the shape of the parser's
// values.
func mirrors(value any, n *node, path string) error {
	if n == nil {
		return fmt.Errorf("%s: no node", path)
	}
	var list []any
	switch v := value.(type) {
	case map[string]any:
		if len(v) != len(n.members()) {
			return fmt.Errorf("%s: %d keys, %d nodes", path, len(v), len(n.members()))
		}
		for key, value := range v {
			if err := mirrors(value, n.key(key), path+"."+key); err != nil {
				return err
			}
		}
		return nil
	case []any:
		list = v
	case []map[string]any:
		for _, t := range v {
			list = append(list, t)
		}
	}
	if len(list) != len(n.items()) {
		return fmt.Errorf("%s: %d values, %d nodes", path, len(list), len(n.items()))
	}
	for i, value := range list {
		if err := mirrors(value, n.item(i), fmt.Sprintf("%s[%d]", path, i)); err != nil {
			return err
		}
	}
	return nil
}

func TestScanFindsLines(t *testing.T) {
	const file = "\ufeff# comment with [brackets] and \"quotes\n" + `title = "a # b" # and a comment
"quoted key" = 'x = [y'
a.b . c = 1979-05-27 07:32:00
list = [
  1, # one
  [2, "]"],
  { x = 1, y = { z = """
two
lines""" } },
]
[[phase]] # first
title = """
text \
  [[phase]]
"""""
[[phase.step]]
id = 'one'
[[phase.step]]
id = '''
two'''
[phase.step.check]
url = 1
[[phase]]
[[phase.step]]
"i\u0064" = 3
`
	s := scanTOML([]byte(file), false)
	if s.end != len(file) || s.problem != "" {
		t.Fatalf("stopped at %d of %d, line %d: %s", s.end, len(file), s.line, s.problem)
	}
	phase := s.root.key("phase")
	tests := []struct {
		name string
		node *node
		line int
	}{
		{"title", s.root.key("title"), 2},
		{"quoted key", s.root.key("quoted key"), 3},
		{"a.b.c", s.root.key("a").key("b").key("c"), 4},
		{"list", s.root.key("list"), 5},
		{"list[0]", s.root.key("list").item(0), 6},
		{"list[1][1]", s.root.key("list").item(1).item(1), 7},
		{"list[2].y.z", s.root.key("list").item(2).key("y").key("z"), 8},
		{"phase[0]", phase.item(0), 12},
		{"phase[0].step[0].id", phase.item(0).key("step").item(0).key("id"), 18},
		{"phase[0].step[1]", phase.item(0).key("step").item(1), 19},
		{"phase[0].step[1].check.url", phase.item(0).key("step").item(1).key("check").key("url"), 23},
		{"phase[1]", phase.item(1), 24},
		{"phase[1].step[0].id", phase.item(1).key("step").item(0).key("id"), 26},
	}
	for _, test := range tests {
		if got := test.node.lineOf(); got != test.line {
			t.Errorf("%s is on line %d, want %d", test.name, got, test.line)
		}
	}
	if got := phase.item(0).key("title").text; got != 14 {
		t.Errorf("the text begins on line %d, want 14", got)
	}
	var values map[string]any
	if err := toml.Unmarshal([]byte(file), &values); err != nil {
		t.Fatal(err)
	}
	if err := mirrors(values, s.root, ""); err != nil {
		t.Error(err)
	}
}

func TestScanBounds(t *testing.T) {
	nested := func(open, closing string, n int) string {
		return "a = " + strings.Repeat(open, n) + strings.Repeat(closing, n)
	}
	tests := []struct{ name, file, problem string }{
		{"arrays within", nested("[", "]", 31), ""},
		{"arrays", nested("[", "]", 100_000), "more than 32 tables"},
		{"unclosed arrays", "\n\na = " + strings.Repeat("[", 1<<20), "more than 32 tables"},
		{"inline tables", nested("{a=", "}", 100_000), "more than 32 tables"},
		{"parts within", "a" + strings.Repeat(".a", 7) + " = 1", ""},
		{"parts", "a" + strings.Repeat(".a", 30_000) + " = 1", "more than 8 parts"},
		{"parts of a head", "[a" + strings.Repeat(".a", 30_000) + "]", "more than 8 parts"},
		{"dotted keys in arrays of tables", nested("[{a.a.a.a.a.a.a.a=", "}]", 10), "more than 32 tables"},
		{"long key", strings.Repeat("k", 1000) + " = 1", "longer than 256 bytes"},
		{"long quoted key", `"` + strings.Repeat("k", 1000) + `" = 1`, "longer than 256 bytes"},
		{"long tables", "[" + strings.Repeat("k", 200) + "]\n" + strings.Repeat("k", 100) + " = 1", "longer than 256 bytes"},
		{"empty key", "a.'' = 1", "an empty key"},
		{"many keys", "a = [" + strings.Repeat("1,", maxNodes) + "]", "more than 400000 values"},
		{"many tables", strings.Repeat("[[a]]\n", maxNodes+1), "more than 400000 values"},
	}
	for _, test := range tests {
		s := scanTOML([]byte(test.file), false)
		if (test.problem == "") != (s.problem == "") || !strings.Contains(s.problem, test.problem) {
			t.Errorf("%s: %q, want %q", test.name, s.problem, test.problem)
		}
	}
}

func TestScanStopsWhereTOMLEnds(t *testing.T) {
	tests := []struct{ file, rest string }{
		{"a = 1\nb = [1 \"x\"]\nc = 3", "\"x\"]\nc = 3"},
		{"a = 1\nb\nc = 3", "\nc = 3"},
		{"a = \"x\nc = 3", "\nc = 3"},
		{"a = 'x' y\nc = 3", "y\nc = 3"},
		{"[a\nc = 3", "c = 3"},
		{"a = { b = 1", ""},
		{"= 1", "= 1"},
	}
	for _, test := range tests {
		s := scanTOML([]byte(test.file), false)
		if got := test.file[s.end:]; got != test.rest {
			t.Errorf("%q: stopped before %q, want %q", test.file, got, test.rest)
		}
	}
}

func TestScanHeadOnly(t *testing.T) {
	s := scanTOML([]byte("title = 'x'\n\n[[phase]]\nbroken"), true)
	if !s.tables || s.line != 3 || s.root.key("title") == nil || s.root.key("phase") != nil {
		t.Errorf("%+v", s)
	}
}

func TestUnquote(t *testing.T) {
	tests := []struct {
		raw, want string
		ok        bool
	}{
		{`"plain"`, "plain", true},
		{`"\b\t\n\f\r\e\"\\"`, "\b\t\n\f\r\x1b\"\\", true},
		{`"\x41\u00e9\U0001F525"`, "Aé🔥", true},
		{`'\n'`, `\n`, true},
		{"\"\"\"\nfirst \\\n   second\"\"\"", "first second", true},
		{"\"\"\"\r\na\"\"\"", "a", true},
		{"'''\na\\'''", `a\`, true},
		{`"""a"""""`, `a""`, true},
		{`""`, "", true},
		{`"\ud800"`, "", false},
		{`"\q"`, "", false},
		{`"\u12"`, "", false},
		{`"`, "", false},
		{`"\`, "", false},
		{`12`, "", false},
		{``, "", false},
	}
	for _, test := range tests {
		got, err := unquote([]byte(test.raw))
		if got != test.want || (err == nil) != test.ok {
			t.Errorf("unquote(%s) = %q, %v; want %q", test.raw, got, err, test.want)
		}
	}
}

// FuzzScan holds the scanner to what the parser sees: whatever the parser takes has
// been scanned to its end, within the bounds, and in the same shape.
func FuzzScan(f *testing.F) {
	for _, seed := range []string{
		"a = 1", "[a.b]\nc.d = [1, {x = '''\n'''}]", "[[a]]\n[[a.b]]\n[a.b.c]\n", "a = \"\"\"\\\n x\"\"\"\"\"",
		"\"\\u0061\" = 1979-05-27T07:32:00Z # x", "a = [\n#]\n]", "'a'.\"b\" = inf", "a = {\n b = 1,\n}", "\ufeffa=1\r\n",
		"a = { x.y = 1, x.z = 2 }\n[b]\n[b.c]\n[[d.e]]", string(starter),
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		s := scanTOML(data, false)
		head := scanTOML(data, true)
		if s.end > len(data) || head.end > len(data) || s.line > 1+bytes.Count(data, []byte("\n")) {
			t.Fatalf("scanned beyond the end: %d, line %d", s.end, s.line)
		}
		if s.problem != "" || !utf8.Valid(data) {
			return
		}
		values, problems := parseTOML("x.toml", data[:min(len(data), s.end+64)])
		if problems != nil {
			return
		}
		if s.end < len(data) {
			t.Fatalf("the parser goes on where the scan stopped: %q", data[s.end:])
		}
		if err := mirrors(values, s.root, ""); err != nil {
			t.Fatal(err)
		}
	})
}
