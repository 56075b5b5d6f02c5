package export

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"

	"muster/state"
	"muster/state/clean"
	"muster/state/view"
)

// JSON is the computed incident, [view.Incident].
const JSON Format = "json"

func jsonForm() form { return form{JSON, "the computed incident", ".json", 0, writeJSON} }

// writeJSON writes the report, and its timeline with one entry a line, so that a
// long one is never held in memory as a whole.
func writeJSON(out *bufio.Writer, inc *state.Incident, opts Options) error {
	var buf bytes.Buffer
	encoder := json.NewEncoder(&buf)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(view.New(inc, opts.view())); err != nil {
		return err
	}
	out.Write(clean.JSON(bytes.TrimSuffix(buf.Bytes(), []byte("\n}\n"))))
	out.WriteString(",\n  \"timeline\": [")
	order := state.InOrder(inc, false)
	err := writeChunks(out, len(order), func(dst []byte, from, to int) ([]byte, error) { return appendEntries(dst, inc, order, from, to) })
	if err != nil {
		return err
	}
	_, err = out.WriteString("\n  ]\n}\n")
	return err
}

// appendEntries appends some entries of the timeline, each on a line of its own.
func appendEntries(dst []byte, inc *state.Incident, order []uint64, from, to int) ([]byte, error) {
	var buf bytes.Buffer
	line := json.NewEncoder(&buf)
	line.SetEscapeHTML(false)
	for i := from; i < to; i++ {
		entry, err := view.EntryAt(inc, order[i])
		if err != nil {
			return nil, err
		}
		buf.Reset()
		if err := line.Encode(entry); err != nil {
			return nil, fmt.Errorf("entry %d: %w", entry.Seq, err)
		}
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(dst, "\n    "...)
		dst = append(dst, clean.JSON(bytes.TrimSuffix(buf.Bytes(), []byte("\n")))...)
	}
	return dst, nil
}
