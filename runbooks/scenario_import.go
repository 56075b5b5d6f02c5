package runbooks

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// The bounds of a spreadsheet that is imported.
const (
	maxRows    = 2000
	maxColumns = 100
)

// InjectColumns are what a column of a spreadsheet may be imported as, with the
// headers that are known for each, in small letters.
func InjectColumns() map[string][]string {
	return map[string][]string{
		"number":      {"number", "no", "no.", "#", "inject #", "inject no", "inject number", "msel #", "msel number", "event #", "event number", "item", "id"},
		"at":          {"at", "time", "scenario time", "exercise time", "time delivered", "delivery time", "planned time", "start time", "time (scenario)", "offset"},
		"date":        {"date", "day", "exercise day", "date delivered", "scenario date", "exercise date"},
		"title":       {"title", "name", "inject", "inject name", "inject title", "event", "event name", "subject"},
		"type":        {"type", "inject type", "inject mode", "event type"},
		"via":         {"via", "delivery method", "method", "mode", "delivery", "channel", "delivered via"},
		"from":        {"from", "source", "sender", "inject from"},
		"to":          {"to", "recipient", "target", "player", "recipient player", "inject to", "audience", "receiver"},
		"text":        {"text", "description", "event description", "inject description", "message", "inject text", "event/inject description", "content"},
		"expect":      {"expect", "expected action", "expected actions", "expected player action", "expected player actions", "expected response", "expected outcome", "outcome"},
		"objective":   {"objective", "objectives", "exercise objective", "capability", "core capability"},
		"controller":  {"controller", "responsible controller"},
		"notes":       {"notes", "evaluator notes", "comments", "remarks", "controller notes", "evaluation notes"},
		"contingency": {"contingency", "contingent", "optional"},
	}
}

// A SheetWay is how a spreadsheet is read.
type SheetWay struct {
	// Mapping names what a header means, where [InjectColumns] does not know it:
	// "Inject #" → "number"; "-" leaves a column out.
	Mapping map[string]string
	Times   string // one of [TimesOfSheets]; "" if there is only one way to read them
	Dates   string // one of [DatesOfSheets]; "" likewise
}

// A SheetRow says what became of the time of a row.
type SheetRow struct {
	Line    int    // in the file
	Inject  string // its id
	Written string // the time as it stands there
	Taken   string // what it was taken as
}

// ImportInjects reads an MSEL spreadsheet, saved as CSV with commas, semicolons or
// tabs, and writes it as a scenario for a runbook. Times are read in one way in the
// whole column: as times of day, which count from the earliest, as hours and minutes
// after the start, or as minutes. If more than one way is possible and they differ,
// or a time cannot be read, that is an error, and there is no scenario.
//
// The scenario's text is always TOML that can be read. What could not be taken over
// is said in the problems, whose lines are the sheet's; the rows say what each time
// was taken as.
func ImportInjects(name string, data []byte, id, title string, book *Runbook, how SheetWay) ([]byte, []SheetRow, Problems, error) {
	rows, err := readSheet(data)
	if err != nil {
		return nil, nil, nil, fmt.Errorf("%s: %w", name, err)
	}
	sheet := &sheet{name: name, book: book, objectives: newNamer(), injects: newNamer(), objective: map[string]string{}}
	if err := sheet.header(rows[0].cells, how.Mapping); err != nil {
		return nil, nil, nil, fmt.Errorf("%s: %w", name, err)
	}
	for _, r := range rows[1:] {
		sheet.row(r)
	}
	if len(sheet.list) == 0 {
		return nil, nil, sheet.problems, fmt.Errorf("%s: no row has a text", name)
	}
	if err := sheet.times(how); err != nil {
		return nil, nil, sheet.problems, err
	}
	return sheet.write(id, title), sheet.rows, sheet.problems, nil
}

type sheetRow struct {
	line  int
	cells []string
}

