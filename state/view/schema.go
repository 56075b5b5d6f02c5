package view

import (
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"

	"muster/runbooks"
	"muster/state"
)

// An Output is what a command prints as JSON.
type Output struct {
	Command string       // "notice show"
	Type    reflect.Type // of what it prints; a slice is a list
	Lines   bool         // one such thing a line, any number of them
}

// Prints is an output of type T.
func Prints[T any](command string) Output {
	return Output{Command: command, Type: reflect.TypeFor[T]()}
}

// schemaID names the schema and its version.
const schemaID = "urn:muster:schema:"

// A Schema is JSON Schema 2020-12 of what commands print.
type Schema struct {
	Schema   string            `json:"$schema"`
	ID       string            `json:"$id"`
	Title    string            `json:"title"`
	About    string            `json:"description"`
	Ref      string            `json:"$ref,omitempty"`
	Commands map[string]*Shape `json:"commands,omitempty"`
	Defs     map[string]*Shape `json:"$defs"`
}

// A Shape is what JSON Schema says of a value. Of its words, only these are used.
type Shape struct {
	About      string            `json:"description,omitempty"`
	Ref        string            `json:"$ref,omitempty"`
	Type       any               `json:"type,omitempty"` // a word, or a list of them
	Format     string            `json:"format,omitempty"`
	Pattern    string            `json:"pattern,omitempty"`
	Minimum    *int              `json:"minimum,omitempty"`
	Enum       []string          `json:"enum,omitempty"`
	Items      *Shape            `json:"items,omitempty"`
	Properties map[string]*Shape `json:"properties,omitempty"`
	Required   []string          `json:"required,omitempty"`
	Values     *Shape            `json:"additionalProperties,omitempty"`
	Any        []*Shape          `json:"anyOf,omitempty"`
}

const schemaAbout = "What muster prints with --json. A key that is left out says that there is none; null, that it is not known: " +
	"what would tell is withheld from this copy of the log, or cannot be read. A list is always there. " +
	"A name or a text that is withheld reads (withheld). Times are in UTC; more keys may be added."

// NewSchema describes what the commands print. Of one that prints lines, it describes
// a line.
func NewSchema(outputs []Output) (*Schema, error) {
	s := &Schema{
		Schema: "https://json-schema.org/draft/2020-12/schema", ID: fmt.Sprint(schemaID, FormatVersion), Title: "muster", About: schemaAbout,
		Commands: make(map[string]*Shape), Defs: make(map[string]*Shape),
	}
	for _, o := range outputs {
		shape, err := s.shape(o.Type)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", o.Command, err)
		}
		if o.Lines {
			shape.About = "one a line"
		}
		if other := s.Commands[o.Command]; other != nil {
			shape = &Shape{Any: append(either(other), either(shape)...)}
		}
		s.Commands[o.Command] = shape
	}
	return s, nil
}

// either are the shapes of which a value has one.
func either(shape *Shape) []*Shape {
	if shape.Any != nil {
		return shape.Any
	}
	return []*Shape{shape}
}

// Of is the schema of one command's output, or of one type, with all that it needs.
// The error lists what there is.
func (s *Schema) Of(name string) (*Schema, error) {
	shape, ref := s.Commands[name], "#/commands/"+name
	if def := s.Defs[name]; def != nil {
		shape, ref = def, "#/$defs/"+name
	}
	if shape == nil {
		var names []state.Named
		for _, word := range slices.Sorted(maps.Keys(s.Commands)) {
			names = append(names, state.Named{ID: word})
		}
		return nil, state.NotThere(state.NounSchema, name, names)
	}
	one := *s
	one.ID, one.Ref, one.Commands, one.Defs = s.ID+":"+strings.ReplaceAll(name, " ", ":"), shape.Ref, nil, make(map[string]*Shape)
	if shape.Ref == "" && s.Defs[name] == nil { // a list: it is no type of its own
		one.Ref, one.Defs["output"] = "#/$defs/output", shape
	} else if shape.Ref == "" {
		one.Ref = ref
		one.Defs[name] = shape
	}
	s.need(shape, one.Defs)
	return &one, nil
}

