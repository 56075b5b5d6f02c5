package proof

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestSecurityNamesTests: each promise in SECURITY.md names tests, and they exist.
func TestSecurityNamesTests(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "SECURITY.md"))
	if err != nil {
		t.Fatal(err)
	}
	promises := 0
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(line, "|")
		if !strings.HasPrefix(line, "|") || len(cells) != 4 || strings.HasPrefix(cells[1], "-") || strings.TrimSpace(cells[1]) == "promise" {
			continue
		}
		promises++
		named := 0
		for group := range strings.SplitSeq(cells[2], ";") {
			folder := regexp.MustCompile("`(.+?)`").FindStringSubmatch(group)
			for _, test := range regexp.MustCompile(`Test\w+`).FindAllString(group, -1) {
				named++
				if folder == nil || !hasTest(t, folder[1], test) {
					t.Errorf("there is no %s as said in %q", test, strings.TrimSpace(group))
				}
			}
		}
		if named == 0 {
			t.Errorf("no test holds %q", cells[1])
		}
	}
	if promises < 15 {
		t.Errorf("only %d promises were found", promises)
	}
}

func hasTest(t *testing.T, folder, test string) bool {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("..", "..", filepath.FromSlash(folder), "*_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(source), "func "+test+"(t *testing.T") {
			return true
		}
	}
	return false
}
