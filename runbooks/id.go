package runbooks

import (
	"path"
	"strconv"
	"strings"
)

const maxID = 64 // bytes

// validID reports whether an id is written as the package comment says.
func validID(id string) bool {
	if id == "" || len(id) > maxID || id[0] == '-' {
		return false
	}
	for i := range len(id) {
		c := id[i]
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' {
			return false
		}
	}
	return true
}

// fileID is the id of a runbook that does not say its own: the file's name.
func fileID(name string) string {
	base := path.Base(strings.ReplaceAll(name, `\`, "/"))
	return slug(strings.TrimSuffix(base, ".toml"), "runbook")
}

// plainLetters writes letters of the Latin languages without their marks.
var plainLetters = strings.NewReplacer(
	"ä", "a", "á", "a", "à", "a", "â", "a", "å", "a", "ã", "a", "æ", "ae",
	"é", "e", "è", "e", "ê", "e", "ë", "e", "í", "i", "ì", "i", "î", "i", "ï", "i",
	"ö", "o", "ó", "o", "ò", "o", "ô", "o", "õ", "o", "ø", "o", "ü", "u", "ú", "u", "ù", "u", "û", "u",
	"ç", "c", "ñ", "n", "ß", "ss", "'", "", "’", "",
)

// slug makes an id from a title. What a template would put in is left out; a
// title without a single usable letter gives otherwise.
func slug(title, otherwise string) string {
	for {
		before, rest, found := strings.Cut(title, "{{")
		_, after, closed := strings.Cut(rest, "}}")
		if !found || !closed {
			break
		}
		title = before + " " + after
	}
	var b strings.Builder
	for _, c := range plainLetters.Replace(strings.ToLower(title)) {
		switch {
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9':
			b.WriteRune(c)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
		if b.Len() >= maxID-8 { // room for a number
			break
		}
	}
	if id := strings.Trim(b.String(), "-"); id != "" {
		return id
	}
	return otherwise
}

// A namer gives ids to what has none, without giving one twice.
type namer struct {
	taken map[string]bool
	next  map[string]int // the number to try next, by slug
}

func (n *namer) take(id string) { n.taken[id] = true }

// name makes an id from a title: slug, slug-2, slug-3 …
func (n *namer) name(title, otherwise string) string {
	base := slug(title, otherwise)
	id := base
	for n.taken[id] {
		n.next[base] = max(n.next[base], 1) + 1
		id = base + "-" + strconv.Itoa(n.next[base])
	}
	n.take(id)
	return id
}

func newNamer() *namer { return &namer{map[string]bool{}, map[string]int{}} }

// NewID makes an id from a title that is not taken: slug, slug-2, slug-3 … A title
// without a usable letter gives otherwise.
func NewID(title, otherwise string, taken func(id string) bool) string {
	base := slug(title, otherwise)
	id := base
	for n := 2; taken(id); n++ {
		id = base + "-" + strconv.Itoa(n)
	}
	return id
}