// need adds all types that a shape speaks of.
func (s *Schema) need(shape *Shape, defs map[string]*Shape) {
	if shape == nil {
		return
	}
	if name, ok := strings.CutPrefix(shape.Ref, "#/$defs/"); ok && defs[name] == nil {
		defs[name] = s.Defs[name]
		s.need(s.Defs[name], defs)
	}
	s.need(shape.Items, defs)
	s.need(shape.Values, defs)
	for _, part := range shape.Any {
		s.need(part, defs)
	}
	for _, property := range shape.Properties {
		s.need(property, defs)
	}
}

// WriteTo writes the schema as JSON, laid out.
func (s *Schema) WriteTo(w io.Writer) (int64, error) {
	text, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return 0, err
	}
	n, err := w.Write(append(text, '\n'))
	return int64(n), err
}

// shape is the shape of a type; a struct's is put among the definitions.
func (s *Schema) shape(t reflect.Type) (*Shape, error) {
	if isFile(t) {
		return s.fileShape(t)
	}
	if known := special(t); known != nil {
		return known, nil
	}
	switch t.Kind() {
	case reflect.Pointer:
		return s.shape(t.Elem())
	case reflect.Slice:
		items, err := s.shape(t.Elem())
		return &Shape{Type: "array", Items: items}, err
	case reflect.Map:
		values, err := s.shape(t.Elem())
		return &Shape{Type: "object", Values: values}, err
	case reflect.Struct:
		if s.Defs[t.Name()] == nil {
			def := &Shape{About: typeDoc(t.Name()), Type: "object", Properties: make(map[string]*Shape)}
			s.Defs[t.Name()] = def // before its fields, which may speak of it
			if err := s.fields(def, t, true); err != nil {
				return nil, err
			}
		}
		return &Shape{Ref: "#/$defs/" + t.Name()}, nil
	}
	if word := simple(t.Kind()); word != "" {
		return &Shape{Type: word}, nil
	}
	return nil, fmt.Errorf("%s cannot be told in JSON", t)
}

// special is the shape of types that are written in a way of their own; nil for others.
func special(t reflect.Type) *Shape {
	switch t {
	case reflect.TypeFor[time.Time](), reflect.TypeFor[Moment]():
		return &Shape{Type: "string", Format: "date-time"}
	case reflect.TypeFor[Words]():
		return &Shape{Type: "string"}
	case reflect.TypeFor[state.Hash]():
		return &Shape{Type: "string", Pattern: "^[0-9a-f]{64}$"}
	case reflect.TypeFor[json.RawMessage]():
		return &Shape{}
	case reflect.TypeFor[state.Mode]():
		return &Shape{Type: "string", Enum: words(state.Live, state.Drill)}
	case reflect.TypeFor[state.ServiceState]():
		return &Shape{Type: "string", Enum: words(state.ServiceStates()...)}
	}
	switch t.Kind() {
	case reflect.Uint, reflect.Uint64:
		none := 0
		return &Shape{Type: "integer", Minimum: &none}
	}
	return nil
}

func words[T ~string](values ...T) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = string(v)
	}
	return out
}

func simple(kind reflect.Kind) string {
	switch kind {
	case reflect.String:
		return "string"
	case reflect.Bool:
		return "boolean"
	case reflect.Int, reflect.Int64:
		return "integer"
	case reflect.Float64:
		return "number"
	}
	return ""
}

// fields adds a struct's fields, those of structs in it without a key of their own
// among them. always: the struct itself is always there.
func (s *Schema) fields(def *Shape, t reflect.Type, always bool) error {
	for i := range t.NumField() {
		field := t.Field(i)
		key, option, _ := strings.Cut(field.Tag.Get("json"), ",")
		if key == "-" {
			continue
		}
		if key == "" && field.Anonymous {
			inner, there := field.Type, always
			if inner.Kind() == reflect.Pointer {
				inner, there = inner.Elem(), false
			}
			if err := s.fields(def, inner, there); err != nil {
				return err
			}
			continue
		}
		shape, err := s.field(&field, option)
		if err != nil {
			return fmt.Errorf("%s.%s: %w", t, field.Name, err)
		}
		if def.Properties[key] == nil || always { // an outer key goes before an inner one
			def.Properties[key] = shape
		}
		if option == "" && always {
			def.Required = append(def.Required, key)
		}
	}
	slices.Sort(def.Required)
	def.Required = slices.Compact(def.Required)
	return nil
}

