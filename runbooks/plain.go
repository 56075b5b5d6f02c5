package runbooks

import (
	"bytes"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// This file has the values of a file that is written as nearly all are: the scanner has
// been everywhere already, and the parser takes many times as long. Of a value that is
// written otherwise the parser is asked, and of a file that is, it is asked of all of it,
// so that there is one answer.

// maxAsked is of how many values of a file the parser is asked one by one.
const maxAsked = 1000

// values has the scanner take the values of a file as it goes.
func (s *scanner) values(data []byte) {
	s.odd = s.headOnly || bytes.HasPrefix(data, []byte("\xef\xbb\xbf")) || hasControls(data)
	if !s.odd {
		s.all = string(data)
	}
}

// hasControls reports whether there are signs that may not stand in TOML, or that end no
// line and look as if they did.
func hasControls(data []byte) bool {
	for i, c := range data {
		if (c < ' ' || c == 0x7f) && c != '\n' && c != '\t' && (c != '\r' || i+1 == len(data) || data[i+1] != '\n') {
			return true
		}
	}
	return false
}

func isBare(key string) bool {
	for _, c := range []byte(key) {
		if (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '_' && c != '-' {
			return false
		}
	}
	return key != ""
}

// take takes the value of a node that is no table and no list.
func (s *scanner) take(n *node) {
	raw := strings.TrimRight(s.all[n.from:n.to], " \t\r")
	if value, ok := plainValue(raw, n.str); ok {
		n.value = value
		return
	}
	if s.asked++; s.asked <= maxAsked {
		if values, problems := parseTOML("", []byte("v = "+raw)); problems == nil && len(values) == 1 {
			n.value = values["v"]
			return
		}
	}
	s.odd = true
}

// plainValue is the value of a text without escapes, a whole number, true or false.
func plainValue(raw string, str bool) (any, bool) {
	switch {
	case str:
		return plainText(raw)
	case raw == "true", raw == "false":
		return raw == "true", true
	}
	digits := strings.TrimPrefix(raw, "-")
	if digits == "" || len(digits) > 18 || digits[0] == '0' && digits != "0" || strings.Trim(digits, "0123456789") != "" {
		return nil, false
	}
	n, err := strconv.ParseInt(raw, 10, 64)
	return n, err == nil
}

func plainText(raw string) (any, bool) {
	mark := raw[:1]
	if strings.HasPrefix(raw, mark+mark+mark) {
		mark = raw[:3]
	}
	if len(raw) < 2*len(mark) {
		return nil, false
	}
	text := raw[len(mark) : len(raw)-len(mark)]
	if len(mark) == 3 {
		text = strings.TrimPrefix(text, "\n")
		if strings.HasSuffix(text, mark[:1]) || strings.Contains(text, "\r") {
			return nil, false
		}
	}
	return text, mark[0] == '\'' || !strings.Contains(text, `\`)
}

// fill gives a node, and all inside it, the parser's value.
func (n *node) fill(value any) {
	switch v := value.(type) {
	case map[string]any:
		n.form = table
		for key, value := range v {
			member := n.key(key)
			if member == nil {
				member = &node{line: n.line}
				n.put(key, member)
			}
			member.fill(value)
		}
	case []any:
		fillItems(n, v)
	case []map[string]any:
		fillItems(n, v)
	default:
		n.form, n.value = single, v
	}
}

func fillItems[T any](n *node, values []T) {
	n.form = list
	for i, value := range values {
		if i == len(n.items()) {
			n.add(&node{line: n.line})
		}
		n.item(i).fill(value)
	}
}

// names are the keys of a table, sorted.
func (n *node) names() []string {
	all := make(map[string]bool, len(n.members()))
	for _, m := range n.members() {
		all[m.name] = true
	}
	return slices.Sorted(maps.Keys(all))
}

// A place is where a table stands: in which one, under which key, and there as which of
// a list. It is put into words when there is something to say of it.
type place struct {
	up     *node
	key    string
	number int // from 0; or alone, or nameless
}

const (
	alone    = -1 // it is in no list
	nameless = -2 // its keys are anybody's, and do not name it
)

// where says which table it is, with those around it; "" for the file itself.
func (n *node) where() string {
	if n == nil || n.inside == nil || n.inside.in.up == nil {
		return ""
	}
	name := n.name()
	if around := n.inside.in.up.where(); around != "" {
		return around + ", " + name
	}
	return name
}

// name says which table it is: by its id, its title, or its number in a list.
func (n *node) name() string {
	in := n.inside.in
	key := in.key
	if in.number == nameless {
		return key
	}
	if !validID(strings.ReplaceAll(key, "_", "-")) { // the key of a map may be anything
		key = quote(key)
	}
	for _, k := range []string{"id", "title"} {
		if m := n.key(k); m != nil {
			if text, ok := m.value.(string); ok && text != "" {
				return key + " " + quote(text)
			}
		}
	}
	if in.number == alone {
		return key
	}
	return key + " " + strconv.Itoa(in.number+1)
}
