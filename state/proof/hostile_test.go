package proof

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"muster/runbooks"
	"muster/state"
	"muster/state/clean"
	"muster/state/export"
	"muster/state/statetest"
)

const hostileID = "2026-11-24-amber-heron"

// hostileBook is a runbook that has the text wherever a runbook can have any.
func hostileBook(text string) []byte {
	quoted := strconv.QuoteToASCII(text)
	quoted = regexp.MustCompile(`\\x([0-9a-f]{2})`).ReplaceAllString(quoted, `\u00$1`)
	quoted = strings.NewReplacer(`\a`, `\u0007`, `\v`, `\u000b`).Replace(quoted)
	return []byte(strings.ReplaceAll(`
schema = 1
title = TEXT
summary = TEXT
owner = TEXT
tags = [TEXT]
references = [TEXT]
[[role]]
id = "commander"
title = TEXT
duties = TEXT
[[input]]
id = "org"
prompt = TEXT
[[service]]
id = "gisis"
title = TEXT
shutdown = TEXT
restore = TEXT
[[contact]]
id = "cert"
title = TEXT
reach = ["tel:+44 20 555 0100"]
[[clock]]
id = "gdpr"
title = TEXT
within = "72h"
starts = "manual"
source = TEXT
[[notice]]
id = "holding"
title = TEXT
audience = "public"
channel = TEXT
text = TEXT
[[phase]]
title = TEXT
goal = TEXT
[[phase.step]]
id = "look"
title = TEXT
text = TEXT
checklist = [TEXT]
command = TEXT
done_when = TEXT
[[phase.step]]
id = "decide"
kind = "decision"
title = TEXT
options = [{ id = "yes", title = TEXT }]
`, "TEXT", quoted))
}

// A hostileLog is an incident with the text in every field of every kind of entry,
// twice: with ids that are text too, and with ids that exist.
type hostileLog struct {
	incident *state.Incident
	content  []byte // the log's file
}

func newHostileLog(t *testing.T, text string) hostileLog {
	t.Helper()
	book := hostileBook(text)
	if _, problems := runbooks.Parse("hostile.toml", book); problems.Err() != nil {
		book = hostileBook("plain") // the reader refuses it: it never gets further
	}
	var l hostileLog
	l.incident = new(state.Incident)
	l.add(t, text, &state.IncidentOpened{ID: text, Title: text, Severity: "SEV1", Inputs: map[string]string{"org": text}, Program: text,
		Runbook: state.Document{ID: "hostile", Source: text, SHA256: state.Sum(book), Text: string(book)}})
	l.add(t, text, &state.NoteAdded{Text: text})
	ids := world{"Step": "look", "Service": "gisis", "Role": "commander", "Notice": "holding", "Contact": "cert", "Clock": "gdpr", "Timer": "timer-2",
		"Phase": "1", "Prefix": "", "State": "restored", "Known": "affected", "Severity": "SEV2", "Outcome": "reached"}
	for _, w := range []world{ids, nil} {
		for _, kind := range state.Kinds() {
			data := dataOf(t, kind)
			fill(reflect.ValueOf(data).Elem(), "", text, w)
			if kind != state.KindIncidentOpened && kind != state.KindEntryRetracted {
				l.add(t, text, data)
			}
		}
	}
	raw, err := jsonString(text)
	if err == nil {
		l.add(t, text, &state.Unknown{Name: "weather.report", Raw: []byte(`{"who":` + raw + `}`)})
	}
	return l
}

// jsonString is text as a JSON string in the log's own writing.
func jsonString(text string) (string, error) {
	_, line, err := state.Seal(state.Entry{Seq: 1, Recorded: time.Unix(0, 0).UTC(), Data: &state.NoteAdded{Text: text}, Frame: &state.Frame{Mode: state.Live, Kind: state.KindNoteAdded, By: state.Actor{Name: "Ada", Via: "local"}, Zone: "UTC"}})
	_, rest, _ := bytes.Cut(line.Bytes, []byte(`{"text":`))
	return string(bytes.TrimSuffix(rest, []byte("}}}}"))), err
}

