package main

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"muster/state"
	"muster/tui"
)

// A deed is one thing to do on both surfaces. What it records must be the same, byte for
// byte, but for what no two incidents share.
type deed struct {
	kind    state.Kind // of its entry
	command []string   // WHEN is replaced by the time of the act
	code    int        // of the command
	keys    string
	want    string // in the entry
	after   time.Duration
	as      string
	seat    string // the terminal, where nobody says who acts; "" for none, where somebody does
}

// oneSurface are the kinds that only one surface writes, with why.
var oneSurface = map[state.Kind]string{
	"session.opened":   "the session writes it, whoever opened it",
	"clock.step":       "the session writes it, whoever opened it",
	"log.recovered":    "the session writes it, whoever opened it",
	"log.checkpointed": "muster prove writes it, before it proves",
	"log.stamped":      "the answer comes as a file on the command line alone",
	"head.signed":      "the key is asked for on the command line alone",
	"incident.opened":  "TestOneStartOneRecord compares it",
	"runbook.attached": "TestOneActOneRecord compares it, with a built-in runbook",
	"notice.failed":    "TestOneActOneRecord compares it",
	"notice.leaving":   "it comes before what TestOneActOneRecord compares",
	"log.merged":       "branches are merged on the command line alone",
}

const actsBook = `title = "All acts"
[[role]]
id = "commander"
[[role]]
id = "operations"
[[input]]
id = "where"
prompt = "Where?"
[[service]]
id = "gisis"
title = "GISIS"
check = { url = "SERVER" }
[[contact]]
id = "cert"
title = "The CERT"
reach = ["tel:+4112345"]
[[clock]]
id = "law"
title = "A law"
within = "72h"
[[clock]]
id = "rule"
title = "A rule"
within = "96h"
[[clock]]
id = "soon"
title = "Soon"
within = "1h"
[[notice]]
id = "leadership"
title = "To the leadership"
channel = "website"
audience = "staff"
approver = "commander"
text = "We have technical issues."
claims = ["gisis=affected"]
[[phase]]
title = "One"
[[phase.step]]
title = "Quartz"
checklist = ["one", "two"]
[[phase.step]]
title = "Walrus"
kind = "decision"
options = [{ id = "stay", title = "Stay" }, { id = "go", title = "Go" }]
[[phase.step]]
title = "Jumble"
required = false
ask = [{ id = "org", prompt = "Organisation" }, { id = "size", prompt = "Size" }]
[[phase.step]]
title = "Vortex"
two_person = true
[[phase.step]]
title = "Pyjama"
evidence = true
[[phase.step]]
title = "Fizz"
[[phase.step]]
title = "Bold"
`

