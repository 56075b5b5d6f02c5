package filelog

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"muster/state"
	"muster/state/statetest"
)

// TestForeign: what is no log is said to be none, and nothing that may be a damaged one is.
func TestForeign(t *testing.T) {
	opening := statetest.Opening(id)
	log := string(withNewline(opening.Bytes)) + string(withNewline(statetest.Note(statetest.Head(opening), "x").Bytes))
	wide := func(text string, first, second int) string {
		var out []byte
		for _, c := range utf16.Encode([]rune(text)) {
			out = append(out, byte(c>>first), byte(c>>second))
		}
		return string(out)
	}
	for looks, files := range map[string][]string{
		"":                          {log, log[:len(log)/3], log[:40], "\x00\x00" + log, "\ufeff" + log, "x" + log, strings.Repeat("\x00", 512) + log[512:], "half a line\n" + log, strings.Repeat("x", 3<<20) + "\n" + log},
		"the file is empty":         {""},
		"it is UTF-16 text":         {"\xff\xfe" + wide(log, 0, 8), "\xfe\xff" + wide(log, 8, 0), wide(log, 0, 8), wide(log, 8, 0)},
		"a PNG picture":             {"\x89PNG\r\n\x1a\n\x00\x00"},
		"a ZIP archive":             {"PK\x03\x04\x14\x00"},
		"a gzip archive":            {"\x1f\x8b\x08\x00"},
		"JSON of another kind":      {`{"a":1}`, "{\n  \"a\": 1\n}\n", "[1]\n", "{\"a\":1}\n{\"a\":2}\n", "\ufeff{}", `{"e":{"version":2}}`},
		"HTML or XML":               {"<!doctype html>\n", "\n <a/>"},
		"TOML, as a runbook is":     {"title = \"x\"\n", "# A comment.\n\n[[step]]\n", "schema=1"},
		"plain text":                {"root:x:0:0:root:/root:/bin/bash\n", "Grüße\n", "\n", strings.Repeat("ü", 4096), "x" + strings.Repeat("ü", 4096), "xx" + strings.Repeat("宽", 4096), strings.Repeat("😀", 4096) + "x", "x" + strings.Repeat("😀", 4096), "a b = c\n"},
		"binary data":               {"\x00", "\xff\x00\xff", "text\x00", strings.Repeat("\xff", 9000)},
		"a key, a certificate or a": {"-----BEGIN SSH SIGNATURE-----\n"},
	} {
		for _, text := range files {
			err := foreign(strings.NewReader(text), int64(len(text)))
			var not *NotLogError
			if is := errors.As(err, &not); is != (looks != "") || is && !strings.Contains(not.Looks, looks) {
				t.Errorf("%.30q: %v; it should be %q", text, err, looks)
			}
		}
	}
}

// TestNotALog: a file that somebody named is told apart from a log by all who read it.
func TestNotALog(t *testing.T) {
	path := filepath.Join(t.TempDir(), "passwd")
	if err := os.WriteFile(path, []byte("root:x:0:0\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	file := File(path)
	_, opened := file.Open(t.Context(), "passwd", true)
	_, verified := file.Verify(t.Context(), nil)
	for how, err := range map[string]error{"Foreign": file.Foreign(), "Open": opened, "Verify": verified} {
		if !errors.As(err, new(*NotLogError)) {
			t.Errorf("%s: %v", how, err)
		}
	}
	if err := File(path + "x").Foreign(); err == nil || errors.As(err, new(*NotLogError)) {
		t.Errorf("a file that is not there: %v", err)
	}
	if In(filepath.Dir(path)) != "" {
		t.Error("a folder without a log has one")
	}
}

// TestVerifyIncident: an incident's log is held against what was noted of it elsewhere.
func TestVerifyIncident(t *testing.T) {
	store := Open(t.TempDir())
	opening := statetest.Opening(id)
	log, err := store.Create(t.Context(), id, opening)
	if err != nil {
		t.Fatal(err)
	}
	note := statetest.Note(statetest.Head(opening), "x")
	if err := log.Append(t.Context(), note); err != nil {
		t.Fatal(err)
	}
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}
	seen := 0
	report, err := store.Verify(t.Context(), id, func(state.Entry) { seen++ })
	if err != nil || seen != 2 || report != (Report{Path: statetest.LogPath(store.dir, id), Head: statetest.Head(note)}) {
		t.Errorf("%+v, %v, %d entries", report, err, seen)
	}
	if err := os.Truncate(report.Path, int64(len(opening.Bytes)+1)); err != nil {
		t.Fatal(err)
	}
	report, err = store.Verify(t.Context(), id, nil)
	if err != nil || report.Once != statetest.Head(note) || report.Head != statetest.Head(opening) {
		t.Errorf("with its end cut off: %+v, %v", report, err)
	}
	if err := os.WriteFile(report.Path, []byte("x\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	report, err = store.Verify(t.Context(), id, nil)
	if err != nil || report.Damage == nil || report.Once != (state.Head{}) {
		t.Errorf("damaged: %+v, %v", report, err)
	}
	if In(filepath.Dir(report.Path)) != report.Path {
		t.Errorf("the log in %s is %q", filepath.Dir(report.Path), In(filepath.Dir(report.Path)))
	}
}

// TestMark: a mark is what shows from outside that a log has grown.
func TestMark(t *testing.T) {
	store := Open(t.TempDir())
	if size, changed := store.Mark(id); size != 0 || changed != 0 {
		t.Errorf("a log that is not there: %d bytes, %d", size, changed)
	}
	opening := statetest.Opening(id)
	log, err := store.Create(t.Context(), id, opening)
	if err != nil {
		t.Fatal(err)
	}
	if size, changed := store.Mark(id); size != int64(len(opening.Bytes)+1) || changed == 0 {
		t.Errorf("it is %d bytes, %d", size, changed)
	}
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}
}
