package runbooks

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"text/template/parse"
)

// The bounds of a template.
const (
	MaxRendered = 64 << 10 // bytes of a template, and of what it makes
	maxWork     = 1 << 18  // nodes evaluated, and bytes made
)

var (
	errTooLong  = errors.New("the text becomes longer than 64 KiB")
	errTooMuch  = errors.New("the template does too much")
	errTemplate = errors.New("a template cannot define or call templates")
)

// A template is a text that was parsed: by text/template's own parser, so that it
// reads as people know it. It runs in an [evaluator].
type template struct {
	text string
	root *parse.ListNode
}

func compile(text string) (*template, error) {
	if len(text) > MaxRendered {
		return nil, errTooLong
	}
	defined := map[string]*parse.Tree{}
	tree, err := parse.New("").Parse(text, "", "", defined, parserFunctions())
	if err != nil {
		return nil, syntaxRefusal(err)
	}
	t := &template{text, tree.Root}
	first := -1
	for _, other := range defined {
		if at := int(other.Root.Position()); other != tree && (first < 0 || at < first) {
			first = at
		}
	}
	if first >= 0 {
		return nil, &refusal{line: t.line(parse.Pos(first)), err: errTemplate}
	}
	return t, nil
}

// syntaxRefusal takes an error of the parser apart: "template: :3: what is wrong".
func syntaxRefusal(err error) *refusal {
	if rest, ok := strings.CutPrefix(err.Error(), "template: :"); ok {
		number, what, _ := strings.Cut(rest, ": ")
		if line, err := strconv.Atoi(number); err == nil {
			return &refusal{line: line - 1, err: errors.New(oneLine(what))}
		}
	}
	return &refusal{err: err}
}

// line returns the line of the template, 0 for the first, on which a node stands.
func (t *template) line(at parse.Pos) int {
	return strings.Count(t.text[:min(int(at), len(t.text))], "\n")
}

// A refusal is why a template is not rendered.
type refusal struct {
	line int // in the template, 0 for the first
	err  error
	hint string
}

func (r *refusal) Error() string { return r.err.Error() }
func (r *refusal) Unwrap() error { return r.err }

// work counts down what one rendering may still do.
type work struct{ left int }

func (w *work) spend(n int) error {
	if w.left -= n; w.left < 0 {
		return errTooMuch
	}
	return nil
}

// show writes what an action prints, and makes what is not known visible. It is
// given the action's name for that: see [shownName].
func show(v any, name func() string) string {
	switch v := v.(type) {
	case nil:
	case string:
		if v != "" {
			return v
		}
	case []string:
		if len(v) > 0 {
			return strings.Join(v, ", ")
		}
	default:
		return fmt.Sprint(v)
	}
	return "«" + name() + "»"
}

// shownName says what a pipe prints, by the last thing it names: org for both
// .Org and .Answers.org, service title for .Service.Title.
func shownName(p *parse.PipeNode) []string {
	name := []string{"unknown"}
	for _, c := range p.Cmds {
		for _, arg := range c.Args {
			if path := pathOf(arg); len(path) > 0 {
				name = path
			}
			if s, ok := arg.(*parse.StringNode); ok && isIndex(c) {
				name = append(name[:len(name):len(name)], s.Text)
			}
			if inner, ok := arg.(*parse.PipeNode); ok {
				name = shownName(inner)
			}
		}
	}
	if len(name) > 1 && (name[0] == "Answers" || name[0] == "Roles") {
		name = name[1:]
	}
	return name
}

// pathOf returns the fields that a node names, beginning at the template's values.
func pathOf(n parse.Node) []string {
	switch n := n.(type) {
	case *parse.FieldNode:
		return n.Ident
	case *parse.VariableNode:
		if n.Ident[0] == "$" {
			return n.Ident[1:]
		}
	}
	return nil
}

func isIndex(c *parse.CommandNode) bool {
	id, ok := c.Args[0].(*parse.IdentifierNode)
	return ok && id.Ident == "index"
}
