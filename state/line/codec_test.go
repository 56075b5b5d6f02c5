package line_test

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"muster/state"
	"muster/state/statetest"
)

var rewriteGolden = flag.Bool("golden", false, "write testdata/golden.jsonl anew")

// goldenLog is a log with what the format can hold.
func goldenLog() (lines []state.Line) {
	add := func(change func(*state.Entry), data state.Data) {
		var head state.Head
		if n := len(lines); n > 0 {
			head = statetest.Head(lines[n-1])
		}
		e := statetest.Entry(head, data)
		if change != nil {
			change(&e)
		}
		_, line, err := state.Seal(e)
		if err != nil {
			panic(err)
		}
		lines = append(lines, line)
	}
	opening, _ := state.Decode(statetest.Opening("2026-11-24-amber-heron").Bytes)
	add(nil, opening.Data)
	add(func(e *state.Entry) { e.By = state.Actor{Name: state.Muster, Via: "local"} }, &state.SessionOpened{Program: "muster 1", Host: "jump", Boot: "b", Synced: "yes", BootAt: 1795500000000})
	add(nil, &state.StepDone{StepRef: state.StepRef{Step: "shut-down/gisis"}, Values: map[string]string{"by": "Ada", "at": "the rack"}})
	add(func(e *state.Entry) {
		e.Occurred = statetest.Began.Add(-time.Minute)
		e.Override = &state.Override{Of: []state.Reason{state.OutOfOrder, state.Undecided}, Why: "the VPN is already cut"}
	}, &state.StepStarted{StepRef: state.StepRef{Step: "notify"}})
	add(nil, &state.NoteAdded{Text: "<&> \" \\ \b\f\n\r\t\x00\x1f\x7f \u0085\u2028\u2029\ufffd ü 👩‍🚒"})
	add(nil, &state.StepTicked{StepRef: state.StepRef{Step: "notify"}, Item: 2, On: false})
	text, occurred := "", statetest.Began.Add(time.Nanosecond)
	add(nil, &state.EntryAmended{Seq: 5, Text: &text, Occurred: &occurred, Why: "wrong"})
	add(nil, &state.Unknown{Name: "weather.report", Raw: []byte(`{"to":["Bo",null,true,-7],"e":{}}`)})
	return lines
}

