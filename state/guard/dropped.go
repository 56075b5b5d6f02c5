package guard

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
)

// Dropped is the path that text stands for as terminals and file managers paste the name
// of a file: in quotes of any shell, with backslashes before blanks, as a file:// address, with ~
// for the home folder. It is "" if text is nothing of the kind.
func Dropped(text string) string {
	plain := strings.TrimSpace(text)
	if strings.HasPrefix(plain, "file://") {
		return fromURL(plain)
	}
	plain = unquoted(plain)
	if rest, ok := strings.CutPrefix(plain, "~/"); ok {
		if home, err := os.UserHomeDir(); err == nil {
			plain = filepath.Join(home, rest)
		}
	}
	if plain == text {
		return ""
	}
	return plain
}

// unquoted is text without the quotes and backslashes that a shell would take away. In
// single quotes a backslash stands for itself, but before one of them where the text goes on:
// fish writes it so. Blanks outside of quotes stay: few terminals quote a name that has them.
func unquoted(text string) string {
	var out strings.Builder
	var quote byte // the one that is open; 0 for none
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case c == '\\' && i+1 < len(text) && (quote != '\'' || text[i+1] == '\'' && strings.Count(text[i+2:], "'")%2 == 1):
			i++
			out.WriteByte(text[i])
		case c == quote:
			quote = 0
		case quote == 0 && (c == '\'' || c == '"') && strings.IndexByte(text[i+1:], c) >= 0:
			quote = c
		default:
			out.WriteByte(c)
		}
	}
	return out.String()
}

// Several are the paths for which text stands, if it stands for more than one file, as when
// several are dropped at once; else there is none. Each must be there: anything else is one name, as
// is the name of a file.
func Several(text string) []string {
	if _, err := os.Stat(text); err == nil {
		return nil
	}
	for _, split := range []func(string) []string{strings.Fields, words, lines} {
		var paths []string
		for _, word := range split(text) {
			path := word
			if dropped := Dropped(word); dropped != "" {
				path = dropped
			}
			if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
				paths = nil
				break
			}
			paths = append(paths, path)
		}
		if len(paths) > 1 {
			return paths
		}
	}
	return nil
}

// severalError says that text stands for more than one file; nil if it does not.
func severalError(text string) error {
	paths := Several(text)
	if paths == nil {
		return nil
	}
	var names []string
	for _, path := range paths {
		names = append(names, filepath.Base(path))
	}
	return fmt.Errorf("these are %d files, %s: give one at a time", len(names), strings.Join(names, " and "))
}

func lines(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '\r' })
}

// words are the parts of text between blanks that stand in no quotes and after no backslash.
func words(text string) (all []string) {
	var quote byte // the one that is open; 0 for none
	from := 0
	for i := 0; i <= len(text); i++ {
		switch {
		case i == len(text) || quote == 0 && strings.IndexByte(" \t\r\n", text[i]) >= 0:
			if from < i {
				all = append(all, text[from:i])
			}
			from = i + 1
		case text[i] == '\\' && quote != '\'':
			i = min(i+1, len(text)-1)
		case text[i] == quote:
			quote = 0
		case quote == 0 && (text[i] == '\'' || text[i] == '"'):
			quote = text[i]
		}
	}
	return all
}

// fromURL is the path of a file:// address on this machine; "" if it is on another.
func fromURL(text string) string {
	address, err := url.Parse(text)
	if err != nil {
		return ""
	}
	if own, _ := os.Hostname(); address.Host != "" && address.Host != "localhost" && !strings.EqualFold(address.Host, own) {
		return ""
	}
	return filepath.FromSlash(address.Path)
}
