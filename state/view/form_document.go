package view

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"muster/runbooks"
	"muster/state"
	"muster/state/clean"
)

// WriteDocument writes the form in the JSON that is published for it. What is not known is
// left out: such documents have no word for it. Texts are cleaned, since others will draw
// them.
func (f *Form) WriteDocument() ([]byte, error) {
	root := map[string]any{}
	for _, fixed := range []bool{false, true} { // what always stands there makes no table of its own
		for i := range f.Fields {
			one := &f.Fields[i]
			if one.Def.Path == "" || one.Value == nil && !one.Def.Remarks || (one.From == "fixed") != fixed {
				continue
			}
			put(root, pathOf(one.Def.Path), f.jsonOf(one), fixed)
		}
	}
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(root); err != nil {
		return nil, fmt.Errorf("the form cannot be written as JSON: %w", err)
	}
	return clean.JSON(out.Bytes()), nil
}

// jsonOf is a field's value as JSON has it.
func (f *Form) jsonOf(one *FormField) any {
	value := ""
	if one.Value != nil {
		value = *one.Value
	}
	switch one.Type {
	case runbooks.AskBool:
		return value == "yes"
	case runbooks.AskNumber:
		return json.Number(value)
	case runbooks.AskChoice:
		if one.Def.Many {
			return state.Titles(value)
		}
		return value
	}
	return clean.Text(f.marked(one, value))
}

// marked says in what people read that it is an exercise, and in the remarks from which
// log a document is: it has no other place for either.
func (f *Form) marked(one *FormField, value string) string {
	if one.Def.Remarks {
		value = strings.TrimSpace(value + "\n" + f.Sharing() + ". " + f.Foot())
	}
	if f.Exercise && (one.Def.Prose || one.Def.Remarks) {
		return "EXERCISE EXERCISE EXERCISE: " + value
	}
	return value
}

// A pathStep is one name of a path, and which element of the list that it has.
type pathStep struct {
	name  string
	list  bool
	each  bool   // an element for each value
	key   string // the element in which this
	value string // is this
}

// pathOf reads a path, which the reading of forms has checked.
func pathOf(path string) []pathStep {
	var steps []pathStep
	for part := range strings.SplitSeq(path, ".") {
		name, index, list := strings.Cut(strings.TrimSuffix(part, "]"), "[")
		step := pathStep{name: name, list: list, each: list && index == ""}
		if key, value, ok := strings.Cut(index, "="); ok {
			step.key, step.value = key, value
		}
		steps = append(steps, step)
	}
	return steps
}

// put puts a value where a path leads. What is only fixed goes where there is a table
// already, or at the top.
func put(at map[string]any, path []pathStep, value any, onlyThere bool) {
	step, rest := path[0], path[1:]
	if len(rest) == 0 {
		at[step.name] = value
		return
	}
	if !step.list {
		table, there := at[step.name].(map[string]any)
		if !there {
			if onlyThere {
				return
			}
			table = map[string]any{}
			at[step.name] = table
		}
		put(table, rest, value, onlyThere)
		return
	}
	items, _ := at[step.name].([]map[string]any)
	switch {
	case step.each:
		values, many := value.([]string)
		if !many {
			values = []string{fmt.Sprint(value)}
		}
		for _, one := range values {
			item := map[string]any{}
			put(item, rest, one, false)
			items = append(items, item)
		}
	case step.key != "":
		at := slices.IndexFunc(items, func(item map[string]any) bool { return item[step.key] == step.value })
		if at < 0 {
			return // it does not apply
		}
		put(items[at], rest, value, onlyThere)
	case len(items) == 0 && onlyThere:
		return
	default:
		if len(items) == 0 {
			items = append(items, map[string]any{})
		}
		put(items[0], rest, value, onlyThere)
	}
	at[step.name] = items
}
