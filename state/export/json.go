package export

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"unicode"
	"unicode/utf8"

	"muster/state"
)

// writeJSON writes the report, and its timeline with one entry a line, so that a
// long one is never held in memory as a whole.
func writeJSON(out *bufio.Writer, inc *state.Incident, opts Options) error {
	var buf bytes.Buffer
	encoder := json.NewEncoder(&buf)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(build(inc, opts)); err != nil {
		return err
	}
	writeVisible(out, bytes.TrimSuffix(buf.Bytes(), []byte("\n}\n")))
	out.WriteString(",\n  \"timeline\": [")
	line := json.NewEncoder(&buf)
	line.SetEscapeHTML(false)
	for i := range inc.Log {
		entry := entryOf(inc, inc.Log[i])
		data, err := dataOf(inc.Log[i].Data)
		if err != nil {
			return fmt.Errorf("entry %d: %w", entry.Seq, err)
		}
		entry.Data = data
		buf.Reset()
		if err := line.Encode(entry); err != nil {
			return fmt.Errorf("entry %d: %w", entry.Seq, err)
		}
		if i > 0 {
			out.WriteByte(',')
		}
		out.WriteString("\n    ")
		writeVisible(out, bytes.TrimSuffix(buf.Bytes(), []byte("\n")))
	}
	_, err := out.WriteString("\n  ]\n}\n")
	return err
}

// writeVisible writes JSON with every character that draws nothing, or that a
// terminal might obey, as a \u escape. Such characters can only stand in strings,
// so that the values stay the same.
func writeVisible(out *bufio.Writer, text []byte) {
	from := 0
	for i := 0; i < len(text); {
		if c := text[i]; c < utf8.RuneSelf && c != 0x7f {
			i++
			continue
		}
		r, size := utf8.DecodeRune(text[i:])
		if hidden(r) {
			out.Write(text[from:i])
			writeEscape(out, r)
			from = i + size
		}
		i += size
	}
	out.Write(text[from:])
}

func hidden(r rune) bool {
	return !unicode.IsGraphic(r) || unicode.In(r, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
}

func writeEscape(out *bufio.Writer, r rune) {
	if r < 0x10000 {
		fmt.Fprintf(out, `\u%04x`, r)
		return
	}
	r -= 0x10000
	fmt.Fprintf(out, `\u%04x\u%04x`, 0xd800+r>>10, 0xdc00+r&0x3ff)
}
