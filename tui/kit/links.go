package kit

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// mailAddress is what is taken for the address of a mail: no more than stands in one, so that it
// brings no subject, copy or text along.
var mailAddress = regexp.MustCompile(`^[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$`)

// telephone is what is taken for a telephone number.
var telephone = regexp.MustCompile(`^\+?[0-9][0-9 ()./-]{1,30}$`)

// WayTarget is what a terminal may be told to open for a way to reach somebody: a telephone
// number, a short message or a mail, made anew from its checked parts. "" for any other.
func WayTarget(way string) string {
	scheme, rest, _ := strings.Cut(way, ":")
	switch {
	case (scheme == "tel" || scheme == "sms") && telephone.MatchString(rest):
		digits := strings.Map(func(r rune) rune {
			if r == '+' || r >= '0' && r <= '9' {
				return r
			}
			return -1
		}, rest)
		return scheme + ":" + digits
	case scheme == "mailto" && len(rest) <= 254 && mailAddress.MatchString(rest):
		return scheme + ":" + rest
	}
	return ""
}

// Links are the texts of one drawing that lead to what the terminal would open.
type Links struct {
	Off bool // none do
	to  map[string]string
}

// Add has a text lead somewhere wherever it stands in what is drawn now. The target is
// muster's own or made by WayTarget; "" for nowhere. Nothing is measured otherwise by it.
func (l *Links) Add(text, target string) {
	if l.Off || target == "" || text == "" {
		return
	}
	if l.to == nil {
		l.to = map[string]string{}
	}
	l.to[text] = target
}

// put is what was drawn, with its links. They are of this drawing alone.
func (l *Links) put(content string) string {
	for _, text := range slices.Sorted(maps.Keys(l.to)) {
		content = linkIn(content, text, l.to[text])
	}
	clear(l.to)
	return content
}

// linkIn makes a link of each place where a text stands by itself.
func linkIn(content, text, target string) string {
	var b strings.Builder
	for {
		i := strings.Index(content, text)
		if i < 0 {
			break
		}
		end := i + len(text)
		if i > 0 && within(content[i-1]) || end < len(content) && within(content[end]) {
			b.WriteString(content[:i+1])
			content = content[i+1:]
			continue
		}
		b.WriteString(content[:i] + ansi.SetHyperlink(target) + text + ansi.ResetHyperlink())
		content = content[end:]
	}
	b.WriteString(content)
	return b.String()
}

// within reports whether a byte beside a text makes it part of a longer one. The end of a
// colour's sequence does not.
func within(b byte) bool {
	return b >= '0' && b <= '9' || b >= 'a' && b <= 'z' && b != 'm' || b >= 'A' && b <= 'Z' || b == '+' || b == '@' || b == '.' || b == '-' || b >= 0x80
}
