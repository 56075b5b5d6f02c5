package guard

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"
)

// Dropped is the path that text stands for as terminals and file managers paste the name
// of a file: in quotes, with backslashes before blanks, as a file:// address, with ~ for
// the home folder. It is "" if text is nothing of the kind.
func Dropped(text string) string {
	plain := strings.TrimSpace(text)
	switch {
	case len(plain) > 1 && (plain[0] == '\'' || plain[0] == '"') && plain[len(plain)-1] == plain[0]:
		plain = unquoted(plain[1:len(plain)-1], plain[0])
	case strings.HasPrefix(plain, "file://"):
		return fromURL(plain)
	default:
		plain = unescaped(plain)
	}
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

// unquoted is what stood in quotes. A quote within single quotes is written '\” .
func unquoted(text string, quote byte) string {
	if quote == '\'' {
		return strings.ReplaceAll(text, `'\''`, `'`)
	}
	return unescaped(text)
}

// unescaped takes the backslash from before each character that has one.
func unescaped(text string) string {
	var out strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] == '\\' && i+1 < len(text) {
			i++
		}
		out.WriteByte(text[i])
	}
	return out.String()
}

// fromURL is the path of a file:// address on this machine; "" if it is on another.
func fromURL(text string) string {
	address, err := url.Parse(text)
	if err != nil || address.Host != "" && address.Host != "localhost" {
		return ""
	}
	return filepath.FromSlash(address.Path)
}