// readSheet reads the rows of a CSV file, the first of which has more than one cell.
func readSheet(data []byte) ([]sheetRow, error) {
	if len(data) > MaxFile {
		return nil, errTooBig
	}
	data = []byte(strings.TrimPrefix(string(data), "\ufeff"))
	if !utf8.Valid(data) {
		return nil, errors.New("not UTF-8: save it as CSV UTF-8")
	}
	text, separator := lines(string(data))
	reader := csv.NewReader(strings.NewReader(text))
	reader.Comma = separator
	reader.FieldsPerRecord, reader.LazyQuotes = -1, true
	var rows []sheetRow
	for {
		cells, err := reader.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		line, _ := reader.FieldPos(0)
		if reader.InputOffset() == int64(len(text)) && unclosed(text, cells[len(cells)-1]) {
			return nil, fmt.Errorf("line %d: a quotation mark opens and does not close, so that all rows below it are one cell; close it, or write it twice within a cell", line)
		}
		if filled := strings.TrimSpace(strings.Join(cells, "")); filled == "" || len(rows) == 0 && len(cells) < 2 {
			continue // an empty row, or a heading above the table
		}
		if len(cells) > maxColumns || len(rows) > maxRows {
			return nil, fmt.Errorf("too large: at most %d rows and %d columns are read; make a sheet of each part of it", maxRows, maxColumns)
		}
		rows = append(rows, sheetRow{line, cells})
	}
	if len(rows) < 2 {
		return nil, errors.New("there is no table: a row of headers, and a row for each inject, are needed")
	}
	return rows, nil
}

// unclosed reports whether the last cell of a sheet is rows that a quotation mark has swallowed.
func unclosed(text, last string) bool {
	return strings.Contains(last, "\n") && strings.Count(text, `"`)%2 == 1 && !strings.HasSuffix(strings.TrimSpace(text), `"`)
}

// lines are the lines of a sheet, however they end, and what separates its cells: what the first
// line says, as spreadsheets write it, or what stands most often in the first that has any.
func lines(text string) (string, rune) {
	if !strings.Contains(text, "\n") {
		text = strings.ReplaceAll(text, "\r", "\n")
	}
	if first, _, _ := strings.Cut(text, "\n"); len(strings.TrimSpace(first)) == len("sep=;") && strings.HasPrefix(strings.ToLower(first), "sep=") {
		return text[len(first):], rune(first[len("sep=")]) // its end stays: lines keep their numbers
	}
	for line := range strings.Lines(text) {
		best, most := ',', strings.Count(line, ",")
		for _, c := range []rune{';', '\t'} {
			if n := strings.Count(line, string(c)); n > most {
				best, most = c, n
			}
		}
		if most > 0 {
			return text, best
		}
	}
	return text, ','
}

// A sheet is a spreadsheet while it is imported.
type sheet struct {
	name       string
	book       *Runbook
	columns    []string // what each column is; "" for one that is left out
	problems   Problems
	list       []sheetInject
	objectives *namer
	injects    *namer
	objective  map[string]string // id by title
	titles     []Objective
	rows       []SheetRow
}

type sheetInject struct {
	Inject
	line int
	when string // as it stands in the sheet
}

// header finds out what each column is.
func (s *sheet) header(cells []string, mapping map[string]string) error {
	words := make(map[string]string)
	for column, headers := range InjectColumns() {
		for _, header := range headers {
			words[header] = column
		}
	}
	given, err := foldHeaders(mapping)
	if err != nil {
		return err
	}
	taken := make(map[string]bool)
	var left []string
	for _, cell := range cells {
		header := strings.ToLower(oneLine(cell))
		column, mapped := given[fold(oneLine(cell))]
		if !mapped {
			column = words[header]
		} else {
			delete(given, fold(oneLine(cell)))
		}
		if column == "-" || taken[column] {
			column = ""
		}
		if column == "" && header != "" && !mapped {
			left = append(left, quote(oneLine(cell)))
		}
		taken[column] = true
		s.columns = append(s.columns, column)
	}
	if header, ok := first(given); ok {
		return fmt.Errorf("no column is headed %s; the headers are %s", quote(header), listWords(cells))
	}
	if len(left) > 0 {
		s.warn(1, "left out: "+listWords(left), "name what a column is with --map \"HEADER=COLUMN\"")
	}
	return enough(taken, cells)
}

// enough reports whether the columns say what an inject cannot be without.
func enough(taken map[string]bool, cells []string) error {
	switch {
	case !taken["text"] && !taken["title"]:
		return fmt.Errorf("no column is the text of an inject; say which: --map \"HEADER=text\"; the headers are %s", listWords(cells))
	case !taken["at"] && !taken["contingency"] && !taken["type"]:
		return fmt.Errorf("no column says when an inject comes; say which: --map \"HEADER=at\"; the headers are %s", listWords(cells))
	}
	return nil
}

// foldHeaders is the mapping by headers as they are compared. Each column in it must
// be one that an inject has, or "-" for none.
func foldHeaders(mapping map[string]string) (map[string]string, error) {
	known := InjectColumns()
	folded := make(map[string]string)
	for _, header := range slices.Sorted(maps.Keys(mapping)) {
		column := mapping[header]
		if _, ok := known[column]; !ok && column != "-" {
			return nil, fmt.Errorf("there is no column %s; %s", quote(column), didYouMean(column, columnNames(), "the columns are "+listWords(columnNames())))
		}
		folded[fold(oneLine(header))] = column
	}
	return folded, nil
}