// TestGolden: the format does not change by accident.
func TestGolden(t *testing.T) {
	path := filepath.Join("testdata", "golden.jsonl")
	var got []byte
	for _, line := range goldenLog() {
		got = append(append(got, line.Bytes...), '\n')
	}
	if *rewriteGolden {
		if err := os.WriteFile(path, got, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("Seal writes\n%s\nnot\n%s", got, want)
	}
	chain := state.Format().Chain()
	n := 0
	for line := range bytes.Lines(want) {
		if _, err := chain.Next(bytes.TrimSuffix(line, []byte("\n"))); err != nil {
			t.Fatal(err)
		}
		n++
	}
	if last := goldenLog()[n-1]; chain.Head != statetest.Head(last) {
		t.Errorf("the head is %v, not %v", chain.Head, statetest.Head(last))
	}
}

// TestVersion1: logs of version 1 are read as they were, and go on in version 2.
func TestVersion1(t *testing.T) {
	old, err := os.ReadFile(filepath.Join("testdata", "golden1.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	chain := state.Format().Chain()
	n := 0
	for line := range bytes.Lines(old) {
		read, err := chain.Next(bytes.TrimSuffix(line, []byte("\n")))
		if err != nil {
			t.Fatal(err)
		}
		now, err := state.Decode(goldenLog()[n].Bytes)
		if err != nil {
			t.Fatal(err)
		}
		if read.By != now.By || read.When() != now.When() || read.Zone != now.Zone || !reflect.DeepEqual(read.Override, now.Override) || !reflect.DeepEqual(read.Data, now.Data) {
			t.Errorf("entry %d is read as\n%+v\n%+v\nnot\n%+v\n%+v", n+1, read, read.Data, now, now.Data)
		}
		n++
	}
	if n != len(goldenLog()) {
		t.Errorf("%d entries are read", n)
	}
	if _, err := chain.Next(statetest.Note(chain.Head, "goes on").Bytes); err != nil {
		t.Errorf("it does not go on: %v", err)
	}
}

// A cutLine is a line in its pieces, without the hashes that hold them together.
type cutLine struct {
	e     string
	facts string // the content behind the hashes of its parts
	parts []string
	keys  []string
}

// cut takes apart a line with the parts names and, perhaps, notes.
func cut(line []byte) (c cutLine) {
	e, rest, _ := strings.Cut(strings.TrimPrefix(string(line), `{"e":`), `,"d":`)
	at := strings.LastIndex(rest, `,"p":{"names":`)
	_, facts, _ := strings.Cut(rest[:at], "}")
	names, notes, some := strings.Cut(strings.TrimSuffix(rest[at+len(`,"p":{"names":`):], "}}"), `,"notes":`)
	c = cutLine{e: e, facts: facts, parts: []string{names}, keys: []string{"names", "notes"}}
	if some {
		c.parts = append(c.parts, notes)
	}
	return c
}

// join makes a line of the pieces, with the hashes that they need.
func (c cutLine) join(envelope func(string) string) []byte {
	var hashes, parts []string
	for i, part := range c.parts {
		hashes = append(hashes, fmt.Sprintf(`"%s":"%s"`, c.keys[i], state.Sum([]byte(part))))
		parts = append(parts, fmt.Sprintf(`"%s":%s`, c.keys[i], part))
	}
	d := `{"p":{` + strings.Join(hashes, ",") + "}" + c.facts
	e := c.e[:strings.LastIndex(c.e, `"c":"`)] + `"c":"` + state.Sum([]byte(d)).String() + `"}`
	if envelope != nil {
		e = envelope(e)
	}
	return []byte(`{"e":` + e + `,"d":` + d + `,"p":{` + strings.Join(parts, ",") + "}}")
}

// forge makes a line of changed pieces, with the hashes that they need. content
// changes the facts and the parts at once, with separator between them.
func forge(line []byte, envelope, content func(string) string) []byte {
	c := cut(line)
	if content != nil {
		pieces := strings.Split(content(strings.Join(append([]string{c.facts}, c.parts...), separator)), separator)
		c.facts, c.parts = pieces[0], pieces[1:min(len(pieces), 3)]
	}
	return c.join(envelope)
}

const separator = "\x1e"

func replace(old, new string) func(string) string {
	return func(s string) string {
		if !strings.Contains(s, old) {
			panic(fmt.Sprintf("%s has no %s", s, old))
		}
		return strings.Replace(s, old, new, 1)
	}
}

// strictLine is a line of entry 12 that the strictness tables change.
func strictLine() []byte {
	e := statetest.Entry(state.Head{Seq: 11, Hash: state.Sum(nil)}, &state.StepDone{StepRef: state.StepRef{Step: "a"}, Note: "x", Values: map[string]string{"k": "v"}})
	e.Occurred = statetest.Began
	e.Override = &state.Override{Of: []state.Reason{state.OutOfOrder}, Why: "w"}
	_, line, err := state.Seal(e)
	if err != nil {
		panic(err)
	}
	return line.Bytes
}

// TestStrictEnvelope: an envelope has one spelling.
func TestStrictEnvelope(t *testing.T) {
	for name, change := range map[string]func(string) string{
		"upper-case hash":      replace(`"prev":"e3b0`, `"prev":"E3b0`),
		"short hash":           replace(`"prev":"e3b0`, `"prev":"e3b`),
		"upper-case c":         func(e string) string { return e[:len(e)-66] + strings.ToUpper(e[len(e)-66:]) },
		"white space":          replace(`,"seq"`, `, "seq"`),
		"space at the end":     func(e string) string { return e + " " },
		"doubled key":          replace(`"seq":12,`, `"seq":12,"seq":12,`),
		"another case":         replace(`"seq"`, `"Seq"`),
		"escaped key":          replace(`"seq"`, `"s\u0065q"`),
		"other order":          replace(`{"v":2,"seq":12,`, `{"seq":12,"v":2,`),
		"one more key":         replace(`"seq":12,`, `"seq":12,"who":"Eve",`),
		"one more key at last": func(e string) string { return strings.TrimSuffix(e, "}") + `,"who":"Eve"}` },
		"no key":               replace(`"mode":"live",`, ``),
		"leading zero":         replace(`"seq":12`, `"seq":012`),
		"zero":                 replace(`"seq":12`, `"seq":0`),
		"plus":                 replace(`"seq":12`, `"seq":+12`),
		"negative":             replace(`"seq":12`, `"seq":-12`),
		"a fraction":           replace(`"seq":12`, `"seq":12.0`),
		"an exponent":          replace(`"seq":12`, `"seq":12e0`),
		"beyond 2^53":          replace(`"seq":12`, `"seq":9007199254740993`),
		"far beyond":           replace(`"seq":12`, `"seq":92233720368547758080`),
		"a string":             replace(`"seq":12`, `"seq":"12"`),
		"comma in the time":    replace(`18.000000000Z`, `18,000000000Z`),
		"short fraction":       replace(`18.000000000Z`, `18.000Z`),
		"an offset":            replace(`18.000000000Z`, `18.00000000+1`),
		"lower-case z":         replace(`000000000Z`, `000000000z`),
		"space for T":          replace(`24T02`, `24 02`),
		"30 February":          replace(`2026-11-24T`, `2026-02-30T`),
		"29 February":          replace(`2026-11-24T`, `2026-02-29T`),
		"month 13":             replace(`2026-11-24T`, `2026-13-24T`),
		"month 0":              replace(`2026-11-24T`, `2026-00-24T`),
		"day 0":                replace(`2026-11-24T`, `2026-11-00T`),
		"hour 24":              replace(`T02:41:18`, `T24:00:00`),
		"leap second":          replace(`T02:41:18`, `T02:41:60`),
		"another mode":         replace(`"live"`, `"test"`),
		"upper-case mode":      replace(`"live"`, `"Live"`),
		"upper-case kind":      replace(`"step.done"`, `"Step.done"`),
		"empty kind":           replace(`"step.done"`, `""`),
		"escaped kind":         replace(`"step.done"`, `"step\u002edone"`),
		"very long kind":       replace(`"step.done"`, `"`+strings.Repeat("a", 41)+`"`),
		"version 0":            replace(`"v":2`, `"v":0`),
		"version 01":           replace(`"v":2`, `"v":01`),
	} {
		wantRefused(t, name, forge(strictLine(), change, nil))
	}
}

// wantRefused wants line refused by all who read it, alike.
func wantRefused(t *testing.T, name string, line []byte) {
	t.Helper()
	if bytes.Equal(line, strictLine()) {
		t.Errorf("%s: nothing was changed", name)
	}
	e, err := state.Decode(line)
	if err == nil {
		t.Errorf("%s: it was read as %+v\n%s", name, e, line)
		return
	}
	decoder := state.Format().Decoder()
	chain := state.Format().Resume(state.Head{Seq: 11, Hash: state.Sum(nil)}, state.Live)
	_, checked := state.Check(line)
	_, _, withheld := state.Withhold(line, state.PartsOf(state.Notes))
	for by, got := range map[string]error{
		"Check": checked, "Withhold": withheld, "Chain.Verify": chain.Verify(line),
		"Decoder.Decode": decoder.Decode(line, &e), "Decoder.Check": decoder.Check(line, &e),
	} {
		if by != "Chain.Verify" && fmt.Sprint(got) != err.Error() || got == nil {
			t.Errorf("%s: Decode says %v, and %s says %v\n%s", name, err, by, got, line)
		}
	}
}

// TestStrictContent: so has the content, but for keys of a newer version.
func TestStrictContent(t *testing.T) {
	for name, change := range map[string]func(string) string{
		"another key first":    replace(`{"salt"`, `{"who":"Eve","salt"`),
		"white space":          replace(`,"zone"`, ` ,"zone"`),
		"space in the data":    replace(`"data":{`, `"data":{ `),
		"newline in the data":  replace(`"data":{`, "\"data\":{\n"),
		"tab in the override":  replace(`"override":[`, "\"override\":[\t"),
		"another case":         replace(`"note"`, `"Note"`),
		"an escaped key":       replace(`"note"`, `"n\u006fte"`),
		"a doubled key":        replace(`"note":"x"`, `"note":"x","note":"y"`),
		"doubled deeper down":  replace(`{"k":"v"}`, `{"k":"v","k":"w"}`),
		"a key not ASCII":      replace(`"k"`, `"ſ"`), // which Unicode folds to s
		"no name":              replace(`,"by":"Ada"`, ``),
		"an empty role":        replace(`"role":"commander"`, `"role":""`),
		"other order":          replace(`"role":"commander","via":"local"`, `"via":"local","role":"commander"`),
		"one more key":         replace(`"via":"local"`, `"via":"local","x":1`),
		"data is null":         replace(`{"step":"a"}`, `null`),
		"data is a string":     replace(`{"step":"a"}`, `"a"`),
		"data is a list":       replace(`{"step":"a"}`, `[]`),
		"data breaks off":      replace(`{"step":"a"}`, `{"step":"a"`),
		"no data":              replace(`{"step":"a"}`, ``),
		"more after the data":  replace(`{"step":"a"}`, `{"step":"a"},"more":1`),
		"two data":             replace(`{"step":"a"}`, `{"step":"a"}{}`),
		"no data in a part":    replace(`,"data":{"note":"x","values":{"k":"v"}}`, `,"data":{}`),
		"a list in a part":     replace(`{"note":"x","values":{"k":"v"}}`, `[]`),
		"more in a part":       replace(`{"k":"v"}}`, `{"k":"v"}},"more":1`),
		"a part of nothing":    replace(`,"override":"w","data":{"note":"x","values":{"k":"v"}}`, ``),
		"no salt":              replace(`"salt":"AgsAAAAAAAAAAAAAAAAAAA",`, ``),
		"why, and no override": replace(`,"override":["out-of-order"]`, ``),
		"an empty why":         replace(`"override":"w"`, `"override":""`),
		"an override a string": replace(`"override":["out-of-order"]`, `"override":"x"`),
		"no comma":             replace(`"x","values"`, `"x""values"`),
		"two commas":           replace(`"x","values"`, `"x",,"values"`),
		"last comma":           replace(`{"k":"v"}}`, `{"k":"v",}}`),
		"no colon":             replace(`"note":"x"`, `"note""x"`),
		"a fraction":           replace(`"note":"x"`, `"note":"x","n":1.5`),
		"an exponent":          replace(`"note":"x"`, `"note":"x","n":1e5`),
		"minus zero":           replace(`"note":"x"`, `"note":"x","n":-0`),
		"leading zero":         replace(`"note":"x"`, `"note":"x","n":01`),
		"beyond 2^53":          replace(`"note":"x"`, `"note":"x","n":9007199254740993`),
		"a bare word":          replace(`"note":"x"`, `"note":"x","n":NaN`),
		"a needless escape":    replace(`"note":"x"`, `"note":"\u0078"`),
		"an escaped slash":     replace(`"note":"x"`, `"note":"\/"`),
		"a long escape":        replace(`"note":"x"`, `"note":"\u000a"`),
		"upper-case escape":    replace(`"note":"x"`, `"note":"\u001F"`),
		"half a surrogate":     replace(`"note":"x"`, `"note":"\ud800"`),
		"a surrogate pair":     replace(`"note":"x"`, `"note":"\ud83d\ude00"`),
		"an unknown escape":    replace(`"note":"x"`, `"note":"\x41"`),
		"escape at the end":    replace(`"note":"x"`, `"note":"\`),
		"escaped U+2028":       replace(`"note":"x"`, `"note":"\u2028"`),
		"raw control":          replace(`"note":"x"`, "\"note\":\"\x01\""),
		"raw DEL":              replace(`"note":"x"`, "\"note\":\"\x7f\""),
		"raw control, zone":    replace(`"zone":"+`, "\"zone\":\"\x01"),
		"raw DEL, name":        replace(`"by":"Ada"`, "\"by\":\"\x7f\""),
		"needless, name":       replace(`"by":"Ada"`, `"by":"\u0041da"`),
		"invalid UTF-8":        replace(`"note":"x"`, "\"note\":\"\xff\""),
		"overlong UTF-8":       replace(`"note":"x"`, "\"note\":\"\xc0\xaf\""),
		"nested deeply":        replace(`"note":"x"`, `"note":"x","n":`+strings.Repeat("[", 99)+strings.Repeat("]", 99)),
		"unbalanced":           replace(`"note":"x"`, `"note":"x","n":[}`),
		"many keys, one twice": replace(`"note":"x"`, `"note":"x","n":`+manyKeys(100, `,"k7":0`)),
	} {
		wantRefused(t, name, forge(strictLine(), nil, change))
	}
	for name, change := range map[string]func(string) string{
		"keys to come":     replace(`"note":"x"`, `"note":"x","mood":{"x":[1,-2,true,null,"ü"],"y":{}}`),
		"the largest":      replace(`"note":"x"`, `"note":"x","n":-9007199254740992`),
		"escapes":          replace(`"note":"x"`, `"note":"\"\\\b\f\n\r\t\u0000\u001f\u007f"`),
		"raw U+2028":       replace(`"note":"x"`, "\"note\":\"\u2028\""),
		"many keys":        replace(`"note":"x"`, `"note":"x","n":`+manyKeys(100, "")),
		"another step key": replace(`"step":"a"`, `"also":"b","step":"a"`),
	} {
		line := forge(strictLine(), nil, change)
		if e, err := state.Decode(line); err != nil || e.Data.(*state.StepDone).Step != "a" {
			t.Errorf("%s: %v\n%s", name, err, line)
		}
	}
}

// TestSaltAndTime: who looks at a line's spelling alone sees salts and times too.
func TestSaltAndTime(t *testing.T) {
	for name, change := range map[string]func(string) string{
		"short salt":          replace(`{"salt":"AQsA`, `{"salt":"AQs`),
		"padded salt":         replace(`AAAA","by"`, `AA==","by"`),
		"salt with bits over": replace(`AA","by"`, `AB","by"`),
		"standard base64":     replace(`{"salt":"AQ`, `{"salt":"+/`),
		"occurred, an offset": replace(`"occurred":"2026-11-24T02:41:07Z"`, `"occurred":"2026-11-24T02:41:07+00:00"`),
		"occurred, zeros":     replace(`"occurred":"2026-11-24T02:41:07Z"`, `"occurred":"2026-11-24T02:41:07.000Z"`),
		"occurred, comma":     replace(`"occurred":"2026-11-24T02:41:07Z"`, `"occurred":"2026-11-24T02:41:07,5Z"`),
		"occurred, year one":  replace(`"occurred":"2026-11-24T02:41:07Z"`, `"occurred":"0001-01-01T00:00:00Z"`),
		"occurred, long":      replace(`"occurred":"2026`, `"occurred":"`+strings.Repeat("2026", 20)),
		"a blank in a salt":   replace(`{"salt":"AQ`, `{"salt":" Q`),
		"no salt":             replace(`{"salt":"AQsA`, `{"salt":"","x":"AQsA`),
		"another's ending":    replace(`AA","by"`, `AAé,"by"`),
	} {
		line := forge(strictLine(), nil, change)
		e, err := state.Decode(line)
		if err == nil {
			t.Errorf("%s: it was read as %+v\n%s", name, e, line)
		}
		if _, checked := state.Check(line); fmt.Sprint(checked) != fmt.Sprint(err) {
			t.Errorf("%s: Decode says %v, and Check %v", name, err, checked)
		}
	}
}

// TestUnread: what only the reader of the content refuses. The comment of Check lists it.
func TestUnread(t *testing.T) {
	for name, change := range map[string]func(string) string{
		"a fact in a part":    replace(`{"note":"x"`, `{"step":"b","note":"x"`),
		"a note in the facts": replace(`{"step":"a"}`, `{"step":"a","note":"y"}`),
		"a note of two parts": replace(`,"by":"Ada"`, `,"by":"Ada","data":{"note":"y"}`),
		"an empty note apart": replace(`"note":"x"`, `"note":""`),
		"a wrong type":        replace(`"note":"x"`, `"note":1`),
		"a number for data":   replace(`{"step":"a"}`, `{"step":7}`),
	} {
		line := forge(strictLine(), nil, change)
		e, err := state.Decode(line)
		if err == nil {
			t.Errorf("%s: it was read as %+v\n%s", name, e, line)
		}
		if again := state.Format().Decoder().Decode(line, &e); fmt.Sprint(again) != fmt.Sprint(err) {
			t.Errorf("%s: Decode says %v, and a Decoder %v", name, err, again)
		}
		if _, err := state.Check(line); err != nil {
			t.Errorf("%s: Check looks at it and says %v", name, err)
		}
	}
}

func manyKeys(n int, more string) string {
	var keys []string
	for i := range n {
		keys = append(keys, fmt.Sprintf(`"k%d":0`, i))
	}
	return "{" + strings.Join(keys, ",") + more + "}"
}

// TestStrictLine: and so has the line around them.
func TestStrictLine(t *testing.T) {
	line := string(strictLine())
	for name, bad := range map[string]string{
		"nothing": "", "half": line[:len(line)/2], "all but its end": line[:len(line)-1], "more": line + " ", "twice": line + line,
		"a carriage return": line + "\r", "white space first": " " + line, "other order": `{"d":null,"e":{}}`, "not JSON": "hello", "null": "null",
		"another's note": strings.Replace(line, `"note":"x"`, `"note":"y"`, 1), "another's step": strings.Replace(line, `"step":"a"`, `"step":"b"`, 1),
		"another key": strings.Replace(line, `,"d":`, `,"f":0,"d":`, 1), "d in upper case": strings.Replace(line, `,"d":`, `,"D":`, 1), "nul": line + "\x00",
	} {
		wantRefused(t, name, []byte(bad))
	}
	newer := forge([]byte(line), replace(`"v":2`, `"v":3`), nil)
	if _, err := state.Decode(newer); err == nil || !strings.Contains(err.Error(), "newer muster") {
		t.Errorf("a newer version: %v", err)
	}
}

func TestTooLong(t *testing.T) {
	room := func(data func(text string) state.Data, n int) error {
		_, line, err := state.Seal(statetest.Entry(state.Head{Seq: 11}, data(strings.Repeat("x", n))))
		if err == nil {
			if _, err := state.Decode(line.Bytes); err != nil {
				t.Errorf("a line of %d bytes is sealed and not read: %v", len(line.Bytes), err)
			}
		}
		return err
	}
	note := func(text string) state.Data { return &state.NoteAdded{Text: text} }
	book := func(text string) state.Data { return &state.RunbookAttached{Runbook: state.Document{Text: text}} }
	if err := room(note, state.MaxLine-800); err != nil {
		t.Error(err)
	}
	if err := room(note, state.MaxLine); !errors.Is(err, state.ErrTooLong) {
		t.Errorf("a long note: %v", err)
	}
	if err := room(book, state.MaxRunbookLine-1200); err != nil {
		t.Error(err)
	}
	if err := room(book, state.MaxRunbookLine); !errors.Is(err, state.ErrTooLong) {
		t.Errorf("a long runbook: %v", err)
	}
	long := strings.Repeat("x", state.MaxLine)
	wantRefused(t, "a long note", forge(statetest.Note(state.Head{Seq: 11}, "x").Bytes, nil, replace(`"text":"x"`, `"text":"`+long+`"`)))
}

// TestSealRefuses: what is not UTF-8 is refused, not replaced.
func TestSealRefuses(t *testing.T) {
	for name, change := range map[string]func(*state.Entry){
		"data": func(e *state.Entry) { e.Data = &state.NoteAdded{Text: "a\xff"} },
		"name": func(e *state.Entry) { e.By.Name = "\xc3" },
		"zone": func(e *state.Entry) { e.Zone = "\xed\xa0\x80" },
		"why":  func(e *state.Entry) { e.Override = &state.Override{Why: "\xf8"} },
		"none": func(e *state.Entry) { e.Data = nil },
		"key":  func(e *state.Entry) { e.Data = &state.StepDone{Values: map[string]string{"\xff": ""}} },
	} {
		e := statetest.Entry(state.Head{}, &state.NoteAdded{Text: "a"})
		change(&e)
		if _, line, err := state.Seal(e); err == nil {
			t.Errorf("%s: it was sealed as %s", name, line.Bytes)
		}
	}
}

// TestRoundTrip: what is sealed reads back as it was, and seals to the same line.
func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		entries, lines := statetest.Entries(t, rapid.IntRange(1, 5).Draw(t, "entries"))
		chain, quick := state.Format().Chain(), state.Format().Chain()
		for i, line := range lines {
			read, err := chain.Next(line.Bytes)
			if err != nil {
				t.Fatalf("%v: %s", err, line.Bytes)
			}
			if err := quick.Verify(line.Bytes); err != nil || quick.Head != chain.Head {
				t.Fatalf("Verify: %v: %s", err, line.Bytes)
			}
			wantEqual(t, read, entries[i])
			again, resealed, err := state.Seal(read)
			if err != nil || !bytes.Equal(resealed.Bytes, line.Bytes) || again.Hash != line.Hash {
				t.Fatalf("%s\nis sealed again as\n%s\n%v", line.Bytes, resealed.Bytes, err)
			}
		}
	})
}

