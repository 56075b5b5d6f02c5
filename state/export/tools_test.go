package export_test

import (
	"encoding/csv"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"muster/state"
	"muster/state/export"
)

// breaks are what some program takes for the end of a line.
const breaks = "\n\r\v\f\x1c\x1d\x1e\u0085\u2028\u2029"

// events reads a file for Timesketch back, and holds it to what its importer asks for.
func events(t interface{ Fatalf(string, ...any) }, text string) []map[string]any {
	var list []map[string]any
	types := map[string]string{}
	for line := range strings.Lines(text) {
		var event map[string]any
		if err := json.Unmarshal([]byte(line), &event); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		for key, value := range event {
			kind := "text"
			switch value := value.(type) {
			case float64:
				kind = "number"
			case []any:
				kind = "list"
				for _, tag := range value {
					if tag, ok := tag.(string); !ok || tag == "" {
						t.Fatalf("the tag %v", tag)
					}
				}
				if len(value) == 0 {
					t.Fatalf("no tag")
				}
			case string:
				if len(value) >= 32766 || value == "" {
					t.Fatalf("%s has %d bytes", key, len(value))
				}
			default:
				kind = "other"
			}
			if was := types[key]; was != "" && was != kind || kind == "other" {
				t.Fatalf("%s is %s, and was %s", key, kind, was)
			}
			types[key] = kind
			if strings.HasPrefix(key, "_") || key == "label" || key == "timestamp" {
				t.Fatalf("the key %s is Timesketch's own", key)
			}
		}
		if event["message"] == nil || event["timestamp_desc"] != "Occurred" {
			t.Fatalf("event %v", event)
		}
		if at, err := time.Parse("2006-01-02T15:04:05.000-07:00", event["datetime"].(string)); err != nil || at.IsZero() {
			t.Fatalf("datetime %v: %v", event["datetime"], err)
		}
		list = append(list, event)
	}
	return list
}

// cases reads a file for DFIR-IRIS back as its importer does: by lines of every kind first,
// of which each is a row.
func cases(t interface{ Fatalf(string, ...any) }, text string, columns int) [][]string {
	lines := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(breaks, r) })
	all, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil || len(all) != len(lines) {
		t.Fatalf("%d rows on %d lines: %v", len(all), len(lines), err)
	}
	for _, row := range all {
		if len(row) != columns {
			t.Fatalf("%d columns: %q", len(row), row)
		}
	}
	return all[1:]
}

const irisHead = "event_date,event_tz,event_title,event_category,event_content,event_raw,event_source,event_assets,event_iocs,event_tags\n"

// checkIRIS holds both files to what DFIR-IRIS's importers ask for.
func checkIRIS(t interface{ Fatalf(string, ...any) }, timeline, assets string) (rows, known [][]string) {
	if !strings.HasPrefix(timeline, irisHead) || !strings.HasPrefix(assets, "asset_name,asset_type_name,asset_description,asset_ip,asset_domain,asset_tags\n") {
		t.Fatalf("the head is %.200q, %.200q", timeline, assets)
	}
	rows, known = cases(t, timeline, 10), cases(t, assets, 6)
	names := map[string]bool{}
	for _, row := range known {
		if key := strings.ToLower(row[0]); row[0] == "" || strings.TrimSpace(row[0]) != row[0] || strings.Contains(row[0], ";") || names[key] {
			t.Fatalf("the asset %q", row[0])
		}
		names[strings.ToLower(row[0])], names[row[0]] = true, true
	}
	for _, row := range rows {
		if _, err := time.Parse("2006-01-02T15:04:05.000", row[0]); err != nil || row[1] != "+00:00" || utf8.RuneCountInString(row[2]) < 2 {
			t.Fatalf("row %q: %v", row, err)
		}
		if !slices.Contains([]string{"Unspecified", "Legitimate", "Remediation", "Impact"}, row[3]) || row[7] != "" && !names[row[7]] || row[8] != "" {
			t.Fatalf("category %q, asset %q, IOC %q", row[3], row[7], row[8])
		}
		if tags := strings.Split(row[9], "|"); slices.Contains(tags, "") || strings.ContainsAny(row[9], ",;") {
			t.Fatalf("tags %q", row[9])
		}
	}
	return rows, known
}

