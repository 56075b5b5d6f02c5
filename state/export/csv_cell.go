package export

import (
	"encoding/hex"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"muster/state"
	"muster/state/clean"
)

// A csvRow is a row of a csv file while it is written.
type csvRow struct {
	line  []byte
	begun bool
}

// next begins a column.
func (r *csvRow) next() {
	if r.begun {
		r.line = append(r.line, ',')
	}
	r.begun = true
}

// cell adds a text; see [cell].
func (r *csvRow) cell(text string) {
	r.next()
	if isPlain(text) {
		r.line = append(r.line, text...)
		return
	}
	r.line = appendField(r.line, cell(text))
}

// text adds a text that keeps its line breaks; see [cellText].
func (r *csvRow) text(text string) {
	r.next()
	if isPlain(text) {
		r.line = append(r.line, text...)
		return
	}
	r.line = appendField(r.line, cellText(text))
}

// time adds a time as spreadsheets read it.
func (r *csvRow) time(t time.Time) {
	r.next()
	year, month, day := t.Date()
	if year < 1000 || year > 9999 {
		r.line = t.AppendFormat(r.line, time.DateTime)
		return
	}
	r.line = strconv.AppendInt(r.line, int64(year), 10)
	hour, minute, second := t.Clock()
	for i, n := range [...]int{int(month), day, hour, minute, second} {
		r.line = append(r.line, "-- ::"[i], byte('0'+n/10), byte('0'+n%10))
	}
}

// hash adds a hash.
func (r *csvRow) hash(h state.Hash) {
	r.next()
	r.line = hex.AppendEncode(r.line, h[:])
}

// made adds cells as they were made, each with the comma before it.
func (r *csvRow) made(cells []byte) { r.line = append(r.line, cells...) }

// number adds a number; 0 is none.
func (r *csvRow) number(n uint64) {
	r.next()
	if n != 0 {
		r.line = strconv.AppendUint(r.line, n, 10)
	}
}

// none adds so many columns that are empty.
func (r *csvRow) none(columns int) {
	if columns > 0 {
		r.next()
		r.line = append(r.line, ",,,,,,,,,,,,,,,"[:columns-1]...)
	}
}

// isPlain reports whether a text is its own cell, which most are: it is short, of
// printable ASCII without quotation marks and commas, and begins with a letter or
// digit. It is there for speed alone.
func isPlain(text string) bool {
	if text == "" {
		return true
	}
	if len(text) > maxCell || !isAlphanumeric(text[0]) {
		return false
	}
	for i := range len(text) {
		if c := text[i]; c < ' ' || c == '"' || c == ',' || c >= 0x7f {
			return false
		}
	}
	return true
}

func isAlphanumeric(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
}

// appendField writes a field as encoding/csv does: with quotation marks if it
// needs them.
func appendField(dst []byte, text string) []byte {
	if !needsQuotes(text) {
		return append(dst, text...)
	}
	dst = append(dst, '"')
	for {
		i := strings.IndexByte(text, '"')
		if i < 0 {
			return append(append(dst, text...), '"')
		}
		dst = append(append(dst, text[:i]...), `""`...)
		text = text[i+1:]
	}
}

func needsQuotes(text string) bool {
	first, _ := utf8.DecodeRuneInString(text)
	return strings.ContainsAny(text, ",\"\r\n") || unicode.IsSpace(first) ||
		text == `\.` // which ends the data for some databases
}

// maxCell is how many bytes a cell holds; spreadsheets end at 32,767 characters.
const maxCell = 32_000

// cell makes a text safe for a spreadsheet: one line, clean, bounded, and never a
// formula (CWE-1236).
func cell(text string) string { return guarded(text, clean.Line(text)) }

// cellText is cell with the text's line breaks kept.
func cellText(text string) string { return guarded(text, clean.Text(text)) }

// guarded puts an apostrophe before text, the cleaned form of raw, if a spreadsheet
// might run either.
func guarded(raw, text string) string {
	text = clean.Bounded(text, maxCell)
	if startsFormula(raw) || text != raw && startsFormula(text) {
		return "'" + text
	}
	return text
}

// startsFormula reports whether a spreadsheet might run a field: it begins with
// one of = + - @, as ASCII or as the wide and small forms that some spreadsheets
// take for them, perhaps after white space; or with a tab or CR.
func startsFormula(text string) bool {
	if text == "" || isAlphanumeric(text[0]) {
		return false
	}
	if strings.HasPrefix(text, "\t") || strings.HasPrefix(text, "\r") {
		return true
	}
	for _, r := range strings.TrimSpace(text) {
		return strings.ContainsRune("=+-@＝＋－＠﹦﹢﹣﹫−", r)
	}
	return false
}
