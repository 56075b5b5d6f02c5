package runbooks

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"text/template/parse"
	"time"
)

// A function is one that templates can call. The language has more, which can be
// made to need memory or time without end (printf "%999999d").
type function struct {
	name  string
	takes string // the kinds of its arguments: text, list or any
	more  bool   // it takes any number of arguments after those
	call  func(w *work, args []any) (any, error)
}

// emptyText is what stands for a list with nothing in it: that there is none only where
// that is known.
func emptyText(list []string) string {
	if list == nil {
		return "not yet known"
	}
	return "none"
}

// functions are all that templates have, as hints list them. The evaluator itself
// sees to and and or, which do not evaluate all that they are given.
var functions = []function{
	{"list", "list", false, func(w *work, a []any) (any, error) {
		return w.join(", ", " and ", emptyText(a[0].([]string)), a[0].([]string))
	}},
	{"join", "text list", false, func(w *work, a []any) (any, error) { return w.join(a[0].(string), a[0].(string), "", a[1].([]string)) }},
	{"upper", "text", false, func(w *work, a []any) (any, error) { return w.made(strings.ToUpper(a[0].(string))) }},
	{"lower", "text", false, func(w *work, a []any) (any, error) { return w.made(strings.ToLower(a[0].(string))) }},
	{"default", "text text", false, func(w *work, a []any) (any, error) { return w.made(orText(a[1].(string), a[0].(string))) }},
	{"date", "text", false, func(w *work, a []any) (any, error) { return w.made(dateText(a[0].(string))) }},
	{"time", "text", false, func(w *work, a []any) (any, error) { return w.made(timeText(a[0].(string))) }},
	{"and", "any", true, nil},
	{"or", "any", true, nil},
	{"not", "any", false, func(_ *work, a []any) (any, error) { return !truth(a[0]), nil }},
	{"eq", "any any", true, func(_ *work, a []any) (any, error) { return equalsOne(a[0], a[1:]) }},
	{"ne", "any any", false, func(_ *work, a []any) (any, error) { return not(equal(a[0], a[1])) }},
	{"lt", "any any", false, func(_ *work, a []any) (any, error) { return ordered(a[0], a[1], -1, -1) }},
	{"le", "any any", false, func(_ *work, a []any) (any, error) { return ordered(a[0], a[1], -1, 0) }},
	{"gt", "any any", false, func(_ *work, a []any) (any, error) { return ordered(a[0], a[1], 1, 1) }},
	{"ge", "any any", false, func(_ *work, a []any) (any, error) { return ordered(a[0], a[1], 0, 1) }},
	{"len", "any", false, func(_ *work, a []any) (any, error) { return length(a[0]) }},
	{"index", "any", true, func(_ *work, a []any) (any, error) { return index(a[0], a[1:]) }},
}

// functionNames are the names that a template may call.
func functionNames() []string {
	names := make([]string, len(functions))
	for i := range functions {
		names[i] = functions[i].name
	}
	return names
}

// parserFunctions tells the same to the parser, which looks at the names only.
var parserFunctions = sync.OnceValue(func() map[string]any {
	known := make(map[string]any, len(functions))
	for _, name := range functionNames() {
		known[name] = true
	}
	return known
})

// call evaluates a function. What is piped comes after the other arguments.
func (e *evaluator) call(dot any, id *parse.IdentifierNode, nodes []parse.Node, piped []any) (any, error) {
	if err := e.spend(id, 1); err != nil {
		return nil, err
	}
	f := &functions[slices.IndexFunc(functions, func(f function) bool { return f.name == id.Ident })]
	args := make([]any, 0, len(nodes)+len(piped))
	for _, n := range nodes {
		v, err := e.arg(dot, n)
		if err != nil {
			return nil, err
		}
		if f.call == nil && truth(v) == (f.name == "or") {
			return v, nil
		}
		args = append(args, v)
	}
	args = append(args, piped...)
	if err := f.check(args); err != nil {
		return nil, e.refuse(id, err)
	}
	if f.call == nil {
		return args[len(args)-1], nil
	}
	v, err := f.call(e.work, args)
	if err != nil {
		return nil, e.refuse(id, err)
	}
	return v, nil
}

// check compares arguments with what the function takes. Nothing, where a list is
// taken, is an empty one.
func (f *function) check(args []any) error {
	if least := 1 + strings.Count(f.takes, " "); len(args) < least || len(args) > least && !f.more {
		return fmt.Errorf("%s takes %s, not %d", f.name, f.number(least), len(args))
	}
	i := 0
	for kind := range strings.FieldsSeq(f.takes) {
		if kind == "list" && args[i] == nil {
			args[i] = []string(nil)
		}
		got := kindOf(args[i])
		switch {
		case kind == "list" && got != aList:
			return fmt.Errorf("%s takes a list, such as .Services.Down, not %s", f.name, got)
		case kind == "text" && got != aText:
			return fmt.Errorf("%s takes a text, not %s", f.name, got)
		}
		i++
	}
	return nil
}

