package main

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"muster/state"
	"muster/tui"
	"muster/tui/tuitest"
)

// These tests do one act on both surfaces, in two incidents that are alike, and compare
// what is recorded: but for times, salts and the incident's id it must be the same.

const oneBook = `title = "One act"
[[role]]
id = "commander"
[[service]]
id = "gisis"
title = "GISIS"
check = { url = "SERVER" }
[[notice]]
id = "leadership"
title = "To the leadership"
channel = "website"
text = "We have technical issues."
[[phase]]
title = "One"
[[phase.step]]
title = "Look"
`

// onePlay is an incident of that runbook with a drafted notice, and a channel.
func onePlay(t *testing.T, address, channel string, arguments ...string) *play {
	p := newPlay(t)
	p.config(strings.ReplaceAll(channel, "SERVER", address))
	p.run(append([]string{"start", p.file("one.toml", strings.ReplaceAll(oneBook, "SERVER", address))}, arguments...)...)
	p.run("notice", "draft", "leadership")
	return p
}

// keys opens the incident on screens that have the real world, and presses keys.
func (p *play) keys(keys string) (screen string) {
	p.t.Helper()
	return p.keysOn(keys, func(ctx context.Context, desk *desk, options tui.Options) (*tui.App, error) {
		heads, err := desk.Incidents(ctx)
		if err != nil {
			return nil, err
		}
		session, err := desk.Open(ctx, heads[0].ID, false)
		if err != nil {
			return nil, err
		}
		return tui.NewIncident(ctx, desk, session, false, options)
	})
}

// keysOn presses keys on screens that have the real world. A second of theirs passes
// with the keys, from the play's time on.
func (p *play) keysOn(keys string, open func(context.Context, *desk, tui.Options) (*tui.App, error)) (screen string) {
	p.t.Helper()
	synctest.Test(p.t, func(t *testing.T) {
		desk, options, err := newDesk(p.env())
		if err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		options.Now = func() time.Time { return p.now.Add(time.Since(began)) }
		app, err := open(t.Context(), desk, options)
		if err != nil {
			t.Fatal(err)
		}
		term := tuitest.Start(t, app, 120, 40)
		// Disks and networks take real time, of which the screens' clock knows nothing.
		settle := func() {
			for range 3 {
				_ = syscall.Nanosleep(&syscall.Timespec{Nsec: 2e6}, nil)
				term.Settle()
			}
		}
		settle()
		if screen := term.Screen(); strings.Contains(screen, "FIRST, before") || strings.Contains(screen, "You were here") {
			term.Wait(100 * time.Millisecond) // it takes no key before it can be read
			term.Press("esc")
		}
		for _, key := range strings.Fields(keys) {
			if key == "wait" {
				settle()
				settle()
				settle()
			} else if text, ok := strings.CutPrefix(key, "'"); ok {
				term.Type(strings.ReplaceAll(text, "_", " "))
			} else {
				term.Press(key)
			}
			settle()
		}
		screen = term.Screen()
	})
	return screen
}

// lastOf is the last entry's kind, data and override.
func (p *play) lastOf() string {
	p.t.Helper()
	inc := p.incident(p.env())
	e := inc.Log[len(inc.Log)-1]
	text, err := json.Marshal(struct {
		Kind     state.Kind
		Data     state.Data
		Override *state.Override
	}{e.Kind, e.Data, e.Override})
	if err != nil {
		p.t.Fatal(err)
	}
	return differs.ReplaceAllString(string(text), "…")
}

// differs is what is never the same in two incidents, and too much to print.
var differs = regexp.MustCompile(`"log_head":"[0-9a-f]*"|"ms":[0-9]+|"to":"Ada","sha256":"[0-9a-f]*"|"text":"# (.|\n)*?[^\\]"`)

// TestOneActOneRecord: cases A2 and A5, and every other use case that both surfaces have.
func TestOneActOneRecord(t *testing.T) {
	const slack = "[[channel]]\nname = \"website\"\nkind = \"slack\"\nurl = \"SERVER/hook-secret\"\n"
	status := http.StatusOK
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) }))
	defer server.Close()
	for _, c := range []struct {
		name    string
		start   []string
		before  func(*play)
		status  int
		command []string
		code    int
		keys    string
		want    string // in the entry
	}{
		{name: "send", command: []string{"notice", "send", "leadership"}, keys: "3 S enter y", want: `"how":"slack webhook"`},
		{name: "a send that fails", status: 403, command: []string{"notice", "send", "leadership"}, code: exitRefused, keys: "3 S enter y enter", want: `"notice.failed"`},
		{name: "send in a drill", start: []string{"--drill"}, command: []string{"notice", "send", "leadership"}, keys: "3 S enter", want: `"how":"slack webhook"`},
		{name: "look", command: []string{"check", "gisis", "--private"}, keys: "2 p wait y wait", want: `"service.checked"`},
		{name: "attach", command: []string{"attach", "account-compromise", "--why", "it grows"}, keys: "R wait 'Account enter 'it_grows enter wait", want: `"source":"built in"`},
		{name: "take a role", before: func(p *play) {
			p.run("role", "commander", "--as", "Ben")
			p.run("role", "hand", "commander", "Ada", "--as", "Ben")
		}, command: []string{"role", "ack", "commander"}, keys: "y", want: `"handover":"commander"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if status = c.status; status == 0 {
				status = http.StatusOK
			}
			one, other := onePlay(t, server.URL, slack, c.start...), onePlay(t, server.URL, slack, c.start...)
			if c.before != nil {
				c.before(one)
				c.before(other)
			}
			if code, out, errs := one.try(c.command...); code != c.code {
				t.Fatalf("exit code %d: %s%s", code, out, errs)
			}
			screen := other.keys(c.keys)
			got, want := other.lastOf(), one.lastOf()
			if !strings.Contains(want, c.want) {
				t.Errorf("the command records %s\nand not %s", want, c.want)
			}
			if got != want {
				t.Errorf("the command records %s\nand the screens    %s\n%s", want, got, screen)
			}
		})
	}
}

// TestChannelSetWrong: case A1. A channel whose settings are wrong is found before it is
// said that something would have been sent, on both surfaces.
func TestChannelSetWrong(t *testing.T) {
	const bare = "[[channel]]\nname = \"website\"\nkind = \"slack\"\n"
	p := onePlay(t, "https://gisis.example.org/", bare, "--drill")
	before := p.lastOf()
	p.refused("url is missing", "notice", "send", "leadership", "--channel", "website")
	screen := p.keys("3 S enter")
	if said := tuitest.Dialog(screen); !strings.Contains(said, "Not sent") || !strings.Contains(said, "url is missing") {
		t.Errorf("the screen does not say so:\n%s", screen)
	}
	if after := p.lastOf(); after != before {
		t.Errorf("it is recorded: %s", after)
	}
}
