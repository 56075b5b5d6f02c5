package runbooks

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"unicode/utf8"

	"github.com/BurntSushi/toml"
)

// DecodeStrict reads a TOML file into a struct, and reports every key that the
// struct does not have, every value of the wrong type and everything that is not
// TOML. The struct is left as far filled as the file allows.
//
// into points to a struct. Its exported fields with a tag `toml:"key"` are the
// keys; fields without a tag are left alone, but for one of type [Place], which
// is told where the table stands. A field is a string, int, float64, bool, time.Time
// (a day: a TOML date or "YYYY-MM-DD"), [Span], a struct, a pointer to one of
// these (nil: the key is not there), a slice of one of these, or a map from
// string to one of these.
//
// name is the file's name, for the problems.
func DecodeStrict(name string, data []byte, into any) Problems {
	root, problems := readTOML(name, data)
	if problems.HasErrors() {
		return syntaxOf(name, data, problems, reflect.TypeOf(into).Elem())
	}
	d := &decoder{file: name, shapes: map[reflect.Type]*shape{}}
	d.table(reflect.ValueOf(into).Elem(), Place{file: name, node: root, out: &d.problems})
	return d.problems.sorted()
}

// readTOML parses a file that is within the bounds.
func readTOML(name string, data []byte) (*node, Problems) {
	if len(data) > MaxFile {
		return nil, fileProblem(name, 0, "the file is larger than 4 MiB", "put long texts elsewhere and name them in references")
	}
	if !utf8.Valid(data) || bytes.IndexByte(data, 0) >= 0 && looksUTF16(data) {
		return nil, notUTF8(name, data)
	}
	s := scanTOML(data, false)
	if s.problem != "" {
		return nil, fileProblem(name, s.line, s.problem, tooMuch)
	}
	if s.plain {
		return s.root, nil
	}
	// Where the scan lost its way the parser will, too; give it the place and no
	// more, since nothing after it was checked.
	const context = 64
	short := min(len(data), s.end+context)
	values, problems := parseTOML(name, data[:short])
	if problems == nil && s.lost {
		problems = fileProblem(name, s.line, "not TOML", "see https://toml.io/")
	}
	for i := range problems {
		// Of a newline too early the parser says the line after it.
		if p := &problems[i]; p.Line > s.line {
			p.Line, p.Column = s.line, 0
		}
		problems[i].Hint = cmp.Or(syntaxHint(problems[i].What, lineOf(data, problems[i].Line)), problems[i].Hint)
	}
	s.root.fill(values)
	return s.root, problems
}

// badLine returns the line of the first byte that is not UTF-8.
func badLine(data []byte) int {
	valid := 0
	for valid < len(data) {
		r, size := utf8.DecodeRune(data[valid:])
		if r == utf8.RuneError && size == 1 {
			break
		}
		valid += size
	}
	return 1 + bytes.Count(data[:valid], []byte("\n"))
}

// parseTOML calls the parser, which reports its own mistakes by a panic.
func parseTOML(name string, data []byte) (values map[string]any, problems Problems) {
	defer func() {
		if r := recover(); r != nil {
			problems = fileProblem(name, 0, fmt.Sprintf("the TOML parser gave up: %v", r), "look for unusual escapes and characters")
		}
	}()
	err := toml.Unmarshal(data, &values)
	if err == nil {
		return values, nil
	}
	var parse toml.ParseError
	if !errors.As(err, &parse) {
		return nil, fileProblem(name, 0, err.Error(), "")
	}
	what := strings.TrimSuffix(oneLine(parse.Message), ".")
	if parse.LastKey != "" {
		what = "after " + quote(parse.LastKey) + ": " + what
	}
	problems = fileProblem(name, parse.Position.Line, what, "")
	problems[0].Column = parse.Position.Col
	return nil, problems
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// A Place is where a table stands in a file. [DecodeStrict] fills in a struct's
// field of this type, so that what is found out later can be reported there too.
type Place struct {
	file string
	node *node
	out  *Problems
}

// Line returns the line of a key of the table, or of the table if it does not
// have the key.
func (p Place) Line(key string) int {
	if n := p.node.key(key); n != nil {
		return n.lineOf()
	}
	return p.node.lineOf()
}

// Has reports whether the table has the key, with whatever value.
func (p Place) Has(key string) bool { return p.node.key(key) != nil }

// Where says which table it is, as Problem.Where does.
func (p Place) Where() string { return p.node.where() }

// Problem makes an error about a key of the table. key may be "".
func (p Place) Problem(key, what, hint string) Problem {
	return Problem{File: p.file, Line: p.Line(key), Level: Error, Where: p.Where(), What: what, Hint: hint}
}

// textLine returns the line of line i (0 the first) of a key's text.
func (p Place) textLine(key string, i int) int {
	n := p.node.key(key)
	if n == nil || n.text == 0 {
		return p.Line(key)
	}
	return int(n.text) + i
}

// itemLine returns the line of value i of a key's array.
func (p Place) itemLine(key string, i int) int {
	if n := p.node.key(key).item(i); n != nil {
		return n.lineOf()
	}
	return p.Line(key)
}

// within goes to a table inside this one, by its key and its number in a list; see [place].
func (p Place) within(n *node, key string, number int) Place {
	n.open().in = place{p.node, key, number}
	return Place{p.file, n, p.out}
}
