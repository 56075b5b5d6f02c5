package main

import (
	"fmt"
	"reflect"
	"strings"
	"time"
	"unicode"
)

// snake is a value of package runbooks as JSON shows it: a struct's fields become
// keys in snake_case, which are the keys of the TOML file; a day is written as one,
// a span as in the file; what is not said is left out.
func snake(v reflect.Value) any {
	if text, ok := asText(v); ok {
		return text
	}
	switch v.Kind() {
	case reflect.Pointer:
		return snake(v.Elem())
	case reflect.Slice:
		list := make([]any, v.Len())
		for i := range list {
			list[i] = snake(v.Index(i))
		}
		return list
	case reflect.Struct:
		fields := map[string]any{}
		addFields(fields, v)
		return fields
	}
	return v.Interface()
}

// asText is how a day or a span is written; false for anything else.
func asText(v reflect.Value) (string, bool) {
	switch v := v.Interface().(type) {
	case time.Time:
		return v.Format(time.DateOnly), true
	case fmt.Stringer:
		return v.String(), true
	}
	return "", false
}

// addFields adds a struct's fields; those of a struct in it without a name of its
// own stand beside the others.
func addFields(to map[string]any, v reflect.Value) {
	for i := range v.NumField() {
		field := v.Type().Field(i)
		switch {
		case !field.IsExported():
		case field.Anonymous:
			addFields(to, v.Field(i))
		case !v.Field(i).IsZero() || field.Type.Kind() == reflect.Bool:
			to[snakeCase(field.Name)] = snake(v.Field(i))
		}
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
