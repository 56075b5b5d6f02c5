package filelog

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"muster/state"
)

// A NotLogError says that a file that somebody named is no log at all: not a damaged
// one, of which they should think that somebody changed it.
type NotLogError struct {
	// Looks says what it is: "it looks like a PNG picture".
	Looks string
}

// Error says so in plain words.
func (e *NotLogError) Error() string { return "this is no muster log: " + e.Looks }

// beginning is how many bytes are looked at to say what a file is.
const beginning = 4096

// foreign returns a *NotLogError if nothing in a file looks like an entry. A log of which
// even the first line is damaged has others, or at least says what it was opened as.
func foreign(file io.ReaderAt, size int64) error {
	if size == 0 {
		return &NotLogError{"the file is empty"}
	}
	begins := make([]byte, min(size, beginning))
	n, err := file.ReadAt(begins, 0)
	if begins = begins[:n]; hasEntries(begins) || err != nil && !errors.Is(err, io.EOF) {
		return nil // what cannot be read is said by whoever reads it
	}
	// The first line alone may be as long as a runbook.
	if size > int64(n) {
		if all, err := readRest(file, 0, size); err != nil || hasEntries(all) {
			return nil
		}
	}
	return &NotLogError{looks(begins)}
}

// hasEntries reports whether a line begins as an entry does, or is the one that opens
// an incident.
func hasEntries(text []byte) bool {
	const begins = `{"e":{"v":`
	return bytes.HasPrefix(text, []byte(begins)) || bytes.Contains(text, []byte("\n"+begins)) ||
		bytes.Contains(text, []byte(`"kind":"`+string(state.KindIncidentOpened)+`","c":"`))
}

// looks says in words what a file is that begins so.
func looks(begins []byte) string {
	for _, known := range [...]struct{ magic, name string }{
		{"\x89PNG\r\n", "a PNG picture"}, {"\xff\xd8\xff", "a JPEG picture"}, {"GIF8", "a GIF picture"}, {"%PDF-", "a PDF document"},
		{"PK\x03\x04", "a ZIP archive, or an office document: if it is a bundle, unpack it, and give the log.jsonl in it"}, {"\x1f\x8b", "a gzip archive: if a log is in it, unpack it"},
		{"\x28\xb5\x2f\xfd", "a zstd archive: if a log is in it, unpack it"}, {"\xfd7zXZ\x00", "an xz archive: if a log is in it, unpack it"},
		{"BZh", "a bzip2 archive: if a log is in it, unpack it"}, {"7z\xbc\xaf", "a 7-Zip archive: if a log is in it, unpack it"},
		{"SQLite format 3\x00", "an SQLite database"}, {"\x7fELF", "a program"}, {"MZ", "a program"}, {"#!", "a script"},
		{"-----BEGIN ", "a key, a certificate or a signature"},
	} {
		if strings.HasPrefix(string(begins), known.magic) {
			return "it looks like " + known.name
		}
	}
	if isUTF16(begins) {
		return "it is UTF-16 text, and a log is UTF-8: if it was one, some program saved it anew, so ask for the file as it was"
	}
	return "it looks like " + textForm(begins)
}

// isUTF16 knows the mark that such a file begins with, or plain letters of two bytes.
func isUTF16(begins []byte) bool {
	if bytes.HasPrefix(begins, []byte("\xff\xfe")) || bytes.HasPrefix(begins, []byte("\xfe\xff")) {
		return true
	}
	return len(begins) >= 4 && (begins[0] == 0) != (begins[1] == 0) && begins[0] == 0 == (begins[2] == 0) && begins[1] == 0 == (begins[3] == 0)
}

// textForm is the kind of text that a file begins with.
func textForm(begins []byte) string {
	for cut := 1; cut < utf8.UTFMax && len(begins) > beginning-utf8.UTFMax && !utf8.Valid(begins); cut++ {
		begins = begins[:len(begins)-1] // a character may be cut in two
	}
	if !utf8.Valid(begins) || bytes.IndexByte(begins, 0) >= 0 {
		return "binary data"
	}
	text := bytes.TrimSpace(bytes.TrimPrefix(begins, []byte("\ufeff")))
	first, _, _ := bytes.Cut(text, []byte("\n"))
	switch {
	case json.Valid(first), json.Valid(text), bytes.HasPrefix(text, []byte("{\n")), bytes.HasPrefix(text, []byte("{\r\n")):
		return "JSON of another kind"
	case bytes.HasPrefix(text, []byte("<")):
		return "HTML or XML"
	case isTOML(text):
		return "TOML, as a runbook is"
	}
	return "plain text"
}

// isTOML reports whether the first line that says something is a table or a key.
func isTOML(text []byte) bool {
	for line := range bytes.Lines(text) {
		line = bytes.TrimSpace(line)
		if len(line) == 0 || line[0] == '#' {
			continue
		}
		if line[0] == '[' && line[len(line)-1] == ']' {
			return true
		}
		key, _, is := bytes.Cut(line, []byte("="))
		return is && len(bytes.Fields(key)) == 1
	}
	return false
}