// liveActs are what both surfaces do in an incident, in this order.
func liveActs(file string) []deed {
	return []deed{
		{kind: "incident.answered", command: []string{"input", "where=Geneva"}, keys: "I 'Geneva ctrl+s"},
		{kind: "step.started", command: []string{"step", "start", "quartz"}, keys: ": 'Quartz enter enter"},
		{kind: "step.ticked", command: []string{"step", "tick", "quartz", "1"}, keys: ": 'Quartz enter space"},
		{kind: "step.assigned", command: []string{"step", "assign", "quartz", "Ben"}, keys: ": 'Quartz enter a ctrl+u 'Ben ctrl+s"},
		{kind: "step.blocked", command: []string{"step", "block", "quartz", "--why", "the key"}, keys: ": 'Quartz enter b 'the_key ctrl+s"},
		{kind: "note.added", command: []string{"note", "--step", "quartz", "I saw it"}, keys: ": 'Quartz enter n 'I_saw_it ctrl+s"},
		{kind: "form.answered", command: []string{"form", "answer", "methane", "hazards", "smoke"}, keys: "3 f 'METHANE enter wait 'hazards enter 'smoke ctrl+s"},
		{kind: "note.added", command: []string{"note", "--at", "-10m", "before"}, keys: "4 n 'before tab tab '-10m ctrl+s", want: `"occurred":`},
		{kind: "evidence.added", command: []string{"evidence", file, "--step", "quartz", "--note", "a disk"}, keys: ": 'Quartz enter e '" + file + " shift+tab shift+tab shift+tab shift+tab 'a_disk ctrl+s wait"},
		{kind: "step.failed", command: []string{"step", "fail", "quartz", "--why", "broken"}, keys: ": 'Quartz enter f 'broken ctrl+s"},
		{kind: "step.reopened", command: []string{"step", "reopen", "quartz", "--why", "again"}, keys: ": 'Quartz enter r 'again ctrl+s"},
		{kind: "step.done", command: []string{"step", "done", "quartz", "--note", "it is", "--at", "-1m", "--override", "enough"}, keys: ": 'Quartz enter D 'it_is shift+tab shift+tab '-1m ctrl+s o 'enough ctrl+s", want: `"override"`},
		{kind: "step.answered", command: []string{"step", "answer", "walrus", "go", "--note", "we must"}, keys: ": 'Walrus enter enter 'Go tab 'we_must ctrl+s"},
		{kind: "step.answered", command: []string{"step", "answer", "jumble", "--set", "org=IMO"}, keys: ": 'Jumble enter i 'IMO ctrl+s"},
		{kind: "step.answered", command: []string{"step", "answer", "jumble", "--set", "size=5"}, keys: ": 'Jumble enter i tab '5 ctrl+s"},
		{kind: "step.done", command: []string{"step", "done", "jumble"}, keys: ": 'Jumble enter d enter"},
		{kind: "step.done", command: []string{"step", "done", "vortex"}, keys: ": 'Vortex enter d enter"},
		{kind: "step.confirmed", as: "Ben", command: []string{"step", "confirm", "vortex"}, keys: ": 'Vortex enter enter"},
		{kind: "step.done", command: []string{"step", "done", "pyjama", "--note", "seen"}, keys: ": 'Pyjama enter d 'seen ctrl+s"},
		{kind: "step.skipped", command: []string{"step", "skip", "fizz", "--why", "no need"}, keys: ": 'Fizz enter s 'no_need ctrl+s"},
		{kind: "step.added", command: []string{"step", "add", "Ask Bern", "--text", "By phone.", "--optional"}, keys: "+ 'Ask_Bern tab tab 'By_phone. tab right ctrl+s"},
		{kind: "role.assigned", command: []string{"role", "commander"}, keys: "t ctrl+s"},
		{kind: "role.assigned", command: []string{"role", "operations", "Ben"}, keys: "t right tab ctrl+u 'Ben ctrl+s"},
		{kind: "role.handed", command: []string{"role", "hand", "commander", "Ben", "--note", "all is well"}, keys: "H tab 'Ben tab 'all_is_well ctrl+s"},
		{kind: "role.acknowledged", as: "Ben", command: []string{"role", "ack", "commander"}, keys: "wait y"},
		{kind: "service.added", command: []string{"service", "add", "--title", "Crew portal", "--tier", "4", "--depends-on", "gisis"}, keys: "2 + 'Crew_portal tab right tab right ctrl+s"},
		{kind: "contact.added", command: []string{"contact", "add", "--title", "Harbour master", "--reach", "tel:+442079460000", "--note", "by day"}, keys: "3 : 'The_CERT enter + 'Harbour_master tab '+442079460000 tab 'by_day ctrl+s"},
		{kind: "service.state", command: []string{"service", "gisis", "affected", "--why", "we saw"}, keys: "2 s 'affected tab 'we_saw ctrl+s"},
		{kind: "targets.allowed", command: []string{"check", "gisis", "--private"}, keys: "2 p wait y wait"},
		{kind: "service.checked", command: []string{"check", "gisis"}, keys: "2 p wait"},
		{kind: "severity.changed", command: []string{"severity", "SEV1", "--why", "it grows"}, keys: "S left tab 'it_grows ctrl+s"},
		{kind: "title.changed", command: []string{"title", "GISIS is down", "--why", "we know more"}, keys: "O ctrl+u 'GISIS_is_down tab 'we_know_more ctrl+s"},
		{kind: "notice.drafted", command: []string{"notice", "draft", "leadership"}, keys: "3 d ctrl+s"},
		{kind: "notice.drafted", command: []string{"notice", "draft", "leadership", "--text", "We have technical issues.Now."}, keys: "3 e ctrl+end 'Now. ctrl+s"},
		{kind: "notice.approved", as: "Ben", command: []string{"notice", "approve", "leadership"}, keys: "3 A enter"},
		{kind: "notice.sent", command: []string{"notice", "send", "leadership", "--by-hand", "--channel", "phone", "--to", "them"}, keys: "3 S enter ctrl+u 'phone tab ctrl+u 'them ctrl+s"},
		{kind: "notice.drafted", command: []string{"notice", "draft", "thank-you", "--title", "Thank you", "--audience", "staff", "--text", "It is over."}, keys: "3 w 'Thank_you tab 'staff tab 'It_is_over. ctrl+s"},
		{kind: "contact.called", command: []string{"contact", "call", "cert", "reached", "--via", "tel:+4112345", "--note", "they come"}, keys: "3 : 'The_CERT enter enter 'r tab right tab tab 'they_come ctrl+s"},
		{kind: "contact.called", command: []string{"contact", "call", "cert", "call-back", "--back", "30m"}, keys: "3 : 'The_CERT enter enter 'c tab tab '30m ctrl+s"},
		{kind: "clock.started", command: []string{"clock", "start", "law", "--why", "we know"}, keys: "4 : 'A_law enter s 'we_know ctrl+s"},
		{kind: "clock.met", command: []string{"clock", "met", "law", "--why", "told"}, keys: "4 : 'A_law enter d 'told ctrl+s"},
		{kind: "clock.waived", command: []string{"clock", "waive", "rule", "--why", "no need"}, keys: "4 : 'A_rule enter w 'no_need ctrl+s"},
		{kind: "timer.set", command: []string{"timer", "set", "20m", "look again"}, keys: "4 @ ctrl+u '20m tab ctrl+u 'look_again ctrl+s"},
		{kind: "timer.ended", command: []string{"timer", "end", "look again"}, keys: "4 : 'look_again enter x enter"},
		{kind: "sitrep.issued", command: []string{"sitrep", "--issue", "--format", "md", "--to", "the board"}, keys: "W wait i 'the_board ctrl+s"},
		{kind: "witness.recorded", command: []string{"witness", "Cleo", "--how", "telephone"}, keys: "V 'Cleo ctrl+s"},
		{kind: "observation.added", command: []string{"review", "good", "It was fast."}, keys: "L 'Went_well enter 'It_was_fast. ctrl+s"},
		{kind: "cause.stated", command: []string{"review", "cause", "A cable.", "--factor", "no spare"}, keys: "L 'Root_cause enter 'A_cable. tab 'no_spare ctrl+s"},
		{kind: "action.planned", command: []string{"review", "action", "Buy cables", "--owner", "Ben", "--due", "14d"}, keys: "L 'Action: enter 'Buy_cables tab 'Ben tab '14d ctrl+s"},
		{kind: "action.done", command: []string{"review", "done", "1", "--note", "bought"}, keys: "L 'Buy enter 'bought ctrl+s"},
		{kind: "note.added", command: []string{"note", "wrong"}, keys: "4 n 'wrong ctrl+s"},
		{kind: "entry.amended", command: []string{"amend", "LAST", "--text", "right", "--why", "a slip"}, keys: "5 a ctrl+u 'right tab tab 'a_slip ctrl+s"},
		{kind: "entry.marked", command: []string{"mark", "LAST"}, keys: "5 *"},
		{kind: "entry.retracted", command: []string{"undo"}, keys: "u y"},
		{kind: "entry.retracted", command: []string{"retract", "7", "--why", "twice"}, keys: "5 home down down down down down down r 'twice ctrl+s"},
		{kind: "clock.started", command: []string{"clock", "start", "soon", "--why", "now"}, keys: "4 : 'Soon enter s 'now ctrl+s"},
		{kind: "clock.missed", after: 2 * time.Hour, command: []string{"note", "late"}, keys: "4 wait n 'late ctrl+s"},
		{kind: "person.acts", seat: "pts/7", command: []string{"me", "Cleo"}, keys: "'Cleo enter wait"},
		{kind: "incident.closed", command: []string{"close", "It is over.", "--override", "all else later"}, keys: "C enter 'It_is_over. ctrl+s o 'all_else_later ctrl+s"},
		{kind: "incident.reopened", command: []string{"reopen", "--why", "it is not"}, keys: "C 'reopen enter 'it_is_not ctrl+s"},
	}
}

