package line_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"muster/state"
	"muster/state/statetest"
)

// forgeParts makes a line whose parts are given, with the hashes that they need.
func forgeParts(keys []string, parts ...string) []byte {
	c := cut(strictLine())
	c.keys, c.parts = keys, parts
	return c.join(nil)
}

// TestForged: a line that no program wrote is refused by all who read it, alike, though
// every hash in it is good.
func TestForged(t *testing.T) {
	whole, pieces := string(strictLine()), cut(strictLine())
	names, notes := pieces.parts[0], pieces.parts[1]
	both, apart := []string{"names", "notes"}, []string{"names", "evidence"}
	salt := `{"salt":"AwsAAAAAAAAAAAAAAAAAAA"`
	for name, line := range map[string][]byte{
		"a byte order mark":          []byte("\ufeff" + whole),
		"CRLF":                       []byte(whole + "\r"),
		"a newline":                  []byte(whole + "\n"),
		"NUL at the end":             []byte(whole + "\x00"),
		"NUL at the beginning":       []byte("\x00" + whole),
		"a blank at the end":         []byte(whole + " "),
		"a blank after a colon":      []byte(strings.Replace(whole, `,"d":`, `,"d": `, 1)),
		"a key behind p":             []byte(strings.TrimSuffix(whole, "}") + `,"x":1}`),
		"a comma behind p":           []byte(strings.TrimSuffix(whole, "}") + `,}`),
		"p doubled":                  []byte(strings.TrimSuffix(whole, "}") + `,"p":{}}`),
		"p before d":                 []byte(`{"e":` + pieces.e + `,"p":{},"d":null}`),
		"p is null, and d is not":    []byte(whole[:strings.LastIndex(whole, `,"p":`)] + `,"p":null}`),
		"d is null, and p is not":    []byte(`{"e":` + pieces.e + `,"d":null,"p":{}}`),
		"d is a text":                []byte(`{"e":` + pieces.e + `,"d":"null","p":null}`),
		"e is null":                  []byte(`{"e":null,"d":null,"p":null}`),
		"parts in another order":     forgeParts([]string{"notes", "names"}, notes, names),
		"a part of another name":     forgeParts([]string{"names", "facts"}, names, notes),
		"a part twice":               forgeParts([]string{"names", "names"}, names, names),
		"no names":                   forgeParts([]string{"notes"}, notes),
		"names that are a list":      forgeParts(both, "[]", notes),
		"notes that are a text":      forgeParts(both, names, `"notes"`),
		"notes that are a number":    forgeParts(both, names, "1"),
		"notes that are names":       forgeParts(both, names, names),
		"evidence without data":      forgeParts(apart, names, salt+"}"),
		"evidence with an override":  forgeParts(apart, names, salt+`,"override":"w","data":{"file":"x"}}`),
		"evidence of no data":        forgeParts(apart, names, salt+`,"data":{}}`),
		"data that is null, apart":   forgeParts(apart, names, salt+`,"data":null}`),
		"a runbook of only its salt": forgeParts([]string{"names", "notes", "runbook"}, names, notes, salt+"}"),
		"evidence of only its salt":  forgeParts([]string{"names", "notes", "evidence"}, names, notes, salt+"}"),
		"a name that is null":        forgeParts(both, strings.Replace(names, `"Ada"`, "null", 1), notes),
		"a name that is a number":    forgeParts(both, strings.Replace(names, `"Ada"`, "7", 1), notes),
		"a salt that is null":        forgeParts(both, salt[:8]+`null,"by":"Ada"}`, notes),
		"a reason that is null":      forgeParts(both, names, strings.Replace(notes, `"override":"w"`, `"override":null`, 1)),
		"data before its reason":     forgeParts(both, names, salt+`,"data":{"note":"x"},"override":"w"}`),
		"a comma behind a part":      forgeParts(both, strings.TrimSuffix(names, "}")+",}", notes),
		"a blank in a part":          forgeParts(both, strings.Replace(names, ",", ", ", 1), notes),
		"a key more among names":     forgeParts(both, strings.TrimSuffix(names, "}")+`,"x":1}`, notes),
		"upper-case prev":            forge(strictLine(), replace(`"prev":"e3b0`, `"prev":"E3b0`), nil),
		"upper-case hash of a part":  []byte(strings.Replace(whole, `"names":"`+state.Sum([]byte(names)).String(), `"names":"`+strings.ToUpper(state.Sum([]byte(names)).String()), 1)),
	} {
		wantRefused(t, name, line)
	}
	for name, change := range map[string]func(string) string{
		"override is null":          replace(`"override":["out-of-order"]`, `"override":null`),
		"override of null":          replace(`"override":["out-of-order"]`, `"override":[null]`),
		"override of a number":      replace(`"override":["out-of-order"]`, `"override":["out-of-order",1]`),
		"override of a list":        replace(`"override":["out-of-order"]`, `"override":[["out-of-order"]]`),
		"override is an object":     replace(`"override":["out-of-order"]`, `"override":{}`),
		"a comma in the override":   replace(`["out-of-order"]`, `["out-of-order",]`),
		"a comma first":             replace(`["out-of-order"]`, `[,"out-of-order"]`),
		"a blank in the override":   replace(`["out-of-order"]`, `[ "out-of-order"]`),
		"a role that is null":       replace(`"role":"commander"`, `"role":null`),
		"via that is null":          replace(`"via":"local"`, `"via":null`),
		"via that is a list":        replace(`"via":"local"`, `"via":["local"]`),
		"a zone that is an object":  replace(`"zone":"+01:00 Europe/Berlin"`, `"zone":{}`),
		"occurred that is a number": replace(`"occurred":"2026-11-24T02:41:07Z"`, `"occurred":1795488067`),
		"no zone":                   replace(`,"zone":"+01:00 Europe/Berlin"`, ``),
		"data before the override":  replace(`"override":["out-of-order"],"data":{"step":"a"}`, `"data":{"step":"a"},"override":["out-of-order"]`),
		"via doubled":               replace(`"via":"local"`, `"via":"local","via":"local"`),
		"a key escaped":             replace(`"via"`, `"vi\u0061"`),
		"a value escaped":           replace(`"local"`, `"loc\u0061l"`),
		"a key more in the facts":   replace(`,"data":{"step":"a"}`, `,"data":{"step":"a"},"x":1`),
		"data doubled":              replace(`,"data":{"step":"a"}`, `,"data":{"step":"a"},"data":{"step":"a"}`),
		"1e2 in data":               replace(`{"step":"a"}`, `{"step":"a","n":1e2}`),
		"01 in data":                replace(`{"step":"a"}`, `{"step":"a","n":01}`),
		"1.0 in data":               replace(`{"step":"a"}`, `{"step":"a","n":1.0}`),
		"a comma behind data":       replace(`{"step":"a"}`, `{"step":"a",}`),
		"NUL in data":               replace(`{"step":"a"}`, "{\"step\":\"a\x00\"}"),
		"16 deep":                   replace(`{"step":"a"}`, `{"step":"a","n":`+strings.Repeat("[", 15)+strings.Repeat("]", 15)+`}`),
		"UTF-8 of a surrogate":      replace(`"local"`, "\"\xed\xa0\x80\""),
	} {
		wantRefused(t, name, forge(strictLine(), nil, change))
	}
}

