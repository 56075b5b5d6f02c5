package runbooks

import (
	"bytes"
	_ "embed"
	"strings"
)

//go:embed new.toml
var starter []byte

// New writes a runbook to start from, with a comment for every part. It has no
// problems. An id that is not one is made into one.
func New(id, title string) []byte {
	if !validID(id) {
		id = slug(id, "runbook")
	}
	title = strings.Map(plainRune, title)
	if runes := []rune(title); len(runes) > maxTitle {
		title = string(runes[:maxTitle])
	}
	if title = strings.TrimSpace(title); title == "" {
		title = id
	}
	text := bytes.ReplaceAll(starter, []byte("«id»"), []byte(id))
	return bytes.ReplaceAll(text, []byte("«title»"), []byte(basicString(title)))
}

// plainRune leaves out what a title should not have.
func plainRune(r rune) rune {
	if r < ' ' || r >= 0x7f && r < 0xa0 {
		return -1
	}
	return r
}

// basicString writes a text without control characters as a TOML string.
func basicString(text string) string {
	text = strings.ToValidUTF8(text, "�")
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(text) + `"`
}