var errNull = errors.New("its tag null should say when it is not known, if and only if it may be")

// field is the shape of a field, with what its tags say.
func (s *Schema) field(field *reflect.StructField, option string) (*Shape, error) {
	shape, err := s.shape(field.Type)
	if err != nil {
		return nil, err
	}
	when, about := field.Tag.Get("null"), field.Tag.Get("doc")
	may, must := mayBeNull(field.Type, option)
	switch {
	case must && when == "", !may && when != "":
		return nil, errNull
	case when != "":
		shape, about = orNull(shape), strings.TrimPrefix(about+"; null: "+when, "; ")
	}
	shape.About = about
	return shape, nil
}

// mayBeNull reports whether a field can be written as null, and whether its type is
// one that is there for that. A list may be, and mostly never is.
func mayBeNull(t reflect.Type, option string) (may, must bool) {
	always := option == ""
	switch {
	case t == reflect.TypeFor[*Text](), t == reflect.TypeFor[*Words](), t == reflect.TypeFor[*Moment]():
		return true, true
	case t == reflect.TypeFor[Text](), t == reflect.TypeFor[json.RawMessage](), t.Kind() == reflect.Pointer:
		return always, always
	case t.Kind() == reflect.Slice, t.Kind() == reflect.Map:
		return always, false
	}
	return false, false
}

// orNull is a shape that may also be null.
func orNull(shape *Shape) *Shape {
	switch word := shape.Type.(type) {
	case nil:
		if shape.Ref == "" {
			return shape // anything, null included
		}
		return &Shape{Any: []*Shape{shape, {Type: "null"}}}
	case string:
		shape.Type = []string{word, "null"}
	}
	return shape
}

//go:embed types.txt
var types string

// typeDoc says what a type is: the first words of its comment.
func typeDoc(name string) string {
	for line := range strings.Lines(types) {
		if word, text, _ := strings.Cut(strings.TrimSpace(line), ": "); word == name {
			return text
		}
	}
	return ""
}

// isFile reports whether a type is one that [OfFile] writes.
func isFile(t reflect.Type) bool {
	return t == reflect.TypeFor[runbooks.Runbook]() || t == reflect.TypeFor[runbooks.Scenario]()
}

// fileShape is the shape of what [OfFile] makes of a type. Its structs are definitions
// under names of their own: a service of a runbook is not that of an incident.
func (s *Schema) fileShape(t reflect.Type) (*Shape, error) {
	if t == reflect.TypeFor[time.Time]() {
		return &Shape{Type: "string", Format: "date"}, nil
	}
	if asText(t) {
		return &Shape{Type: "string"}, nil
	}
	switch t.Kind() {
	case reflect.Pointer:
		return s.fileShape(t.Elem())
	case reflect.Slice:
		items, err := s.fileShape(t.Elem())
		return &Shape{Type: "array", Items: items}, err
	case reflect.Map:
		values, err := s.fileShape(t.Elem())
		return &Shape{Type: "object", Values: values}, err
	case reflect.Struct:
		name := "File" + t.Name()
		if s.Defs[name] == nil {
			def := &Shape{About: "as the TOML file says it", Type: "object", Properties: make(map[string]*Shape)}
			s.Defs[name] = def
			if err := s.fileFields(def, t); err != nil {
				return nil, err
			}
		}
		return &Shape{Ref: "#/$defs/" + name}, nil
	}
	if word := simple(t.Kind()); word != "" {
		return &Shape{Type: word}, nil
	}
	return nil, fmt.Errorf("%s cannot be told in JSON", t)
}

func (s *Schema) fileFields(def *Shape, t reflect.Type) error {
	for i := range t.NumField() {
		field := t.Field(i)
		if !field.IsExported() {
			continue
		}
		if field.Anonymous {
			if err := s.fileFields(def, field.Type); err != nil {
				return err
			}
			continue
		}
		shape, err := s.fileShape(field.Type)
		if err != nil {
			return fmt.Errorf("%s.%s: %w", t, field.Name, err)
		}
		def.Properties[snakeCase(field.Name)] = shape
		if always(field.Type) {
			def.Required = append(def.Required, snakeCase(field.Name))
		}
	}
	return nil
}