// A component is one of a calendar, with its properties as their texts.
type component struct {
	name  string
	props map[string]string
	inner []component
}

// calendar reads a calendar back, and holds it to RFC 5545.
func calendar(t interface{ Fatalf(string, ...any) }, text string) component {
	if !strings.HasSuffix(text, "\r\n") || strings.Count(text, "\n") != strings.Count(text, "\r\n") || strings.Count(text, "\r") != strings.Count(text, "\r\n") {
		t.Fatalf("lines do not end in CRLF")
	}
	var lines []string
	for _, line := range strings.Split(strings.TrimSuffix(text, "\r\n"), "\r\n") {
		if len(line) > 75 || !utf8.ValidString(line) {
			t.Fatalf("a line of %d bytes: %q", len(line), line)
		}
		if rest, ok := strings.CutPrefix(line, " "); ok {
			lines[len(lines)-1] += rest
		} else {
			lines = append(lines, line)
		}
	}
	stack := []component{{}}
	unescape := strings.NewReplacer(`\\`, `\`, `\;`, ";", `\,`, ",", `\n`, "\n")
	for _, line := range lines {
		name, value, ok := strings.Cut(line, ":")
		top := &stack[len(stack)-1]
		switch {
		case !ok || !regexp.MustCompile(`^[A-Z-]+$`).MatchString(name):
			t.Fatalf("the line %q", line)
		case name == "BEGIN":
			stack = append(stack, component{name: value, props: map[string]string{}})
		case name == "END":
			if top.name != value || len(stack) < 2 {
				t.Fatalf("END of %s in %s", value, top.name)
			}
			done := *top
			stack = stack[:len(stack)-1]
			stack[len(stack)-1].inner = append(stack[len(stack)-1].inner, done)
		default:
			if _, twice := top.props[name]; twice {
				t.Fatalf("%s stands twice in %s", name, top.name)
			}
			if bare := regexp.MustCompile(`\\[\\;,n]`).ReplaceAllString(value, ""); name != "PRODID" && name != "TRIGGER" && strings.ContainsAny(bare, `\;,`) {
				t.Fatalf("%s is not escaped: %q", name, value)
			}
			top.props[name] = unescape.Replace(value)
		}
	}
	if len(stack) != 1 || len(stack[0].inner) != 1 || stack[0].inner[0].name != "VCALENDAR" {
		t.Fatalf("it is no calendar: %s", text)
	}
	whole := stack[0].inner[0]
	seen := map[string]bool{}
	for _, c := range whole.inner {
		uid := c.props["UID"]
		if !regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`).MatchString(uid) || seen[uid] {
			t.Fatalf("the uid %q", uid)
		}
		seen[uid] = true
		for _, at := range []string{"DTSTAMP", "DTSTART"} {
			if _, err := time.Parse("20060102T150405Z", c.props[at]); err != nil {
				t.Fatalf("%s: %v", at, err)
			}
		}
		if c.name == "VEVENT" && len(c.inner) == 0 {
			t.Fatalf("%v has no alarm", c)
		}
	}
	if len(whole.inner) == 0 || whole.inner[0].name != "VJOURNAL" {
		t.Fatalf("what it is of is not said")
	}
	return whole
}