// drillActs are what both surfaces do in a drill.
func drillActs() []deed {
	return []deed{
		{kind: "exercise.clock", command: []string{"drill", "clock", "start"}, keys: "6 space"},
		{kind: "exercise.clock", command: []string{"drill", "clock", "speed", "2"}, keys: "6 >"},
		{kind: "exercise.clock", command: []string{"drill", "clock", "jump", "+0:20"}, keys: "6 J '+0:20 enter"},
		{kind: "exercise.clock", command: []string{"drill", "clock", "pause"}, keys: "6 space"},
		{kind: "inject.held", command: []string{"drill", "hold", "press"}, keys: "6 : 'Press enter h enter"},
		{kind: "inject.held", command: []string{"drill", "hold", "press", "--release"}, keys: "6 : 'Press enter h enter"},
		{kind: "inject.delivered", command: []string{"drill", "deliver", "press"}, keys: "6 : 'Press enter d enter"},
		{kind: "inject.delivered", command: []string{"drill", "deliver", "press", "--again"}, keys: "6 : 'Press enter r enter"},
		{kind: "inject.skipped", command: []string{"drill", "skip", "bank", "--why", "no time"}, keys: "6 : 'Bank enter s 'no_time enter"},
		{kind: "inject.delivered", command: []string{"drill", "add", "The website is gone.", "--world", "gisis=down"}, keys: "6 + 'The_website_is_gone. shift+tab shift+tab 'gisis=down ctrl+s"},
		{kind: "inject.acknowledged", as: "Ben", command: []string{"drill", "ack", "press"}, keys: "wait enter"},
		{kind: "inject.acknowledged", as: "Ben", command: []string{"drill", "ack", "2", "we look"}, keys: "wait n 'we_look ctrl+s"},
		{kind: "objective.rated", command: []string{"drill", "rate", "truth", "M", "--note", "late"}, keys: "6 R 'Truth tab 'M tab 'late ctrl+s"},
		{kind: "observation.added", command: []string{"drill", "observe", "Well done.", "--improve", "--objective", "truth"}, keys: "6 o 'Well_done. tab 'to tab 'Truth ctrl+s"},
	}
}

