package runbooks

import (
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"text/template/parse"
)

// template checks a text that is filled in: its length, its syntax, the functions
// and fields it names, and the answers and roles.
func (l *linter) template(at Place, key, text string) {
	if key != "title" {
		l.text(at, key, text)
	}
	if !strings.Contains(text, "{{") || len(text) > maxText {
		return
	}
	w := &work{left: min(maxWork, l.work)}
	t, err := compile(text, w)
	if err != nil {
		l.templateError(at, key, err)
		return
	}
	names := &namesOf{tree: t.Tree, known: l}
	names.list(t.Root, true)
	for _, r := range names.wrong {
		l.templateError(at, key, r)
	}
	if len(names.wrong) > 0 {
		return
	}
	// What is left is wrong in a way that shows only when it runs: an index of
	// what is no list, a number where a text belongs.
	before := w.left
	for _, v := range []Values{sampleValues(), {}} {
		if _, err := execute(t, v); err != nil {
			l.templateError(at, key, err)
			break
		}
	}
	l.work -= before - w.left
}

// sampleValues has something in every field.
func sampleValues() Values {
	titles := []string{"Website", "E-mail"}
	return Values{
		Org:      "Example",
		Incident: IncidentValues{"2026-11-24-amber-heron", "Example", "SEV1", "live", "2026-11-24 02:41 UTC"},
		Service:  ServiceValues{"website", "Website", "Isolate it.", "Deploy it.", "Web team", "affected"},
		Services: ServiceLists{titles, titles, titles, titles, titles, titles},
	}
}

// templateError reports what is wrong with a template on the line it is on.
func (l *linter) templateError(at Place, key string, err error) {
	line, what, hint := 0, "", ""
	var r *refusal
	if errors.As(err, &r) {
		line, what, hint = r.line, r.what, r.hint
	} else {
		line, what, hint = readTemplateError(err)
	}
	p := at.Problem(key, fmt.Sprintf("template in %s: %s", quote(key), what), hint)
	p.Line = at.textLine(key, line)
	l.add(p)
}

// What is known of text/template's errors: how they begin, and what they say of a
// field that is not there.
var (
	templateErrors = regexp.MustCompile(`^template: :(\d+)(?::\d+)?: (?:executing "" at <.*?>: )?(?:error calling \w+: )?`)
	noField        = regexp.MustCompile(`^can't evaluate field (\w+) in type runbooks\.\w+$`)
)

// readTemplateError takes an error of text/template apart.
func readTemplateError(err error) (line int, what, hint string) {
	what = err.Error()
	if m := templateErrors.FindStringSubmatch(what); m != nil {
		n, _ := strconv.Atoi(m[1])
		line, what = max(n-1, 0), what[len(m[0]):]
	}
	what = oneLine(what)
	if _, name, ok := strings.Cut(what, "function "); ok && strings.HasSuffix(name, " not defined") {
		name = strings.Trim(strings.TrimSuffix(name, " not defined"), `"`)
		return line, what, didYouMean(name, allowedFunctions(), "functions are "+listWords(allowedFunctions()))
	}
	if m := noField.FindStringSubmatch(what); m != nil {
		return line, "no field ." + m[1] + " here", ""
	}
	switch {
	case strings.Contains(what, "bad character U+002D"):
		hint = `an id with a dash is written {{ index .Answers "ticket-number" }}`
	case strings.HasPrefix(what, "unclosed action"):
		what, hint = "unclosed {{", "close it with }}"
	case strings.Contains(what, "expected []string"):
		hint = "list and join take a list, such as .Services.Down"
	}
	return line, what, hint
}

// namesOf walks a template and checks what it names.
type namesOf struct {
	tree  *parse.Tree
	known *linter
	wrong []error
}

// list walks nodes. atRoot says whether dot is the template's values.
func (w *namesOf) list(list *parse.ListNode, atRoot bool) {
	if list == nil {
		return
	}
	for _, n := range list.Nodes {
		switch n := n.(type) {
		case *parse.ActionNode:
			w.pipe(n.Pipe, atRoot)
		case *parse.IfNode:
			w.branch(&n.BranchNode, atRoot, atRoot)
		case *parse.WithNode:
			w.branch(&n.BranchNode, atRoot, false)
		case *parse.RangeNode:
			w.branch(&n.BranchNode, atRoot, false)
		}
	}
}

func (w *namesOf) branch(b *parse.BranchNode, atRoot, inside bool) {
	w.pipe(b.Pipe, atRoot)
	w.list(b.List, inside)
	w.list(b.ElseList, atRoot)
}

func (w *namesOf) pipe(p *parse.PipeNode, atRoot bool) {
	for _, c := range p.Cmds {
		for i, arg := range c.Args {
			if inner, ok := arg.(*parse.PipeNode); ok {
				w.pipe(inner, atRoot)
				continue
			}
			path := pathOf(arg)
			if _, dot := arg.(*parse.FieldNode); len(path) == 0 || dot && !atRoot {
				continue
			}
			if i == 1 && len(c.Args) == 3 && isIndex(c) {
				if s, ok := c.Args[2].(*parse.StringNode); ok {
					path = append(path[:len(path):len(path)], s.Text)
				}
			}
			w.path(arg, path)
		}
	}
}

// path checks one chain of fields, as .Answers.org.
func (w *namesOf) path(n parse.Node, path []string) {
	t := reflect.TypeFor[Values]()
	for i, name := range path {
		switch t.Kind() {
		case reflect.Struct:
			field, ok := t.FieldByName(name)
			if !ok {
				w.refuse(n, fmt.Sprintf("no field .%s", strings.Join(path[:i+1], ".")), didYouMean(name, fieldNames(t), thereAre(fieldNames(t))))
				return
			}
			t = field.Type
		case reflect.Map:
			w.answerOrRole(n, path[0], name)
			t = t.Elem()
		default:
			w.refuse(n, fmt.Sprintf(".%s has no fields", strings.Join(path[:i], ".")), "")
			return
		}
	}
}

func (w *namesOf) answerOrRole(n parse.Node, field, id string) {
	in := w.known.answers
	if field == "Roles" {
		in = w.known.roles
	}
	if _, ok := in.lines[id]; !ok {
		w.refuse(n, w.known.noSuch(in, id), w.known.noSuchHint(in, id))
	}
}

func (w *namesOf) refuse(n parse.Node, what, hint string) {
	g := guard{tree: w.tree}
	w.wrong = append(w.wrong, &refusal{g.line(n), what, hint})
}

func fieldNames(t reflect.Type) []string {
	names := make([]string, t.NumField())
	for i := range names {
		names[i] = t.Field(i).Name
	}
	return names
}