// TestToolsTakeIt: what is written for other tools is as their importers read it, whatever
// is in the log and whatever is withheld from it, and says what it is of.
func TestToolsTakeIt(t *testing.T) {
	logs := map[string]*scribe{"live": story(t, state.Live, ""), "drill": story(t, state.Drill, ""), "hostile": story(t, state.Drill, hostileFlavour)}
	rapid.Check(t, func(rt *rapid.T) {
		s := logs[rapid.SampledFrom([]string{"live", "drill", "hostile"}).Draw(rt, "log")]
		upTo := rapid.IntRange(1, len(s.lines)).Draw(rt, "lines")
		part := &scribe{tb: t, lines: s.lines[:upTo]}
		sets := rapid.SliceOfN(rapid.SampledFrom([]state.Parts{0, 0, 0, state.AllParts, state.PartsOf(state.Names), state.PartsOf(state.Procedure)}), upTo, upTo).Draw(rt, "sets")
		inc := part.copied(func(seq uint64) state.Parts { return sets[seq-1] })
		drill := inc.Log[0].Mode == state.Drill
		lines := written(t, inc, export.Timesketch, export.Options{})
		list := events(rt, lines)
		if zeros.MatchString(lines) {
			rt.Fatalf("a hash of nothing: %s", lines)
		}
		rows, _ := checkIRIS(rt, written(t, inc, export.IRIS, export.Options{}), written(t, inc, export.IRISAssets, export.Options{}))
		if len(list) != upTo || len(rows) != upTo {
			rt.Fatalf("%d events and %d rows of %d entries", len(list), len(rows), upTo)
		}
		for i := range list {
			message, head := list[i]["message"].(string), inc.Head.Hash.Code()
			if strings.HasPrefix(message, "EXERCISE") != drill || strings.HasPrefix(rows[i][2], "EXERCISE") != drill || strings.Contains(rows[i][9], "EXERCISE") != drill {
				rt.Fatalf("a drill: %t: %s, %q", drill, message, rows[i])
			}
			if list[i]["log_code"] != head || list[i]["log_entries"] != string(appendInt(upTo)) || !strings.Contains(rows[i][6], head) {
				rt.Fatalf("entry %d does not say what it is of: %v, %q", i+1, list[i], rows[i])
			}
		}
		for _, c := range calendar(rt, written(t, inc, export.ICS, export.Options{})).inner {
			if strings.HasPrefix(c.props["SUMMARY"], "EXERCISE: ") != drill || !strings.Contains(c.props["DESCRIPTION"], inc.Head.Hash.Code()) {
				rt.Fatalf("a drill: %t: %v", drill, c)
			}
		}
	})
}

func appendInt(n int) []byte { text, _ := json.Marshal(n); return text }

// TestToolsSayFacts: the facts of some entries, by the keys that the tools know.
func TestToolsSayFacts(t *testing.T) {
	inc := story(t, state.Live, "").incident()
	list := events(t, written(t, inc, export.Timesketch, export.Options{}))
	for seq, want := range map[int]map[string]any{
		1:  {"seq": 1.0, "kind": "incident.opened", "person": "Ada"},
		12: {"service": "GISIS database", "service_state": "affected", "mode": "live", "tlp": "AMBER+STRICT"},
		17: {"datetime": "2026-11-24T02:26:00.000+00:00", "written_occurred_utc": "2026-11-24T02:35:30.000+00:00"},
		14: {"retracted_by": 15.0},
	} {
		for key, value := range want {
			if got := list[seq-1][key]; got != value {
				t.Errorf("%s of entry %d is %v, want %v", key, seq, got, value)
			}
		}
	}
	if message := list[13]["message"].(string); !strings.HasPrefix(message, "RETRACTED by entry 15: ") {
		t.Errorf("what was taken back is told as %q", message)
	}
	rows, assets := checkIRIS(t, written(t, inc, export.IRIS, export.Options{}), written(t, inc, export.IRISAssets, export.Options{}))
	if rows[11][3] != "Impact" || rows[11][7] != "GISIS database" || rows[16][0] != "2026-11-24T02:26:00.000" || !strings.Contains(rows[13][2], "RETRACTED") {
		t.Errorf("rows are %q, %q, %q", rows[11], rows[16], rows[13])
	}
	if len(assets) != len(inc.Services) || assets[0][0] != "GISIS database" {
		t.Errorf("the assets are %q", assets)
	}
	some := export.Options{Choice: state.Choice{Kind: "service"}}
	few := events(t, written(t, inc, export.Timesketch, some))
	if rows, _ := checkIRIS(t, written(t, inc, export.IRIS, some), written(t, inc, export.IRISAssets, some)); len(few) != len(rows) || len(few) == 0 || len(few) == len(list) {
		t.Errorf("of services there are %d and %d", len(few), len(rows))
	}
}