// number says how many values the function takes.
func (f *function) number(least int) string {
	switch {
	case f.more:
		return fmt.Sprintf("%d or more values", least)
	case least == 1:
		return "1 value"
	}
	return fmt.Sprintf("%d values", least)
}

// made charges for a text that a function made.
func (w *work) made(text string) (string, error) {
	return text, w.spend(1 + len(text))
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

const (
	aText = "a text"
	aList = "a list"
)

// kindOf names the kind of a value.
func kindOf(v any) string {
	switch v.(type) {
	case nil:
		return "nil"
	case string:
		return aText
	case int:
		return "a number"
	case bool:
		return "true or false"
	case []string:
		return aList
	case map[string]string:
		return "a map"
	}
	return "a group of fields"
}

// truth says whether a value counts as true: what is not empty, 0, false or nil.
func truth(v any) bool {
	switch v := v.(type) {
	case nil:
		return false
	case string:
		return v != ""
	case int:
		return v != 0
	case bool:
		return v
	case []string:
		return len(v) > 0
	case map[string]string:
		return len(v) > 0
	}
	return true
}

func equalsOne(v any, others []any) (bool, error) {
	for _, other := range others {
		if same, err := equal(v, other); same || err != nil {
			return same, err
		}
	}
	return false, nil
}

// equal compares values of one kind, and any value with nil. Lists and maps are
// equal only if both are nil, and cannot be compared if neither is.
func equal(a, b any) (bool, error) {
	if a == nil || b == nil {
		return isNil(a) && isNil(b), nil
	}
	if kindOf(a) == kindOf(b) {
		switch b.(type) {
		case string, int, bool, IncidentValues, ServiceValues:
			return a == b, nil
		case []string, map[string]string:
			if isNil(a) || isNil(b) {
				return isNil(a) && isNil(b), nil
			}
		}
	}
	return false, incomparable(a, b)
}

func isNil(v any) bool {
	switch v := v.(type) {
	case []string:
		return v == nil
	case map[string]string:
		return v == nil
	}
	return v == nil
}

func incomparable(a, b any) error {
	return fmt.Errorf("%s and %s cannot be compared", kindOf(a), kindOf(b))
}

func not(b bool, err error) (bool, error) { return !b, err }

// ordered compares two numbers or two texts, and says whether the result, -1, 0 or
// 1, is within bounds.
func ordered(a, b any, least, most int) (bool, error) {
	var result int
	textA, isText := a.(string)
	textB, areTexts := b.(string)
	numberA, isNumber := a.(int)
	numberB, areNumbers := b.(int)
	switch {
	case isText && areTexts:
		result = cmp.Compare(textA, textB)
	case isNumber && areNumbers:
		result = cmp.Compare(numberA, numberB)
	default:
		return false, incomparable(a, b)
	}
	return least <= result && result <= most, nil
}

func length(v any) (int, error) {
	switch v := v.(type) {
	case string:
		return len(v), nil
	case []string:
		return len(v), nil
	case map[string]string:
		return len(v), nil
	}
	return 0, fmt.Errorf("%s has no length", kindOf(v))
}

// index looks up keys, each in what the one before has found.
func index(v any, keys []any) (any, error) {
	if v == nil {
		return nil, errors.New("nil has no index")
	}
	for _, key := range keys {
		var err error
		if v, err = item(v, key); err != nil {
			return nil, err
		}
	}
	return v, nil
}

// item returns what a map has, or "", an item of a list, or a byte of a text.
func item(v, key any) (any, error) {
	switch of := v.(type) {
	case map[string]string:
		if name, ok := key.(string); ok {
			return of[name], nil
		}
	case []string:
		if i, ok := key.(int); ok && 0 <= i && i < len(of) {
			return of[i], nil
		}
	case string:
		if i, ok := key.(int); ok && 0 <= i && i < len(of) {
			return int(of[i]), nil
		}
	}
	if i, ok := key.(int); ok {
		return nil, fmt.Errorf("%s has no index %d", kindOf(v), i)
	}
	return nil, fmt.Errorf("%s has no index that is %s", kindOf(v), kindOf(key))
}

// dateText writes the day of a time in RFC 3339; any other text stays as it is.
func dateText(text string) string {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return text
	}
	return t.Format("2 January 2006")
}

// TimeText is what the template function time writes of a time in RFC 3339.
func TimeText(text string) string { return timeText(text) }

// timeText writes the time of day, and its zone, of a time in RFC 3339.
func timeText(text string) string {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return text
	}
	if _, offset := t.Zone(); offset == 0 {
		return t.Format("15:04 UTC")
	}
	return t.Format("15:04 -07:00")
}
