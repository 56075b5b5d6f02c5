package export_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"strconv"
	"strings"
	"testing"
	"time"

	"muster/state"
	"muster/state/export"
)

// A workRow is a row as a workbook has it.
type workRow struct {
	Cells []struct {
		Type  string `xml:"t,attr"`
		Value string `xml:"v"`
		Text  string `xml:"is>t"`
		Run   string `xml:"f"` // a formula
	} `xml:"c"`
}

// worksheet reads a sheet of a workbook, whose every part must be XML.
func worksheet(t *testing.T, book, name string) []workRow {
	t.Helper()
	files, err := zip.NewReader(bytes.NewReader([]byte(book)), int64(len(book)))
	if err != nil {
		t.Fatal(err)
	}
	var sheet struct {
		Rows []workRow `xml:"sheetData>row"`
	}
	for _, file := range files.File {
		r, err := file.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		var any struct{}
		if err := xml.Unmarshal(text, &any); err != nil {
			t.Fatalf("%s: %v", file.Name, err)
		}
		if file.Name == "xl/worksheets/"+name {
			if err := xml.Unmarshal(text, &sheet); err != nil {
				t.Fatal(err)
			}
		}
	}
	return sheet.Rows
}

// TestTimesFitTheirColumns: a spreadsheet shows a time that does not fit as ###.
func TestTimesFitTheirColumns(t *testing.T) {
	inc := story(t, state.Live, "").incident()
	book := written(t, inc, export.XLSX, export.Options{Zone: time.FixedZone("", 5400)})
	files, err := zip.NewReader(strings.NewReader(book), int64(len(book)))
	if err != nil {
		t.Fatal(err)
	}
	r, err := files.Open("xl/worksheets/sheet1.xml")
	if err != nil {
		t.Fatal(err)
	}
	var sheet struct {
		Cols []struct {
			Width float64 `xml:"width,attr"`
		} `xml:"cols>col"`
		Rows []workRow `xml:"sheetData>row"`
	}
	if err := xml.NewDecoder(r).Decode(&sheet); err != nil {
		t.Fatal(err)
	}
	times := 0
	for i, cell := range sheet.Rows[0].Cells {
		if cell.Text == "occurred_utc" || cell.Text == "occurred_local" || cell.Text == "recorded_utc" || cell.Text == "branch_recorded_utc" {
			if times++; len(sheet.Cols) <= i || sheet.Cols[i].Width < 20 {
				t.Errorf("%s is too narrow for a time: %v", cell.Text, sheet.Cols)
			}
		}
	}
	if times != 4 {
		t.Errorf("%d columns of times", times)
	}
}

// TestWorkbookIsTheSheet: each row of the workbook says what the row of the csv does, times
// are numbers, and no text is a formula.
func TestWorkbookIsTheSheet(t *testing.T) {
	inc := story(t, state.Drill, hostileFlavour+"_x0041_ =1+1").incident()
	opts := export.Options{Zone: time.FixedZone("", 5400)}
	list, sheet := rows(t, written(t, inc, export.CSV, opts)), worksheet(t, written(t, inc, export.XLSX, opts), "sheet1.xml")
	if len(sheet) != len(list)+1 {
		t.Fatalf("%d rows, want %d", len(sheet), len(list)+1)
	}
	var names []string
	for _, cell := range sheet[0].Cells {
		names = append(names, cell.Text)
	}
	for i, row := range sheet[1:] {
		if len(row.Cells) != len(names) {
			t.Fatalf("row %d has %d cells, want %d", i+1, len(row.Cells), len(names))
		}
		for c, cell := range row.Cells {
			want := strings.TrimPrefix(list[i][names[c]], "'")
			got := strings.TrimPrefix(strings.ReplaceAll(cell.Text, "_x005F_x", "_x"), "'")
			switch {
			case cell.Run != "":
				t.Fatalf("%s of row %d is a formula", names[c], i+1)
			case strings.HasPrefix(names[c], "occurred") || strings.HasPrefix(names[c], "recorded"):
				days, err := strconv.ParseFloat(cell.Value, 64)
				at := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).Add(time.Duration(days*86400+.5) * time.Second).Format(time.DateTime)
				if err != nil || at != want {
					t.Fatalf("%s of row %d is %s, want %s: %v", names[c], i+1, at, want, err)
				}
			case cell.Type == "" && cell.Value != "":
				got = cell.Value
				fallthrough
			default:
				if got != want && names[c] != "written_occurred_utc" {
					t.Fatalf("%s of row %d is %q, want %q", names[c], i+1, got, want)
				}
			}
		}
	}
}
