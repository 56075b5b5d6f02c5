package runbooks

import (
	"bytes"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf16"
	"unicode/utf8"
)

// This file finds the mistakes in what should be TOML: all of them, not the first alone.
// The parser stops at one; so its line is taken out, and the rest is read again.

// maxSyntax bounds how many mistakes in TOML are named, since each costs another reading.
const maxSyntax = 20

// tooMuch is the hint for a file that is beyond the bounds.
const tooMuch = "make it simpler"

// syntaxOf names every mistake in TOML that a file has, beginning with those that first
// found. into is what the file should fill.
func syntaxOf(name string, data []byte, first Problems, into reflect.Type) Problems {
	if !utf8.Valid(data) || bytes.IndexByte(data, 0) >= 0 {
		return first // every line of it would be wrong
	}
	lines := bytes.Split(data, []byte("\n"))
	all := singleBrackets(name, lines, into)
	problems := first
	if len(all) > 0 { // what they led to is no mistake of its own
		_, problems = readTOML(name, bytes.Join(lines, []byte("\n")))
	}
	for run := 0; problems.HasErrors() && len(all) < maxSyntax; {
		p := problems[0]
		if run++; len(all) == 0 || p.Line != all[len(all)-1].Line+1 {
			run = 0
		}
		// Beyond a bound, a line that cannot be mended, or the inside of a text that is not closed.
		named := slices.ContainsFunc(all, func(q Problem) bool { return q.Line == p.Line })
		if p.Line == 0 || p.Hint == tooMuch || run > 2 || named {
			break
		}
		all = append(all, p)
		lines[p.Line-1] = mendedHead(lines[p.Line-1])
		_, problems = readTOML(name, bytes.Join(lines, []byte("\n")))
	}
	if len(all) == 0 {
		return first
	}
	return all.sorted()
}

// lineOf is a line without its newline; the last one where there is none of that number.
func lineOf(data []byte, line int) []byte {
	for range line - 1 {
		_, rest, found := bytes.Cut(data, []byte("\n"))
		if !found {
			break
		}
		data = rest
	}
	data, _, _ = bytes.Cut(data, []byte("\n"))
	return data
}

// headLine is the head of a table, well written or nearly so. It is made when a file is
// wrong, since every start of the program would pay for it.
var headLine = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^[ \t]*(\[{1,2})[ \t]*([A-Za-z0-9_.-]+)[ \t]*\]*[ \t]*(?:#.*)?\r?$`)
})

// mendedHead is the head of a table that a line was meant to be; nothing if it was not.
func mendedHead(line []byte) []byte {
	m := headLine().FindSubmatch(line)
	if m == nil {
		return nil
	}
	return slices.Concat(m[1], m[2], bytes.Repeat([]byte("]"), len(m[1])))
}

// singleBrackets names the heads of tables with [one] pair of brackets where there is a
// list of them, and mends them in the lines.
func singleBrackets(name string, lines [][]byte, into reflect.Type) Problems {
	var problems Problems
	for i, line := range lines {
		m := headLine().FindSubmatch(line)
		if m == nil || len(m[1]) != 1 || !isList(into, strings.Split(string(m[2]), ".")) {
			continue
		}
		key := string(m[2])
		problems = append(problems, Problem{
			File: name, Line: i + 1, Column: 1 + bytes.IndexByte(line, '['), Level: Error,
			What: "[" + key + "] is one table, and there may be several", Hint: "write [[" + key + "]]",
		})
		lines[i] = []byte("[[" + key + "]]")
		if len(problems) == maxSyntax {
			break
		}
	}
	return problems
}

// isList reports whether keys lead to a list of tables.
func isList(t reflect.Type, keys []string) bool {
	for i, key := range keys {
		for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
			t = t.Elem()
		}
		if t.Kind() != reflect.Struct {
			return false
		}
		at := slices.IndexFunc(reflect.VisibleFields(t), func(f reflect.StructField) bool { return f.Tag.Get("toml") == key })
		if at < 0 {
			return false
		}
		t = reflect.VisibleFields(t)[at].Type
		if i == len(keys)-1 {
			return t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Struct
		}
	}
	return false
}

