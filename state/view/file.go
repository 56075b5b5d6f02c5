package view

import (
	"fmt"
	"maps"
	"reflect"
	"strings"
	"time"
	"unicode"

	"muster/runbooks"
)

// OfFile is a runbook or a scenario as JSON shows it: a struct's fields become keys in
// snake_case, which are the keys of the TOML file; a day, a span and an exercise time are
// written as in the file; what is not said is left out. [Schema] says the same of its type.
func OfFile(file any) any { return ofFile(reflect.ValueOf(file)) }

func ofFile(v reflect.Value) any {
	if asText(v.Type()) {
		return textOf(v)
	}
	switch v.Kind() {
	case reflect.Pointer:
		return ofFile(v.Elem())
	case reflect.Slice:
		list := make([]any, v.Len())
		for i := range list {
			list[i] = ofFile(v.Index(i))
		}
		return list
	case reflect.Map:
		fields := make(map[string]any, v.Len())
		for _, key := range v.MapKeys() {
			fields[key.String()] = ofFile(v.MapIndex(key))
		}
		return fields
	case reflect.Struct:
		fields := map[string]any{}
		for i := range v.NumField() {
			field := v.Type().Field(i)
			switch {
			case !field.IsExported():
			case field.Anonymous: // its fields stand beside the others
				maps.Copy(fields, ofFile(v.Field(i)).(map[string]any))
			case isSaid(v, i):
				fields[snakeCase(field.Name)] = ofFile(v.Field(i))
			}
		}
		return fields
	}
	return v.Interface()
}

// isSaid reports whether the file says a field of v: yes and no always, an inject's time
// also where it is the start.
func isSaid(v reflect.Value, field int) bool {
	if always(v.Type().Field(field).Type) || !v.Field(field).IsZero() {
		return true
	}
	timed := v.FieldByName("Timed")
	return v.Type().Field(field).Type == reflect.TypeFor[time.Duration]() && timed.IsValid() && timed.Bool()
}

// always reports whether a field of this type is always there.
func always(t reflect.Type) bool { return t.Kind() == reflect.Bool }

// asText reports whether values of a type are written in words.
func asText(t reflect.Type) bool {
	return t == reflect.TypeFor[time.Time]() || t.Implements(reflect.TypeFor[fmt.Stringer]())
}

func textOf(v reflect.Value) string {
	switch v := v.Interface().(type) {
	case time.Time:
		return v.Format(time.DateOnly)
	case time.Duration:
		return runbooks.ExerciseTime(v)
	default:
		return fmt.Sprint(v)
	}
}

// snakeCase writes DependsOn as depends_on and TLP as tlp.
func snakeCase(name string) string {
	var b strings.Builder
	letters := []rune(name)
	for i, r := range letters {
		if unicode.IsUpper(r) && i > 0 && unicode.IsLower(letters[i-1]) {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
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