// wantEqual compares two entries; an empty map is as good as none.
func wantEqual(t *rapid.T, got, want state.Entry) {
	if fmt.Sprint(got.Recorded, got.Occurred) != fmt.Sprint(want.Recorded, want.Occurred) {
		t.Fatalf("the times are %v, %v, not %v, %v", got.Recorded, got.Occurred, want.Recorded, want.Occurred)
	}
	got.Recorded, got.Occurred = want.Recorded, want.Occurred
	for _, e := range []*state.Entry{&got, &want} {
		switch data := e.Data.(type) {
		case *state.StepDone:
			e.Data = &state.StepDone{StepRef: data.StepRef, Note: data.Note + fmt.Sprint(data.Values)}
		case *state.StepAnswered:
			e.Data = &state.StepAnswered{StepRef: data.StepRef, Option: data.Option, Note: data.Note + fmt.Sprint(data.Values)}
		case *state.IncidentOpened:
			e.Data = &state.IncidentOpened{ID: data.ID, Title: data.Title + fmt.Sprint(data.Inputs), Severity: data.Severity, Program: data.Program, Runbook: data.Runbook}
		}
	}
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("%+v\ncame back as\n%+v\n%+v\n%+v", want, got, want.Data, got.Data)
	}
}

// TestLikeJQ: a reviewer's jq and sha256sum see the bytes that were hashed.
func TestLikeJQ(t *testing.T) {
	jq, err := exec.LookPath("jq")
	if err != nil {
		t.Skip("there is no jq")
	}
	var log, envelopes, contents, parts bytes.Buffer
	take := func(lines []state.Line) {
		for _, line := range lines {
			e, rest, _ := strings.Cut(strings.TrimSuffix(strings.TrimPrefix(string(line.Bytes), `{"e":`), "}"), `,"d":`)
			at := strings.LastIndex(rest, `,"p":{"names":`)
			fmt.Fprintf(&log, "%s\n", line.Bytes)
			fmt.Fprintf(&envelopes, "%s\n", e)
			fmt.Fprintf(&contents, "%s\n", rest[:at])
			fmt.Fprintf(&parts, "%s\n", rest[at+len(`,"p":`):])
		}
	}
	take(goldenLog())
	rapid.Check(t, func(t *rapid.T) {
		_, lines := statetest.Entries(t, 3)
		take(lines)
	})
	for part, want := range map[string]string{".e": envelopes.String(), ".d": contents.String(), ".p": parts.String()} {
		cmd := exec.Command(jq, "-c", part)
		cmd.Stdin = bytes.NewReader(log.Bytes())
		got, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != want {
			at := 0
			for at < len(got) && at < len(want) && got[at] == want[at] {
				at++
			}
			from := max(0, at-60)
			t.Errorf("jq %s prints …%q where the line has …%q", part, got[from:min(len(got), at+60)], want[from:min(len(want), at+60)])
		}
	}
}

