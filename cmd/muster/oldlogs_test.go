package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var updateLogs = flag.Bool("update-logs", false, "write anew what is said of the logs in testdata/logs; never their heads")

// oldHeads are the heads of the logs in testdata/logs, as the programs that wrote them
// said. They stand here, where no flag rewrites them: a log that was written once has
// the same head for ever.
var oldHeads = map[string]string{
	"version1": "6c93b55a49083132590be6b587d6df33e85fe7e6c75c0d9edc3b48282bed802a",
	"mixed":    "abc0192607353ce09833154f8dacaad7a5d70d26eb2f65ea4a2016ac3e26d331",
	"version2": "636bdee786d8dc30b43b4158451770e63a9122ca9385fb771e05fa141af0871c",
	"redacted": "636bdee786d8dc30b43b4158451770e63a9122ca9385fb771e05fa141af0871c",
	"live":     "7b883773c2b1f532e4fafa601f7d63c72e1fdfaae415afeb376413dc1cb56efb",
	"drill":    "8a781eaf1383935ad992e319c7653d33593edb94d892c3a4e974d58ea490f3de",
}

// TestOldLogs: logs that earlier builds wrote, in both versions of the format and one
// that was begun in the first and went on in the second, are read to the head that
// they had, and say what they said.
func TestOldLogs(t *testing.T) {
	for name, head := range oldHeads {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlay(t)
			path, err := filepath.Abs(filepath.Join("testdata", "logs", name))
			if err != nil {
				t.Fatal(err)
			}
			if said := p.run("head", path+".jsonl"); !strings.Contains(said, head) {
				t.Errorf("the head is %s, want %s", said, head)
			}
			said := p.run("verify", path+".jsonl", "--head", head)
			if !strings.Contains(said, head) {
				t.Errorf("verify says %s", said)
			}
			golden(t, path+".log", p.run("log", path+".jsonl"))
			golden(t, path+".md", p.run("export", path+".jsonl", "--format", "md"))
		})
	}
}

// golden compares what was said with the file that has what was said before.
func golden(t *testing.T, path, said string) {
	t.Helper()
	if *updateLogs {
		if err := os.WriteFile(path, []byte(said), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if said == string(want) {
		return
	}
	was, is := strings.Split(string(want), "\n"), strings.Split(said, "\n")
	for i := range max(len(was), len(is)) {
		if lineOf(was, i) != lineOf(is, i) {
			t.Errorf("%s:%d says\n  %s\nand what is said now is\n  %s", filepath.Base(path), i+1, lineOf(was, i), lineOf(is, i))
			return
		}
	}
}

func lineOf(lines []string, i int) string {
	if i >= len(lines) {
		return fmt.Sprintf("(nothing: it ends after %d lines)", len(lines))
	}
	return lines[i]
}
