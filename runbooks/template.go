package runbooks

import (
	"errors"
	"fmt"
	"strings"
	"text/template"
)

// Values are what a template can say. Its fields are named in templates as they
// are here: {{ .Org }}, {{ .Incident.Title }}, {{ list .Services.Down }}.
type Values struct {
	Org      string
	Incident IncidentValues
	Service  ServiceValues // the step's service; zero if it has none
	Services ServiceLists
	Answers  map[string]string // by decision step, ask or input
	Roles    map[string]string // who holds the role, by its id
}

// IncidentValues is the incident, as templates see it.
type IncidentValues struct{ ID, Title, Severity, Mode, Opened string }

// ServiceValues is one service, as templates see it.
type ServiceValues struct{ ID, Title, Shutdown, Restore, Owner, State string }

// ServiceLists holds the titles of services by their state.
type ServiceLists struct{ All, Down, Affected, Unaffected, Restored, Verified []string }

// The bounds of a template.
const (
	MaxRendered = 64 << 10 // bytes of a template, and of what it makes
	maxWork     = 1 << 18  // nodes of loops run through, and bytes made by functions
)

var (
	errTooLong  = errors.New("the text becomes longer than 64 KiB")
	errTooMuch  = errors.New("the template does too much")
	errTemplate = errors.New("a template cannot define or call templates")
)

// Render fills in a template. A text without "{{" is returned as it is.
//
// The language is text/template's, without define, block and template, with the
// functions and, or, not, eq, ne, lt, le, gt, ge, len and index, and
//
//	list .Services.Down              a, b and c; "none" if empty
//	join ", " .Services.Down         with what you like between
//	upper, lower                     in capitals, in small letters
//	default "nobody" .Roles.legal    something else for what is not known
//	date .Answers.aware              24 November 2026, of a time in RFC 3339
//	time .Answers.aware              02:41 UTC
//
// What is not known stands in the result as «org», so that nobody sends it
// unseen. An answer whose id has a dash is {{ index .Answers "ticket-number" }}.
// A template cannot run for long or make much: see [MaxRendered].
func Render(text string, v Values) (string, error) {
	if !strings.Contains(text, "{{") {
		return text, nil
	}
	w := &work{left: maxWork}
	t, err := compile(text, w)
	if err != nil {
		return "", err
	}
	return execute(t, v)
}

// compile parses a template and puts in what bounds it and what makes the
// unknown visible.
func compile(text string, w *work) (*template.Template, error) {
	if len(text) > MaxRendered {
		return nil, errTooLong
	}
	t, err := template.New("").Option("missingkey=zero").Funcs(w.functions()).Parse(text)
	if err != nil {
		return nil, err
	}
	if len(t.Templates()) > 1 {
		return nil, errTemplate
	}
	if t.Tree == nil || t.Root == nil {
		return nil, errTemplate
	}
	g := &guard{tree: t.Tree}
	g.list(t.Root)
	return t, g.err
}

func execute(t *template.Template, v Values) (string, error) {
	var out limited
	if err := t.Execute(&out, v); err != nil {
		return "", err
	}
	return out.b.String(), nil
}

// limited is a buffer that refuses more than MaxRendered bytes.
type limited struct{ b strings.Builder }

func (l *limited) Write(p []byte) (int, error) {
	if l.b.Len()+len(p) > MaxRendered {
		return 0, errTooLong
	}
	return l.b.Write(p)
}

// work counts down what one rendering may still do.
type work struct{ left int }

func (w *work) spend(n int) error {
	if w.left -= n; w.left < 0 {
		return errTooMuch
	}
	return nil
}

// made charges for a text that a function made.
func (w *work) made(text string) (string, error) {
	return text, w.spend(1 + len(text))
}

const (
	tickFunc = "tick" // called only by what guard puts in
	showFunc = "show"
)

// functions are all that templates have beyond the language's own.
func (w *work) functions() template.FuncMap {
	return template.FuncMap{
		"list":    func(items []string) (string, error) { return w.join(", ", " and ", "none", items) },
		"join":    func(between string, items []string) (string, error) { return w.join(between, between, "", items) },
		"upper":   func(s string) (string, error) { return w.made(strings.ToUpper(s)) },
		"lower":   func(s string) (string, error) { return w.made(strings.ToLower(s)) },
		"default": func(otherwise, s string) (string, error) { return w.made(orText(s, otherwise)) },
		"date":    func(s string) (string, error) { return w.made(dateText(s)) },
		"time":    func(s string) (string, error) { return w.made(timeText(s)) },
		tickFunc:  func(n int) (string, error) { return "", w.spend(n) },
		showFunc:  show,
	}
}

// join puts a separator between items, and another before the last. It spends
// before it makes: separators, too, can be long.
func (w *work) join(between, last, empty string, items []string) (string, error) {
	size := len(items) * max(len(between), len(last))
	for _, item := range items {
		size += len(item)
	}
	if err := w.spend(1 + size); err != nil {
		return "", err
	}
	switch n := len(items); n {
	case 0:
		return empty, nil
	case 1:
		return items[0], nil
	default:
		return strings.Join(items[:n-1], between) + last + items[n-1], nil
	}
}

// show makes what is not known visible.
func show(name string, v any) string {
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
	return "«" + name + "»"
}