const actsScenario = `title = "A play"
[[objective]]
id = "truth"
title = "Truth"
[[inject]]
id = "press"
at = "+1:00"
from = "The press"
to = "commander"
via = "phone"
text = "Press: is it true?"
[[inject]]
id = "bank"
at = "+1:30"
from = "A bank"
to = "all"
via = "mail"
text = "Bank: what is it?"
`

// unalike is what no two incidents share, or that is a matter of seconds.
var unalike = regexp.MustCompile(`"source":"/[^"]*"|"id":"2026[a-z0-9-]*"|"log_head":"[0-9a-f]*"|"head":"[0-9a-f]*"|"sha256":"[0-9a-f]*"|"ms":[0-9]+|[0-9]+ min [0-9]+ s|2026-11-24-[a-z]+-[a-z]+|[0-9A-Z]{4}(-[0-9A-Z]{4}){3}|:[0-9][0-9](\.[0-9]+)?Z|:[0-9][0-9] UTC`)

// entriesAfter are the entries that a person's act made, after seq.
func (p *play) entriesAfter(seq uint64) (lines []string, kinds []state.Kind) {
	p.t.Helper()
	for _, e := range p.incident(p.env()).Log[seq:] {
		if e.Kind == "session.opened" {
			continue
		}
		var occurred *time.Time
		if !e.Occurred.IsZero() {
			occurred = &e.Occurred
		}
		text, err := json.Marshal(struct {
			Kind     state.Kind      `json:"kind"`
			By       state.Actor     `json:"by"`
			Mode     state.Mode      `json:"mode"`
			Zone     string          `json:"zone"`
			Occurred *time.Time      `json:"occurred,omitempty"`
			Data     state.Data      `json:"data"`
			Override *state.Override `json:"override,omitempty"`
		}{e.Kind, e.By, e.Mode, e.Zone, occurred, e.Data, e.Override})
		if err != nil {
			p.t.Fatal(err)
		}
		lines = append(lines, unalike.ReplaceAllString(string(text), "…"))
		kinds = append(kinds, e.Kind)
	}
	return lines, kinds
}