// add appends an entry, as no Decide need have made it. One that no log can hold is
// left out.
func (l *hostileLog) add(t *testing.T, text string, data state.Data) {
	t.Helper()
	head := l.incident.Head
	e := state.Entry{Seq: head.Seq + 1, Recorded: time.Date(2026, 11, 24, 2, 31, int(head.Seq)%60, 0, time.UTC), Data: data, Frame: &state.Frame{Mode: state.Live, Kind: data.Kind(), By: state.Actor{Name: clean.Bounded(text, 100), Role: text, Via: text}, Zone: text, Occurred: time.Date(2026, 11, 24, 2, 30, 0, 0, time.UTC), Override: &state.Override{Of: []state.Reason{state.Reason(text)}, Why: text}}, Sealing: &state.Sealing{Prev: head.Hash}}
	e, line, err := state.Seal(e)
	if err != nil {
		t.Fatalf("%s: %v", data.Kind(), err)
	}
	if _, err := state.Decode(line.Bytes); err != nil {
		t.Fatalf("%s: %v", data.Kind(), err)
	}
	if err := l.incident.Apply(e); err != nil {
		t.Fatal(err)
	}
	l.content = append(append(l.content, line.Bytes...), '\n')
}

// some are the attacks that are tried: all in the long form, else every fifteenth.
func some(t *testing.T) []attack {
	all := attacks()
	if long() {
		return all
	}
	var some []attack
	for i, from := range dice(t).Perm(len(all)) {
		if i%15 == 0 {
			some = append(some, all[from])
		}
	}
	return some
}

// TestHostileCommands has muster print an incident, a library and errors that are
// full of hostile text. Nothing but text comes out.
func TestHostileCommands(t *testing.T) {
	for _, attack := range some(t) {
		t.Run(attack.what, func(t *testing.T) {
			l := newHostileLog(t, attack.text)
			s := shell{t, t.TempDir(), t.TempDir()}
			s.write(statetest.LogPath(s.state, hostileID), l.content)
			s.write(filepath.Join(s.books, "hostile.toml"), hostileBook(attack.text))
			s.write(filepath.Join(s.books, "broken.toml"), append(hostileBook(attack.text), "[[phase.step]]\nid = \"look\"\nneeds = ["+strconv.QuoteToASCII("x"+attack.text[:1])+"]\n"...))
			for _, args := range []string{
				"log", "status", "status -a", "list", "service", "role", "verify", "head", "sitrep", "notice", "contact", "clock", "timer",
				"notice show holding", "contact show cert", "runbook list", "runbook show hostile", "runbook lint hostile", "runbook lint", "runbook show broken",
				"log --json", "status --json", "list --json", "verify --json", "service --json", "runbook list --json",
				"export --format md", "export --format json", "export --format csv",
			} {
				s.prints(strings.Fields(args)...)
			}
			if strings.IndexByte(attack.text, 0) < 0 { // which no argument can hold
				raw := "\x9b2J\xff" + attack.text
				for _, args := range [][]string{
					{"note", attack.text}, {"note", raw}, {"note", "--step", raw, "x"}, {raw}, {"--" + raw}, {"step", raw}, {"step", "done", raw}, {"verify", raw},
					{"verify", "--head", raw}, {"start", raw}, {"start", raw + ".toml"}, {"runbook", "show", raw}, {"runbook", "lint", raw}, {"--incident", raw, "log"},
					{"--state", filepath.Join(s.state, raw), "log"}, {"note", "--at", raw, "x"}, {"--as", raw, "note", "x"}, {"evidence", raw}, {"export", "--format", raw},
					{"service", raw, raw}, {"severity", raw}, {"role", raw}, {"retract", raw}, {"--config", raw, "log"}, {"input", raw}, {"help", raw},
				} {
					s.prints(args...)
				}
			}
		})
	}
}

