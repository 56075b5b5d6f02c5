package export

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"

	"muster/state"
	"muster/state/clean"
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
	out.Write(clean.JSON(bytes.TrimSuffix(buf.Bytes(), []byte("\n}\n"))))
	out.WriteString(",\n  \"timeline\": [")
	line := json.NewEncoder(&buf)
	line.SetEscapeHTML(false)
	for i := range inc.Log {
		entry := entryOf(inc, inc.Log[i])
		data, err := dataOf(inc.Log[i].Data, inc.Log[i].Withheld)
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
		out.Write(clean.JSON(bytes.TrimSuffix(buf.Bytes(), []byte("\n"))))
	}
	_, err := out.WriteString("\n  ]\n}\n")
	return err
}
