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