// A shell runs muster for hostile text.
type shell struct {
	*testing.T
	state, books string
}

func (s shell) write(path string, content []byte) {
	s.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		s.Fatal(err)
	}
	if err := os.WriteFile(path, content, 0o600); err != nil {
		s.Fatal(err)
	}
}

// prints runs muster, and wants nothing but text from it.
func (s shell) prints(args ...string) {
	s.Helper()
	cmd := exec.Command(binary(s), args...)
	cmd.Env = []string{"HOME=" + s.state, "MUSTER_STATE=" + s.state, "MUSTER_AS=Ada", "XDG_CONFIG_HOME=" + s.state, "PATH=" + os.Getenv("PATH"), "TZ=UTC", "MUSTER_TERMINAL=none"}
	cmd.Args = append(cmd.Args, "--runbooks", s.books)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	if bytes.Contains(errs.Bytes(), []byte("goroutine ")) {
		s.Errorf("muster %q panics: %s", args, errs.Bytes())
	}
	for _, text := range []string{out.String(), errs.String()} {
		if bad := unclean(text); bad != "" {
			s.Errorf("muster %q prints %s (%v)", args, bad, err)
		}
	}
}

// unclean is what in text is more than text, with what stands around it; "" for
// nothing. Lines may end as in a spreadsheet, have tabs, and begin with its mark.
func unclean(text string) string {
	text = strings.TrimPrefix(text, "\ufeff") // by which a spreadsheet knows UTF-8
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\t", " ")
	cleaned := clean.Text(text)
	if cleaned == text {
		return ""
	}
	at := 0
	for at < len(text) && at < len(cleaned) && text[at] == cleaned[at] {
		at++
	}
	return fmt.Sprintf("%q", text[max(0, at-40):min(len(text), at+40)])
}

// TestHostileExports writes an incident that is full of hostile text in every
// format for people.
func TestHostileExports(t *testing.T) {
	for _, attack := range attacks() {
		l := newHostileLog(t, attack.text)
		for _, format := range export.Formats() {
			if format.OfLines() {
				continue // the log itself, byte for byte
			}
			var out bytes.Buffer
			if err := export.Write(&out, l.incident, format, export.Options{Program: "muster " + attack.text}); err != nil {
				t.Errorf("%s as %s: %v", attack.what, format, err)
			}
			for name, text := range seen(t, format, out.Bytes()) {
				if bad := unclean(text); bad != "" {
					t.Errorf("%s as %s%s: %s", attack.what, format, name, bad)
				}
			}
		}
	}
}

// seen is what a reader of a file of some format gets to see: of a workbook, all that
// is packed in it, by name.
func seen(t *testing.T, format export.Format, file []byte) map[string]string {
	t.Helper()
	if format != export.XLSX {
		return map[string]string{"": string(file)}
	}
	packed, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, f := range packed.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		all[" "+f.Name] = string(text)
	}
	return all
}

// TestHostileID: whatever a log says its incident is called, nothing is written
// outside the folders that were named.
func TestHostileID(t *testing.T) {
	l := newHostileLog(t, "../../escaped")
	s := shell{t, t.TempDir(), t.TempDir()}
	s.write(statetest.LogPath(s.state, hostileID), l.content)
	within := t.TempDir()
	to := filepath.Join(within, "a", "b")
	s.prints("rescue", "--to", to)
	if _, err := os.Stat(statetest.LogPath(to, hostileID)); err != nil {
		t.Errorf("the log did not go where it was sent: %v", err)
	}
	if _, err := os.Stat(filepath.Join(within, "a", "escaped")); err == nil {
		t.Error("a log chose where it is written")
	}
	s.prints("note", "x", "--incident", hostileID)
}