// TestAssetsAreOne: services whose titles are one for DFIR-IRIS are one asset there.
func TestAssetsAreOne(t *testing.T) {
	s := &scribe{tb: t, now: day}
	runbook := "title = \"x\"\n[[service]]\nid = \"a\"\ntitle = \"Mail; in\"\n[[service]]\nid = \"b\"\ntitle = \"MAIL, in\"\n[[phase]]\ntitle = \"p\"\n[[phase.step]]\ntitle = \"s\"\n"
	s.do("Ada", state.OpenIncident{ID: "2026-11-24-amber-heron", Mode: state.Live, Runbook: document("small", runbook)})
	s.do("Ada", state.SetService{Service: "b", State: state.Affected, Why: "x"})
	rows, assets := checkIRIS(t, written(t, s.incident(), export.IRIS, export.Options{}), written(t, s.incident(), export.IRISAssets, export.Options{}))
	if len(assets) != 1 || rows[1][7] != assets[0][0] {
		t.Errorf("assets %q, and the event is about %q", assets, rows[1][7])
	}
}

// TestCalendar: what is due is there with its time, what is over is not, and what a later
// export has again is the same event.
func TestCalendar(t *testing.T) {
	s := &scribe{tb: t, now: day}
	s.do("Ada", state.OpenIncident{ID: "2026-11-24-amber-heron", Mode: state.Live, Runbook: document("small", book(""))})
	summary := func() map[string]component {
		found := map[string]component{}
		for _, c := range calendar(t, written(t, s.incident(), export.ICS, export.Options{})).inner[1:] {
			found[c.props["SUMMARY"]] = c
		}
		return found
	}
	board := summary()["Tell the board"]
	if board.props["DTSTART"] != "20261124T021630Z" || len(board.inner) != 4 || board.inner[3].props["TRIGGER"] != "PT0S" || board.inner[0].props["TRIGGER"] != "-PT1440M" {
		t.Fatalf("the board's clock is %v", board)
	}
	back, title := day.Add(3*time.Hour), `ask; "again", \ at once`
	s.do("Ada", state.SetTimer{Title: title, Due: day.Add(2 * time.Hour)})
	s.do("Ada", state.CallContact{Contact: "cert", Outcome: state.CallBack, CallBack: &back})
	now := summary()
	if timer := now[title]; timer.props["DTSTART"] != "20261124T040000Z" || timer.inner[1].props["DESCRIPTION"] != "Due now: "+title {
		t.Errorf("the timer is %v", timer)
	}
	if call := now["Call back: National CERT"]; call.props["DTSTART"] != "20261124T050000Z" {
		t.Errorf("the call back is %v of %v", call, now)
	}
	if again := now["Tell the board"]; again.props["UID"] != board.props["UID"] || again.props["SEQUENCE"] == board.props["SEQUENCE"] {
		t.Errorf("the same clock is %v, and was %v", again, board)
	}
	s.do("Ada", state.EndTimer{Timer: "timer-1", Why: "x"})
	s.do("Ada", state.MeetClock{Clock: "board", Why: "x"})
	s.do("Ada", state.CallContact{Contact: "cert", Outcome: state.Reached})
	if left := summary(); len(left) != 0 {
		t.Errorf("what is over is still there: %v", left)
	}
	far := story(t, state.Live, "")
	for _, c := range calendar(t, written(t, far.incident(), export.ICS, export.Options{})).inner {
		if c.props["SUMMARY"] == "Update promised: Holding statement" && far.inc.Closed != nil {
			t.Error("an update is promised by an incident that is closed")
		}
	}
}

// TestNoAlarmBeforeItWasSet: a timer of ten minutes does not ring a quarter of an hour before.
func TestNoAlarmBeforeItWasSet(t *testing.T) {
	s := &scribe{tb: t, now: day}
	s.do("Ada", state.OpenIncident{ID: "2026-11-24-amber-heron", Mode: state.Live, Runbook: document("long", "title = \"T\"\n[[phase]]\ntitle = \"One\"\n[[phase.step]]\ntitle = \"S\"\n")})
	s.do("Ada", state.SetTimer{Title: "short", Due: s.now.Add(10 * time.Minute)})
	s.do("Ada", state.SetTimer{Title: "long", Due: s.now.Add(time.Hour)})
	for _, c := range calendar(t, written(t, s.inc, export.ICS, export.Options{})).inner {
		if want, timer := map[string]int{"short": 1, "long": 2}[c.props["SUMMARY"]]; timer && len(c.inner) != want {
			t.Errorf("%s has %d alarms, want %d", c.props["SUMMARY"], len(c.inner), want)
		}
	}
}
