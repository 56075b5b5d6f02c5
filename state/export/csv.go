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
	rows, order := len(inc.Log), []uint64(nil)
	if !opts.Choice.All() || opts.ByOccurred || inc.Past != nil {
		order = opts.entries(inc)
		rows = len(order)
	}
	return writeChunks(out, rows, func(dst []byte, from, to int) ([]byte, error) {
		r := csvRow{line: dst}
		for i := from; i < to; i++ {
			seq := inc.Log[i].Seq // as they lie, which takes no list as long as the log
			if order != nil {
				seq = order[i]
			}
			r.begun = false
			s.fill(&r, seq)
			r.line = append(r.line, '\n')
		}
		return r.line, nil
	})
}