// slips are the mistakes in TOML that people make most, by the line that they stand on,
// the likeliest first. The hints quote nothing of it: it may have a secret.
var slips = []struct{ line, hint string }{
	{`[“”„]`, `write "plain" quotation marks for “typographic” ones`},
	{`^\s*(?://|--|;)`, "a remark begins with #"},
	{`^\s*\[{1,2}[\w.-]+\]?\s*$`, "close the head of a table: [name], or [[name]] in a list"},
	{`^\s*[\w-]+\s*(?::=|=>|:)`, "a key is followed by = and its value"},
	{`^\s*[\w-]+\s*=\s*(?i:yes|on|true)\s*(?:#.*)?$`, "write true"},
	{`^\s*[\w-]+\s*=\s*(?i:no|off|false|none|null|nil)\s*(?:#.*)?$`, "write false, or take the line out"},
	{`^\s*[\w-]+\s*=\s*\d{1,2}[./]\d{1,2}[./]\d{4}\s*(?:#.*)?$`, "write a day as year-month-day: 2026-11-24"},
	{`^\s*[\w-]+\s*=\s*(?:#.*)?$`, "give it a value, or take the line out"},
	{`^\s*[\w-]+\s*=\s*\[[^\]]*$`, `close the list with ], and put a comma between its values`},
	{`^\s*[\w-]+\s*=\s*"[^"]*\\[^"]*"`, `write it between 'single quotes', where \ stands for itself`},
	{`^\s*[\w-]+\s*=\s*"[^"]*$`, `close the text with ", or put a text of several lines between """ and """`},
	{`^\s*[\w-]+\s*=\s*"[^"]*"[^"]+"`, `write a " inside a text as \"`},
	{`^\s*[\w-]+\s*=\s*[^"'\[{\s#]`, `text stands between "quotes"`},
}

// syntaxHint says how to mend what the parser says of a line.
func syntaxHint(what string, line []byte) string {
	switch {
	case strings.Contains(what, "already been defined"):
		return "a key may stand once in its table; a second table of a list needs [[double brackets]]"
	case strings.Contains(what, "already created"):
		return "the head of a list stands above the tables inside it: [[phase]] before [[phase.step]]"
	}
	line = bytes.TrimRight(line, "\r")
	if len(line) > maxLine {
		return ""
	}
	for _, slip := range slips {
		if found, err := regexp.Match(slip.line, line); found && err == nil {
			return slip.hint
		}
	}
	return ""
}

// notUTF8 says what a file probably is, if it is no UTF-8, and how to save it.
func notUTF8(name string, data []byte) Problems {
	const save = `in Notepad: File, Save as, Encoding "UTF-8"`
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")), looksUTF16(data):
		return fileProblem(name, 1, "the file is UTF-16, as Windows calls Unicode", "save it as UTF-8; "+save)
	}
	return fileProblem(name, badLine(data), "not UTF-8, perhaps Windows-1252 or Latin-1", "save the file as UTF-8; "+save)
}

// looksUTF16 reports whether plain letters stand in pairs with a zero, as they do in
// UTF-16 that does not begin with its mark.
func looksUTF16(data []byte) bool {
	const sample = 64
	head := data[:min(len(data), sample)&^1]
	if len(head) < 4 {
		return false
	}
	for _, low := range []int{0, 1} {
		units := make([]uint16, 0, len(head)/2)
		for i := 0; i < len(head); i += 2 {
			units = append(units, uint16(head[i+low])|uint16(head[i+1-low])<<8)
		}
		if !slices.ContainsFunc(utf16.Decode(units), func(r rune) bool { return r < '\t' || r > '~' }) {
			return true
		}
	}
	return false
}
