package export

import (
	"bufio"

	"muster/state"
)

// CSV is a sheet with one row an entry.
const CSV Format = "csv"

func csvForm() form {
	return form{CSV, "one row an entry, for a spreadsheet", ".csv", forPeople | ofEntries, writeCSV}
}

// writeCSV writes one row an entry. It begins with the mark by which spreadsheets see that
// it is UTF-8.
func writeCSV(out *bufio.Writer, inc *state.Incident, opts Options) error {
	s := newSheet(inc, opts)
	header := csvRow{line: []byte("\ufeff")}
	for _, column := range s.columns() {
		header.cell(column.Name)
	}
	if _, err := out.Write(append(header.line, '\n')); err != nil {
		return err
	}
	tail := csvRow{begun: true}
	s.end(&tail)
	s.tail = tail.line
	order := opts.entries(inc)
	return writeChunks(out, len(order), func(dst []byte, from, to int) ([]byte, error) {
		for _, seq := range order[from:to] {
			r := csvRow{line: dst}
			s.fill(&r, seq)
			dst = append(r.line, '\n')
		}
		return dst, nil
	})
}