// compare does acts on both surfaces, in the two plays, and notes the kinds in seen.
func compareActs(t *testing.T, commands, screens *play, acts []deed, seen map[state.Kind]bool) {
	for _, a := range acts {
		t.Run(string(a.kind), func(t *testing.T) {
			commands.t, screens.t = t, t
			before, beside := commands.incident(commands.env()).Head.Seq, screens.incident(screens.env()).Head.Seq
			for _, p := range []*play{commands, screens} {
				p.now = p.now.Truncate(time.Minute).Add(time.Minute + a.after)
				p.vars["MUSTER_AS"] = "Ada"
				if a.as != "" {
					p.vars["MUSTER_AS"] = a.as
				}
				if p.vars["MUSTER_TERMINAL"] = a.seat; a.seat != "" {
					delete(p.vars, "MUSTER_AS")
				}
			}
			args := slices.Clone(a.command)
			for i := range args {
				if args[i] == "LAST" {
					args[i] = jsonNumber(before)
				}
			}
			if code, out, errs := commands.try(args...); code != a.code {
				t.Fatalf("muster %s: exit code %d: %s%s", strings.Join(args, " "), code, out, errs)
			}
			screen := screens.keys(a.keys)
			want, kinds := commands.entriesAfter(before)
			got, _ := screens.entriesAfter(beside)
			if !slices.Contains(kinds, a.kind) || !strings.Contains(strings.Join(want, "\n"), a.want) {
				t.Fatalf("the command records %q, and no %s with %s", want, a.kind, a.want)
			}
			if !slices.Equal(got, want) {
				t.Fatalf("the command records\n%s\nand the screens\n%s\n%s", strings.Join(want, "\n"), strings.Join(got, "\n"), screen)
			}
			seen[a.kind] = true
		})
	}
}

func jsonNumber(n uint64) string { text, _ := json.Marshal(n); return string(text) }

// TestOneStartOneRecord: an incident begins alike, started on either surface.
func TestOneStartOneRecord(t *testing.T) {
	commands, screens := newPlay(t), newPlay(t)
	book := strings.ReplaceAll(actsBook, "SERVER", "https://gisis.example.org/")
	commands.file(".config/muster/runbooks/acts.toml", book)
	commands.run("start", "acts", "--severity", "SEV1", "--input", "where=Geneva", "--detected", "-10m", "--title", "It burns")
	screens.file(".config/muster/runbooks/acts.toml", book)
	screens.now = commands.now
	screen := screens.keysOn("/ 'All_acts enter wait tab tab ctrl+u 'It_burns tab left tab '-10m tab tab 'Geneva ctrl+s wait", func(ctx context.Context, d *desk, options tui.Options) (*tui.App, error) {
		return tui.NewHome(ctx, d, options)
	})
	want, _ := commands.entriesAfter(0)
	got, _ := screens.entriesAfter(0)
	if !slices.Equal(got, want) {
		t.Errorf("the command records\n%s\nand the screens\n%s\n%s", strings.Join(want, "\n"), strings.Join(got, "\n"), screen)
	}
}