// FuzzDecode: no line makes Decode panic, and what it takes has one meaning. The
// content is also tried in an envelope that fits it.
func FuzzDecode(f *testing.F) {
	for _, line := range goldenLog() {
		c := cut(line.Bytes)
		f.Add(line.Bytes, string(line.Kind))
		f.Add([]byte(strings.Join(append([]string{c.facts}, c.parts...), separator)), string(line.Kind))
	}
	f.Fuzz(func(t *testing.T, text []byte, kind string) {
		stable(t, text)
		stable(t, forge(strictLine(), replace("step.done", kind), func(string) string { return string(text) }))
	})
}

// remade is the line of an entry as memory has it.
func remade(e state.Entry) []byte {
	if e.Verbatim != "" {
		return []byte(e.Verbatim)
	}
	_, line, err := state.Seal(e)
	if err != nil {
		return []byte(err.Error())
	}
	return line.Bytes
}

// TestVerbatim: what Seal writes again as it lies is not kept beside its entry, and all
// else is: version 1, what lacks parts, and what another version would write.
func TestVerbatim(t *testing.T) {
	kept := func(line []byte) bool {
		e, err := state.Decode(line)
		if err != nil {
			t.Fatalf("%v: %q", err, line)
		}
		if again := remade(e); !bytes.Equal(again, line) {
			t.Errorf("from memory it would be written\n%q\nnot\n%q", again, line)
		}
		return e.Verbatim != ""
	}
	for _, line := range goldenLog() {
		if kept(line.Bytes) {
			t.Errorf("it is kept twice: %s", line.Bytes)
		}
		copied, _, err := state.Withhold(line.Bytes, state.AllParts)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(copied, line.Bytes) && !kept(copied) {
			t.Errorf("it is not kept: %s", copied)
		}
	}
	old, err := os.ReadFile(filepath.Join("testdata", "golden1.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	for line := range bytes.Lines(old) {
		if !kept(bytes.TrimSuffix(line, []byte("\n"))) {
			t.Errorf("it is not kept: %s", line)
		}
	}
	for _, c := range []struct{ was, is string }{
		{`"item":2`, `"item":2,"later":"a key of a version to come"`},
		{`"step":"notify","item":2`, `"item":2,"step":"notify"`},
		{`"on":false`, `"on":false,"later":""`},
		{`"item":2`, `"item":0`}, // it is written again so, and is not kept
	} {
		line := forge(goldenLog()[5].Bytes, func(e string) string { return e }, replace(c.was, c.is))
		if got, want := kept(line), c.is != `"item":0`; got != want {
			t.Errorf("%s: kept is %v", c.is, got)
		}
	}
}

// stable wants that a line that is read says the same again once it is sealed again.
func stable(t *testing.T, line []byte) {
	e, err := state.Decode(line)
	if err != nil {
		return
	}
	if whole := remade(e); !bytes.Equal(whole, line) {
		t.Fatalf("from memory it would be written\n%q\nnot\n%q", whole, line)
	}
	if e.Withheld != 0 || bytes.HasPrefix(line, []byte(`{"e":{"v":1`)) {
		return
	}
	if checked, err := state.Check(line); err != nil || checked.Hash != e.Hash {
		t.Fatalf("Decode takes it, Check says %v: %q", err, line)
	}
	_, again, err := state.Seal(e)
	if err != nil {
		t.Fatalf("it is read and not sealed: %v: %q", err, line)
	}
	read, err := state.Decode(again.Bytes)
	if err != nil {
		t.Fatalf("sealed again it is not read: %v: %q", err, line)
	}
	e.Hash, e.Verbatim = read.Hash, ""
	for i := range e.Salts {
		if read.Salts[i] == (state.Salt{}) { // a part of which nothing is known is not sealed again
			e.Salts[i] = read.Salts[i]
		}
	}
	if _, third, err := state.Seal(read); err != nil || !bytes.Equal(third.Bytes, again.Bytes) || !reflect.DeepEqual(e, read) {
		t.Fatalf("it is read as\n%+v\nand again as\n%+v\n%q", e, read, line)
	}
	spelt, respelt := cut(line), cut(again.Bytes)
	spelt.facts, _, _ = strings.Cut(spelt.facts, `,"data":`)
	respelt.facts, _, _ = strings.Cut(respelt.facts, `,"data":`)
	if spelt.facts != respelt.facts {
		t.Fatalf("%q\nis sealed again as\n%q", line, again.Bytes)
	}
}
