package proof

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// holdsList fails unless SECURITY.md has the paragraph of a beginning with a list.
func holdsList(t *testing.T, begins string, list []string) {
	t.Helper()
	path := filepath.Join("..", "..", "SECURITY.md")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want := wrapped(begins + " " + strings.Join(list, "; ") + ".")
	if strings.Contains(string(text), want) {
		return
	}
	_, key, _ := strings.Cut(begins, " ")
	if !*updateVerifiers {
		t.Errorf("SECURITY.md does not say, as -update-verifiers makes it:\n%s", want)
		return
	}
	paragraphs := strings.Split(string(text), "\n\n")
	for i, p := range paragraphs {
		if strings.HasSuffix(p, key) || strings.Contains(strings.Join(strings.Fields(p), " "), key+" ") {
			paragraphs[i] = strings.TrimSuffix(want, "\n")
		}
	}
	if err := os.WriteFile(path, []byte(strings.Join(paragraphs, "\n\n")), 0o644); err != nil {
		t.Fatal(err)
	}
}

// wrapped is text in lines of at most 100 characters.
func wrapped(text string) string {
	var out strings.Builder
	width := 0
	for word := range strings.FieldsSeq(text) {
		switch n := len([]rune(word)); {
		case width == 0:
			width = n
		case width+1+n > 100:
			out.WriteByte('\n')
			width = n
		default:
			out.WriteByte(' ')
			width += 1 + n
		}
		out.WriteString(word)
	}
	return out.String() + "\n"
}