// TestEveryKindOneRecord: what both surfaces can record, they record alike.
func TestEveryKindOneRecord(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {}))
	defer server.Close()
	file := filepath.Join(t.TempDir(), "disk.txt")
	if err := os.WriteFile(file, []byte("a disk"), 0o600); err != nil {
		t.Fatal(err)
	}
	seen := map[state.Kind]bool{}
	begin := func(t *testing.T, arguments ...string) *play {
		p := newPlay(t)
		p.config("")
		scenario := p.file("play.toml", actsScenario)
		for i := range arguments {
			arguments[i] = strings.ReplaceAll(arguments[i], "play.toml", scenario)
		}
		p.run(append([]string{"start", p.file("acts.toml", strings.ReplaceAll(actsBook, "SERVER", server.URL))}, arguments...)...)
		p.vars["MUSTER_INCIDENT"] = p.incident(p.env()).ID // also once it is closed
		return p
	}
	t.Run("live", func(t *testing.T) { compareActs(t, begin(t), begin(t), liveActs(file), seen) })
	t.Run("drill", func(t *testing.T) {
		compareActs(t, begin(t, "--drill", "--scenario", "play.toml"), begin(t, "--drill", "--scenario", "play.toml"), drillActs(), seen)
	})
	t.Run("branch", func(t *testing.T) { compareBranches(t, begin(t), begin(t), seen) })
	for _, kind := range state.Kinds() {
		switch why := oneSurface[kind]; {
		case !seen[kind] && why == "":
			t.Errorf("%s is compared nowhere: do it on both surfaces here, or say why only one can", kind)
		case seen[kind] && why != "":
			t.Errorf("%s is compared here, and oneSurface says %q", kind, why)
		}
	}
}

// compareBranches goes on in a copy on both surfaces, says other things there than in the
// log, and settles on both what has two answers once that is merged.
func compareBranches(t *testing.T, commands, screens *play, seen map[state.Kind]bool) {
	plays := []*play{commands, screens}
	folder := func(p *play) string {
		return filepath.Join(p.vars["MUSTER_STATE"], "incidents", p.vars["MUSTER_INCIDENT"])
	}
	for _, p := range plays {
		p.vars["MUSTER_STATE"] = filepath.Join(p.vars["HOME"], ".local/state/muster")
		from := folder(p)
		p.vars["MUSTER_STATE"] = filepath.Join(p.vars["HOME"], "other")
		p.run("copy", from)
	}
	compareActs(t, commands, screens, []deed{
		{kind: "log.branched", command: []string{"branch", "--why", "the box is gone"}, keys: "wait y 'the_box_is_gone ctrl+s", want: `"why":"the box is gone"`},
	}, seen)
	say := func(p *play, service, who string) {
		p.t = t
		p.run("service", "gisis", service, "--why", "we saw", "--as", who)
		p.run("notice", "draft", "leadership", "--as", who)
		p.run("notice", "send", "leadership", "--by-hand", "--channel", "phone", "--override", "at once", "--as", who)
	}
	for _, p := range plays {
		say(p, "unaffected", "Ben")
		branch := folder(p)
		p.vars["MUSTER_STATE"] = filepath.Join(p.vars["HOME"], ".local/state/muster")
		say(p, "shut-down", "Ada")
		p.run("merge", branch)
	}
	compareActs(t, commands, screens, []deed{
		{kind: "contradiction.settled", command: []string{"settle", "service:gisis", "--holds", settled(commands, state.OfService), "--why", "we looked"},
			keys: "N 'Ben enter tab 'we_looked ctrl+s", want: `"holds":`},
		{kind: "contradiction.settled", command: []string{"settle", "notice:leadership", "--why", "both went out"}, keys: "N enter 'both_went_out ctrl+s", want: `"what":"notice"`},
	}, seen)
}

// settled is the number of the entry that the branch's people made of what has two answers.
func settled(p *play, what state.Contradictory) string {
	for _, two := range state.Contradicting(p.incident(p.env())) {
		if two.What == what {
			return jsonNumber(two.Entries[len(two.Entries)-1])
		}
	}
	return ""
}