// TestForged1: nor are the lines of version 1 read in any other spelling.
func TestForged1(t *testing.T) {
	old, err := os.ReadFile(filepath.Join("testdata", "golden1.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	var line string
	for text := range strings.Lines(string(old)) {
		if strings.Contains(text, `"override":{`) {
			line = strings.TrimSuffix(text, "\n")
		}
	}
	e, d, _ := strings.Cut(strings.TrimPrefix(strings.TrimSuffix(line, "}"), `{"e":`), `,"d":`)
	for name, change := range map[string]func(string) string{
		"a blank":             replace(`,"zone"`, ` ,"zone"`),
		"a name that is null": replace(`"name":"Ada"`, `"name":null`),
		"an empty role":       replace(`"role":"commander"`, `"role":""`),
		"via before the role": replace(`"role":"commander","via":"local"`, `"via":"local","role":"commander"`),
		"a key more":          replace(`,"zone"`, `,"x":1,"zone"`),
		"override is null": func(d string) string {
			return d[:strings.Index(d, `"override":`)] + `"override":null` + d[strings.Index(d, `,"data":`):]
		},
		"of is null":            replace(`["out-of-order","undecided"]`, `null`),
		"no reason":             replace(`,"why":"the VPN is already cut"`, ``),
		"reason first":          replace(`{"of":["out-of-order","undecided"],"why":"the VPN is already cut"}`, `{"why":"the VPN is already cut","of":["out-of-order","undecided"]}`),
		"data is a list":        func(d string) string { return d[:strings.Index(d, `"data":`)] + `"data":[]}` },
		"something behind data": func(d string) string { return strings.TrimSuffix(d, "}") + `,"x":1}` },
		"a comma behind data":   func(d string) string { return strings.TrimSuffix(d, "}") + `,}` },
		"a key doubled":         replace(`"data":{`, `"data":{"step":"notify",`),
		"a comma":               func(d string) string { return d + "," },
	} {
		forged := change(d)
		wantRefused(t, name, []byte(`{"e":`+e[:strings.LastIndex(e, `"c":"`)]+`"c":"`+state.Sum([]byte(forged)).String()+`"},"d":`+forged+"}"))
	}
}

// TestOnlySalt: a part has something besides its salt, whatever stands in the others.
// Seal writes it so for an override, too.
func TestOnlySalt(t *testing.T) {
	e := statetest.Entry(state.Head{Seq: 11}, &state.StepDone{StepRef: state.StepRef{Step: "a"}})
	e.Override = &state.Override{Of: []state.Reason{state.OutOfOrder}, Why: "w"}
	_, line, err := state.Seal(e)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := state.Decode(line.Bytes); err != nil {
		t.Errorf("notes that only say why are refused: %v", err)
	}
	wantRefused(t, "notes of only their salt", forge(line.Bytes, nil, replace(`,"override":"w"`, ``)))
	if bytes.Contains(line.Bytes, []byte(`"evidence"`)) {
		t.Errorf("there is a part that says nothing: %s", line.Bytes)
	}
}
