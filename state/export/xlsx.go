package export

import (
	"archive/zip"
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"muster/state"
	"muster/state/clean"
)

// XLSX is the sheet of csv as a workbook.
const XLSX Format = "xlsx"

func xlsxForm() form {
	return form{XLSX, "the same as a workbook, with times that can be reckoned with", ".xlsx", forPeople | ofEntries | forFiles, writeXLSX}
}

// maxRows is how many rows a sheet holds; what is more goes on on another.
const maxRows = 1 << 20

// The parts of a workbook that are always the same. It is the least that Office Open XML
// asks for: texts stand in their cells, so that none of them can be a formula, and rows
// are written as they come.
const (
	xmlHead      = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	relationship = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	mainSpace    = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	packageRels  = xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="` + relationship + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`
	styles       = xmlHead + `<styleSheet xmlns="` + mainSpace + `"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd\ hh:mm:ss"/></numFmts>` +
		`<fonts count="2"><font><sz val="10"/><name val="Calibri"/></font><font><b/><sz val="10"/><name val="Calibri"/></font></fonts>` +
		`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders>` +
		`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="4"><xf xfId="0"/><xf xfId="0" numFmtId="164" applyNumberFormat="1"/><xf xfId="0" fontId="1" applyFont="1"/>` +
		`<xf xfId="0" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`
	sheetHead = xmlHead + `<worksheet xmlns="` + mainSpace + `"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`
)

// writeXLSX writes the workbook: the entries, and a sheet that says what the columns are.
func writeXLSX(out *bufio.Writer, inc *state.Incident, opts Options) error {
	s, tail := newSheet(inc, opts), xlsxRow{}
	s.end(&tail)
	s.tail = tail.line
	order := opts.entries(inc)
	book := workbook{zip: zip.NewWriter(out), at: inc.Log[len(inc.Log)-1].Recorded.UTC().Truncate(2 * time.Second)}
	for from := 0; from < len(order); from += maxRows - 1 {
		part := order[from:min(len(order), from+maxRows-1)]
		name := "Entries"
		if from > 0 {
			name = fmt.Sprintf("Entries from %d", part[0])
		}
		book.sheet(name, widths(s.columns()), func(w io.Writer) error { return entryRows(w, s, part) })
	}
	book.sheet("Columns", []int{24, 100}, func(w io.Writer) error {
		r := xlsxRow{}
		for _, column := range s.columns() {
			r.begin()
			r.cell(column.Name)
			r.cell(column.Help)
			r.end()
		}
		_, err := w.Write(r.line)
		return err
	})
	return book.close()
}

// entryRows writes the head of a sheet and the rows of entries.
func entryRows(w io.Writer, s *sheet, order []uint64) error {
	head := xlsxRow{style: ` s="2"`}
	head.begin()
	for _, column := range s.columns() {
		head.cell(column.Name)
	}
	head.end()
	if _, err := w.Write(head.line); err != nil {
		return err
	}
	return writeChunks(w, len(order), func(dst []byte, from, to int) ([]byte, error) {
		r := xlsxRow{line: dst}
		for _, seq := range order[from:to] {
			r.begin()
			s.fill(&r, seq)
			r.end()
		}
		return r.line, nil
	})
}

// A workbook is written sheet by sheet, until one fails.
type workbook struct {
	zip    *zip.Writer
	at     time.Time // of all its files
	sheets []string  // their names
	err    error
}

// add writes one file of it.
func (b *workbook) add(name string, write func(io.Writer) error) {
	if b.err != nil {
		return
	}
	file, err := b.zip.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: b.at})
	if err == nil {
		err = write(file)
	}
	b.err = err
}

func (b *workbook) text(name, text string) {
	b.add(name, func(w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	})
}

// widths are how wide the columns of the entries are, in characters: a time in a narrower one
// is shown as ###, and what happened is read in its cell.
func widths(list []Column) []int {
	all := make([]int, len(list))
	for i, column := range list {
		switch all[i] = len(column.Name) + 2; {
		case column.Name == "what", column.Name == "text":
			all[i] = 60
		case strings.Contains(column.Name, "occurred_"), strings.Contains(column.Name, "recorded_"):
			all[i] = max(all[i], len(time.DateTime)+2)
		}
	}
	return all
}

