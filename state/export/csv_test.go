package export_test

import (
	"encoding/csv"
	"strconv"
	"strings"
	"testing"
	"time"

	"muster/state"
	"muster/state/clean"
	"muster/state/export"
)

// unmarked is a sheet without the mark by which spreadsheets see that it is UTF-8.
func unmarked(t interface{ Fatal(...any) }, sheet string) string {
	rest, ok := strings.CutPrefix(sheet, "\ufeff")
	if !ok {
		t.Fatal("a spreadsheet would not read it as UTF-8")
	}
	return rest
}

// rows reads a sheet back, each row by the names of its columns.
func rows(t *testing.T, sheet string) []map[string]string {
	t.Helper()
	all, err := csv.NewReader(strings.NewReader(unmarked(t, sheet))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var list []map[string]string
	for _, record := range all[1:] {
		row := make(map[string]string)
		for i, name := range all[0] {
			row[name] = record[i]
		}
		list = append(list, row)
	}
	return list
}

func TestSheetReadsBack(t *testing.T) {
	inc := story(t, state.Drill, hostileFlavour).incident()
	list := rows(t, written(t, inc, export.CSV, export.Options{}))
	if len(list) != len(inc.Log) {
		t.Fatalf("%d rows for %d entries", len(list), len(inc.Log))
	}
	for i, row := range list {
		e := inc.Log[i]
		if row["seq"] != strconv.Itoa(i+1) || row["kind"] != string(e.Kind) || row["person"] != clean.Line(e.By.Name) {
			t.Errorf("row %d is %v", i+1, row)
		}
		if row["mode"] != "drill" || row["exercise"] != "EXERCISE" || row["incident"] != inc.ID || row["tlp"] != "AMBER+STRICT" || row["program"] != program {
			t.Errorf("row %d does not say what it is part of: %v", i+1, row)
		}
		if row["log_head"] != inc.Head.Hash.String() || row["log_code"] != inc.Head.Hash.Code() || row["log_entries"] != strconv.Itoa(len(inc.Log)) || row["log_damage"] != "" {
			t.Errorf("row %d does not carry the head: %v", i+1, row)
		}
	}
	note := inc.Log[6].Data.(*state.NoteAdded)
	if got := list[6]["written_text"]; got != clean.Text(note.Text) {
		t.Errorf("the note as written is %q, want %q", got, clean.Text(note.Text))
	}
	if got := list[6]["text"]; !strings.HasPrefix(got, "three servers\nanswer nothing") || list[6]["amended_by"] != "9" {
		t.Errorf("the amended note is %q, amended by %q", got, list[6]["amended_by"])
	}
	if list[16]["occurred_utc"] != "2026-11-24 02:26:00" || list[16]["written_occurred_utc"] != "2026-11-24 02:35:30" {
		t.Errorf("the amended time is %s, was %s", list[16]["occurred_utc"], list[16]["written_occurred_utc"])
	}
	if list[13]["retracted_by"] != "15" || list[7]["override"] != "unticked" || list[7]["override_why"] != "not all was asked" {
		t.Errorf("retracted by %q, override of %q", list[13]["retracted_by"], list[7]["override"])
	}
}

func TestSheetWithZoneAndDamage(t *testing.T) {
	inc := story(t, state.Live, "").incident()
	opts := export.Options{Zone: time.FixedZone("", 5400), Damage: &state.Damage{Line: 30, Seq: 30, What: "it does not end in }"}}
	for _, row := range rows(t, written(t, inc, export.CSV, opts)) {
		if row["local_offset"] != "UTC+01:30" || row["occurred_local"][14:16] == row["occurred_utc"][14:16] || row["log_damage"] != "line 30: it does not end in }" || row["exercise"] != "" {
			t.Fatalf("row is %v", row)
		}
	}
}

func TestSheetHasNoFormulas(t *testing.T) {
	for _, text := range []string{
		"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "\n=1", "\u00a0=1", "\u3000=1", "＝1", "＋1", "－1", "＠x", "\tx", "\rx", "=cmd|' /C calc'!A0", "−1",
	} {
		s := &scribe{tb: t, now: day}
		s.do("Ada", state.OpenIncident{ID: "2026-11-24-amber-heron", Mode: state.Live, Title: text + ".", Runbook: document("small", book(""))})
		s.raw(text+".", &state.NoteAdded{Text: text})
		row := rows(t, written(t, s.incident(), export.CSV, export.Options{Program: text}))[1]
		for _, column := range []string{"text", "person", "program"} {
			if !strings.HasPrefix(row[column], "'") {
				t.Errorf("%s of %q begins as a formula: %q", column, text, row[column])
			}
		}
	}
	for _, text := range []string{"a=b", "1-2", "two\n- points", "'quoted'", "x@y"} {
		s := &scribe{tb: t, now: day}
		s.do("Ada", state.OpenIncident{ID: "2026-11-24-amber-heron", Mode: state.Live, Runbook: document("small", book(""))})
		s.do("Ada", state.AddNote{Text: text})
		if got := rows(t, written(t, s.incident(), export.CSV, export.Options{}))[1]["text"]; got != text {
			t.Errorf("%q became %q", text, got)
		}
	}
}

func TestColumnsAreThoseOfTheSheet(t *testing.T) {
	sheet := written(t, story(t, state.Live, "").incident(), export.CSV, export.Options{})
	var names []string
	for _, column := range export.Columns() {
		names = append(names, column.Name)
	}
	if header, _, _ := strings.Cut(unmarked(t, sheet), "\n"); header != strings.Join(names, ",") {
		t.Errorf("the header is %s", header)
	}
}

// TestFactsHaveColumns: what an entry is about can be sorted and filtered by.
func TestFactsHaveColumns(t *testing.T) {
	list := rows(t, written(t, story(t, state.Live, "").incident(), export.CSV, export.Options{}))
	for seq, want := range map[int]map[string]string{
		12: {"service": "GISIS database", "service_state": "affected", "kind": "service.state"},
		17: {"service": "GISIS database", "step_title": "Shut down GISIS database", "service_state": "shut-down"},
		31: {"notice": "Holding statement", "notice_version": "1", "channel": "telephone", "to": "the members"},
		40: {"contact": "National CERT", "outcome": "reached"},
		43: {"clock": "Tell the board"},
	} {
		for column, text := range want {
			if got := list[seq-1][column]; got != text {
				t.Errorf("%s of entry %d is %q, want %q", column, seq, got, text)
			}
		}
	}
	inc := story(t, state.Live, "").incident()
	for i, row := range list {
		if row["entry_hash"] != inc.Log[i].Hash.String() {
			t.Fatalf("the hash of entry %d is %q", i+1, row["entry_hash"])
		}
	}
}