// first is the first key of a map in alphabetical order, so that the same mistake is
// told in the same words each time.
func first(m map[string]string) (key string, ok bool) {
	for _, key := range slices.Sorted(maps.Keys(m)) {
		return key, true
	}
	return "", false
}

func columnNames() []string {
	return []string{"number", "date", "at", "title", "type", "via", "from", "to", "text", "expect", "objective", "controller", "notes", "contingency", "-"}
}

func (s *sheet) warn(line int, what, hint string) {
	if len(s.problems) <= maxProblems {
		s.problems = append(s.problems, Problem{File: s.name, Line: line, Level: Warning, What: what, Hint: hint})
	}
}

// row makes an inject of a row.
func (s *sheet) row(r sheetRow) {
	cell := func(column string) string {
		for i, c := range s.columns {
			if c == column && i < len(r.cells) {
				return strings.TrimSpace(harmless(r.cells[i]))
			}
		}
		return ""
	}
	in := sheetInject{line: r.line, when: oneLine(cell("date") + " " + cell("at"))}
	if day := cell("date"); len(day) <= 2 && allDigits(day) {
		in.when = "D" + in.when // a column of days by number
	}
	in.Title, in.Text = oneLine(cell("title")), cell("text")
	if in.Text == "" {
		in.Text, in.Title = in.Title, ""
	}
	if in.Text == "" {
		s.warn(r.line, "a row without a text is left out", "")
		return
	}
	in.From, in.Via = short(cell("from"), "Exercise control"), short(cell("via"), short(cell("type"), "message"))
	in.Title, in.Expect, in.Notes = short(in.Title, ""), cell("expect"), cell("notes")
	if who := cell("controller"); who != "" {
		in.Notes = strings.TrimSpace("Controller: " + who + "\n" + in.Notes)
	}
	in.Contingency = yes(cell("contingency")) || strings.Contains(strings.ToLower(cell("type")), "contingen")
	in.To = s.role(r.line, cell("to"))
	in.Objective = s.objectiveOf(cell("objective"))
	number := cell("number")
	if number == "" {
		number = in.Title
	} else if _, err := strconv.Atoi(number); err == nil {
		number = "inject-" + number
	}
	in.ID = s.injects.name(number, "inject")
	if len(in.Text) > maxInject {
		s.warn(r.line, fmt.Sprintf("the text has %d bytes and is cut off at %d", len(in.Text), maxInject), "put more into attachments")
		in.Text = strings.ToValidUTF8(in.Text[:maxInject-3], "") + "…"
	}
	s.list = append(s.list, in)
}

// harmless takes out the control characters of a cell, but for its line breaks.
func harmless(text string) string {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' {
			return r
		}
		return plainRune(r)
	}, strings.ReplaceAll(text, "\r", "\n"))
}

// short is one line of at most 200 characters; otherwise if there is none.
func short(text, otherwise string) string {
	text = oneLine(text)
	if runes := []rune(text); len(runes) > maxTitle {
		text = string(runes[:maxTitle])
	}
	if text == "" {
		return otherwise
	}
	return text
}

func yes(text string) bool {
	return slices.Contains([]string{"y", "yes", "x", "true", "1"}, strings.ToLower(text))
}

// role is the runbook's role that is meant; everybody if none is.
func (s *sheet) role(line int, to string) string {
	if to = oneLine(to); to == "" {
		return Everybody
	}
	for i := range s.book.Roles {
		r := &s.book.Roles[i]
		if strings.EqualFold(to, r.ID) || strings.EqualFold(to, r.Title) || slug(to, "") == r.ID {
			return r.ID
		}
	}
	if low := strings.ToLower(to); low != Everybody && low != "all players" && low != "everybody" && low != "players" {
		s.warn(line, fmt.Sprintf("no role %s: it is to all", quote(to)), "name one of the runbook's roles")
	}
	return Everybody
}

// objectiveOf is the id of an objective, which is made when it is first named.
func (s *sheet) objectiveOf(title string) string {
	if title = short(title, ""); title == "" {
		return ""
	}
	if id, ok := s.objective[title]; ok {
		return id
	}
	id := s.objectives.name(title, "objective")
	s.objective[title] = id
	s.titles = append(s.titles, Objective{ID: id, Title: title})
	return id
}
