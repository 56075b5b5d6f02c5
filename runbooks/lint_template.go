package runbooks

import (
	"errors"
	"fmt"
	"reflect"
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
	t, err := compile(text)
	if err != nil {
		l.templateError(at, key, err)
		return
	}
	names := &namesOf{template: t, known: l}
	names.list(t.root, true)
	for _, r := range names.wrong {
		l.templateError(at, key, r)
	}
	if len(names.wrong) > 0 {
		return
	}
	tooEarly(l, at, key, names.answers)
	// What is left is wrong in a way that shows only when it runs: an index of
	// what is no list, a number where a text belongs.
	w := &work{left: min(maxWork, l.work)}
	l.work -= w.left
	for _, v := range []Values{sampleValues(), {}} {
		if _, err := t.execute(v, w); err != nil {
			l.templateError(at, key, err)
			break
		}
	}
	l.work += w.left
}

// tooEarly warns of answers in a step's text that only a later step asks for.
func tooEarly(l *linter, at Place, key string, names []string) {
	for _, id := range names {
		if a := l.answer[id]; l.inStep && a.order > l.order {
			l.warn(at, key, fmt.Sprintf("%s names %s, which only the later step %s asks for", quote(key), quote(id), quote(a.step.ID)), "move that step before this one, or make it an [[input]]")
		}
	}
}

// sampleValues has something in every field.
func sampleValues() Values {
	titles := []string{"Website", "E-mail"}
	return Values{
		Org:      "Example",
		Incident: IncidentValues{"2026-11-24-amber-heron", "Example", "SEV1", "live", "2026-11-24 02:41 UTC", "detected 2026-11-24 02:41 UTC"},
		Service:  ServiceValues{"website", "Website", "Isolate it.", "Deploy it.", "Web team", "affected"},
		Services: ServiceLists{titles, titles, titles, titles, titles, titles, titles, titles, titles},
	}
}

// templateError reports what is wrong with a template on the line it is on.
func (l *linter) templateError(at Place, key string, err error) {
	line, what, hint := 0, err.Error(), ""
	if r, ok := errors.AsType[*refusal](err); ok {
		line, hint = r.line, r.hint
	}
	if hint == "" {
		what, hint = explain(what)
	}
	p := at.Problem(key, fmt.Sprintf("template in %s: %s", quote(key), what), hint)
	p.Line = at.textLine(key, line)
	l.add(p)
}

// explain puts what the parser says in plainer words, with a hint.
func explain(what string) (plainer, hint string) {
	if _, name, ok := strings.Cut(what, "function "); ok && strings.HasSuffix(name, " not defined") {
		name = strings.Trim(strings.TrimSuffix(name, " not defined"), `"`)
		return what, didYouMean(name, functionNames(), "functions are "+listWords(functionNames()))
	}
	switch {
	case strings.Contains(what, "bad character U+002D"):
		return what, `an id with a dash is written {{ index .Answers "ticket-number" }}`
	case strings.HasPrefix(what, "unclosed action"):
		return "unclosed {{", "close it with }}"
	}
	return what, ""
}

// namesOf walks a template and checks what it names.
type namesOf struct {
	template *template
	known    *linter
	wrong    []error
	answers  []string // that it names
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
		case *parse.TemplateNode:
			w.refuse(n, errTemplate.Error(), "")
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
	} else {
		w.answers = append(w.answers, id)
	}
	if _, ok := in.lines[id]; !ok {
		w.refuse(n, w.known.noSuch(in, id), w.known.noSuchHint(in, id))
	}
}

func (w *namesOf) refuse(n parse.Node, what, hint string) {
	w.wrong = append(w.wrong, &refusal{w.template.line(n.Position()), errors.New(what), hint})
}

func fieldNames(t reflect.Type) []string {
	names := make([]string, t.NumField())
	for i := range names {
		names[i] = t.Field(i).Name
	}
	return names
}
