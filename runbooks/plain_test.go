package runbooks

import (
	"bytes"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// valueOf is what a node and all inside it hold, as the parser has it, but for lists of
// tables, which are lists here.
func valueOf(n *node) any {
	switch n.form {
	case table:
		values := map[string]any{}
		for _, m := range n.members() {
			values[m.name] = valueOf(m.node)
		}
		return values
	case list:
		values := []any{}
		for _, item := range n.items() {
			values = append(values, valueOf(item))
		}
		return values
	}
	return n.value
}

// parsed is the parser's value in the same form.
func parsed(value any) any {
	n := &node{}
	n.fill(value)
	return valueOf(n)
}

// plainness says where the scanner's values are not the parser's, of a file of which it has
// them; and whether it has.
func plainness(data []byte) (plain bool, err error) {
	s := scanTOML(data, false)
	if !s.plain || !utf8.Valid(data) {
		return false, nil
	}
	values, problems := parseTOML("x.toml", data)
	if problems != nil {
		return true, fmt.Errorf("the parser refuses it: %v", problems)
	}
	// A time that is not a number is another each time, and so is a number that is none.
	if got, want := fmt.Sprintf("%#v", valueOf(s.root)), fmt.Sprintf("%#v", parsed(values)); got != want {
		return true, fmt.Errorf("it has\n%s\nand the parser\n%s", got, want)
	}
	return true, nil
}

// TestPlain: values as nearly all files have them are told by the scanner alone, and are
// those of the parser; what is written otherwise is left to the parser.
func TestPlain(t *testing.T) {
	for _, test := range []struct {
		name, file string
		plain      bool
	}{
		{"a runbook to start from", strings.NewReplacer("«id»", "x", "«title»", `"X"`).Replace(string(starter)), true},
		{"texts", "a = \"x\"\nb = 'y\\'\nc = \"\"\"\nz\n\"\"w\"\"\"\nd = '''\\'''\ne = \"\"\nf = \"\"\"\"\"\"\n", true},
		{"texts with escapes", "a = \"x\\n\\u00e9\\\"\"\nb = \"\"\"\\\n  y\"\"\"\nc = \"\"\"z\"\"\"\"\"\n", true},
		{"numbers", "a = 1\nb = -12\nc = 1.5\nd = 0xff\ne = 1_000\nf = +3\ng = -0\nh = inf\n", true},
		{"days and words", "a = 2026-11-01\nb = 1979-05-27 07:32:00 # x\nc = true\nd = false\n", true},
		{"lists and tables", "a = [1, \"x\", [2], {b = 1, c = {d = 2}}, # y\n]\nb = {}\nc = []\n", true},
		{"heads", "[[a]]\nb = 1\n[[a.c]]\nd = 1\n[[a.c]]\n[a.c.e]\n[[a]]\nb = 1\n[f]\n", true},
		{"lines of Windows", "a = 1\r\n[b]\r\nc = \"x\" # y\r\nd = \"\"\"\r\nz\r\n\"\"\"\r\n", true},
		{"many keys", "a = 1\n" + strings.Repeat("x", 2) + " = 1\n" + keys(100), true},
		{"a key twice", "a = 1\na = 2\n", false},
		{"a key twice among many", keys(100) + "k50 = 1\n", false},
		{"a key twice within a line", "a = {b = 1, b = 2}\n", false},
		{"a table twice", "[a]\n[a]\n", false},
		{"a table that is a list", "[[a]]\n[a]\n", false},
		{"a list that is a value", "a = [{}]\n[[a]]\n", false},
		{"a list that is a table", "[a]\n[[a]]\n", false},
		{"a table inside a value", "a = {}\n[a.b]\n", false},
		{"a table inside a list of values", "a = [{}]\n[a.b]\n", false},
		{"a table inside one that is not there", "[a.b]\nc = 1\n", false},
		{"a dotted key", "a.b = 1\n", false},
		{"a quoted key", "\"a\" = 1\n", false},
		{"a key with other letters", "é = 1\n", false},
		{"spaces in a head", "[ a ]\n", false},
		{"a table of several lines", "a = {\nb = 1}\n", false},
		{"a mark at the beginning", "\ufeffa = 1\n", false},
		{"a bell", "a = \"\a\"\n", false},
		{"a bell in a remark", "# \a\n", false},
		{"half a newline", "a = 1\rb = 2\n", false},
		{"half a newline at the end", "a = 1\r", false},
		{"a wrong escape", "a = \"\\q\"\n", false},
		{"a wrong number", "a = 01\n", false},
		{"a number that is too large", "a = 99999999999999999999\n", false},
		{"a word", "a = yes\n", false},
		{"more than can be asked about one by one", "a = [" + strings.Repeat("1.5,", maxAsked+1) + "]\n", false},
	} {
		plain, err := plainness([]byte(test.file))
		if plain != test.plain || err != nil {
			t.Errorf("%s: plain is %v, %v", test.name, plain, err)
		}
	}
}

func keys(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "k%d = %d\n", i, i)
	}
	return b.String()
}