// sheet writes the rows of a sheet, with columns of these widths in characters.
func (b *workbook) sheet(name string, widths []int, rows func(io.Writer) error) {
	b.sheets = append(b.sheets, name)
	b.add(fmt.Sprintf("xl/worksheets/sheet%d.xml", len(b.sheets)), func(w io.Writer) error {
		head := []byte(sheetHead + "<cols>")
		for i, width := range widths {
			head = fmt.Appendf(head, `<col min="%d" max="%[1]d" width="%d" customWidth="1"/>`, i+1, width)
		}
		if _, err := w.Write(append(head, "</cols><sheetData>"...)); err != nil {
			return err
		}
		if err := rows(w); err != nil {
			return err
		}
		_, err := io.WriteString(w, "</sheetData></worksheet>")
		return err
	})
}

// close writes what says which sheets there are.
func (b *workbook) close() error {
	var types, book, rels strings.Builder
	for i, name := range b.sheets {
		fmt.Fprintf(&types, `<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`, i+1)
		fmt.Fprintf(&book, `<sheet name="%s" sheetId="%d" r:id="rId%d"/>`, name, i+1, i+1)
		fmt.Fprintf(&rels, `<Relationship Id="rId%d" Type="%s/worksheet" Target="worksheets/sheet%d.xml"/>`, i+1, relationship, i+1)
	}
	b.text("xl/workbook.xml", xmlHead+`<workbook xmlns="`+mainSpace+`" xmlns:r="`+relationship+`"><sheets>`+book.String()+`</sheets></workbook>`)
	b.text("xl/_rels/workbook.xml.rels", xmlHead+`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`+rels.String()+
		fmt.Sprintf(`<Relationship Id="rId%d" Type="%s/styles" Target="styles.xml"/></Relationships>`, len(b.sheets)+1, relationship))
	b.text("xl/styles.xml", styles)
	b.text("_rels/.rels", packageRels)
	b.text("[Content_Types].xml", xmlHead+`<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>`+
		`<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>`+
		`<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>`+types.String()+`</Types>`)
	if b.err != nil {
		return b.err
	}
	return b.zip.Close()
}

// An xlsxRow is rows of a sheet while they are written. An empty cell is written too: then
// none needs to say where it is.
type xlsxRow struct {
	line  []byte
	style string // of texts
}

func (r *xlsxRow) begin() { r.line = append(r.line, "<row>"...) }
func (r *xlsxRow) end()   { r.line = append(r.line, "</row>"...) }

func (r *xlsxRow) cell(text string) { r.put(clean.Line(clean.Bounded(text, maxCell)), r.style) }

func (r *xlsxRow) text(text string) { r.put(clean.Text(clean.Bounded(text, maxCell)), ` s="3"`) }

func (r *xlsxRow) put(text, style string) {
	if text == "" {
		r.none(1)
		return
	}
	text = clean.Bounded(text, maxCell)
	r.line = append(append(append(r.line, "<c"...), style...), ` t="inlineStr"><is><t xml:space="preserve">`...)
	for i := 0; i < len(text); i++ {
		if text[i] == '_' && isEscape(text[i:]) {
			r.line = append(r.line, "_x005F"...) // else a reader would make a character of it
		}
		r.line = appendByte(r.line, text[i])
	}
	r.line = append(r.line, "</t></is></c>"...)
}

// isEscape reports whether a text begins with what a workbook's reader takes for the code of
// a character: _x0041_.
func isEscape(text string) bool {
	if len(text) < len("_x0041_") || text[1] != 'x' || text[6] != '_' {
		return false
	}
	_, err := strconv.ParseUint(text[2:6], 16, 16)
	return err == nil
}

// dayZero is the day from which workbooks count.
var dayZero = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)

// time writes a time as it reads in its zone: workbooks know of none. What lies before
// 1900 they cannot count, and get as a text.
func (r *xlsxRow) time(t time.Time) {
	if t.Year() < 1901 {
		r.cell(t.Format(time.DateTime))
		return
	}
	_, offset := t.Zone()
	seconds := t.Unix() + int64(offset) - dayZero.Unix()
	r.line = append(r.line, `<c s="1"><v>`...)
	r.line = strconv.AppendFloat(r.line, float64(seconds)/86400, 'f', 12, 64)
	r.line = append(r.line, "</v></c>"...)
}

func (r *xlsxRow) number(n uint64) {
	if n == 0 {
		r.none(1)
		return
	}
	r.line = append(r.line, "<c><v>"...)
	r.line = strconv.AppendUint(r.line, n, 10)
	r.line = append(r.line, "</v></c>"...)
}

func (r *xlsxRow) hash(h state.Hash) { r.cell(h.String()) }

func (r *xlsxRow) made(cells []byte) { r.line = append(r.line, cells...) }

func (r *xlsxRow) none(columns int) {
	for range columns {
		r.line = append(r.line, "<c/>"...)
	}
}