// TestPlainBooks: what is built in needs no other reader.
func TestPlainBooks(t *testing.T) {
	library := Open(Builtin())
	heads, _ := library.List(t.Context())
	for _, h := range heads {
		source, _, err := library.Load(h.ID)
		if err != nil {
			t.Fatal(err)
		}
		if plain, err := plainness(source.Text); !plain || err != nil {
			t.Errorf("%s: plain is %v, %v", h.ID, plain, err)
		}
		// The other way round: as the parser alone has it.
		alone := append([]byte("\ufeff"), source.Text...)
		if book := Reread(h.Path, alone); !reflect.DeepEqual(book, source.Runbook) {
			t.Errorf("%s is another runbook when the parser reads it", h.ID)
		}
	}
}

// TestReadOnce: a long runbook is not read by two readers.
func TestReadOnce(t *testing.T) {
	var text bytes.Buffer
	text.WriteString("title = \"Long\"\nreviewed = 2026-11-01\n[[phase]]\ntitle = \"P\"\n")
	for i := range 2000 {
		fmt.Fprintf(&text, "[[phase.step]]\nid = \"s-%d\"\ntitle = \"Look\"\ntext = \"\"\"\nCheck.\n\"\"\"\nchecklist = [\"A\", \"B\"]\n", i)
	}
	s := scanTOML(text.Bytes(), false)
	if !s.plain {
		t.Fatal("a plain file is left to the parser")
	}
	root, problems := readTOML("long.toml", text.Bytes())
	if problems != nil || len(root.key("phase").item(0).key("step").items()) != 2000 {
		t.Errorf("%v", problems)
	}
	day, _ := root.key("reviewed").value.(time.Time)
	if name, _ := day.Zone(); name != "date-local" {
		t.Errorf("the day is %v", root.key("reviewed").value)
	}
}

// FuzzPlain: what the scanner has values of, the parser takes, and has the same.
func FuzzPlain(f *testing.F) {
	for _, seed := range []string{
		"a = 1", "[a.b]\nc.d = [1, {x = '''\n'''}]", "[[a]]\n[[a.b]]\n[a.b.c]\n", "a = \"\"\"\\\n x\"\"\"\"\"",
		"\"\\u0061\" = 1979-05-27T07:32:00Z # x", "a = [\n#]\n]", "a = inf\nb = nan", "a = {b = 1, c = [{}, {}]}\n[d]\nx = 'y'\n",
		"[[d]]\n[d.e]\n[[d.e.f]]\n[[d.e.f]]\na = \"\"\"\r\n\"\"\"\r\n", "a={b=1,}", "a = [,]", "a = [1,,2]", "a=\"x\"b=1", string(starter),
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if _, err := plainness(data); err != nil {
			t.Fatal(err)
		}
	})
}
