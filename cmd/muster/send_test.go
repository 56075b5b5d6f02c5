package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"muster/state/view"
)

const sendBook = `title = "Send"
[[role]]
id = "commander"
[[service]]
id = "gisis"
title = "GISIS"
[[notice]]
id = "back"
title = "GISIS is back"
audience = "public"
channel = "press"
approver = "commander"
claims = ["gisis=verified"]
text = "GISIS is back."
[[phase]]
title = "One"
[[phase.step]]
title = "Look"
`

// sendPlay is a play with a notice that may be sent, and a channel which calls back
// while the notice is on its way.
func sendPlay(t *testing.T, meanwhile func(*play) int) *play {
	p := newPlay(t)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(meanwhile(p))
	}))
	t.Cleanup(server.Close)
	p.config(fmt.Sprintf("[[channel]]\nname = \"press\"\nkind = \"webhook\"\nurl = \"%s/hook-secret\"\n", server.URL))
	p.run("start", p.file("send.toml", sendBook))
	p.run("role", "commander")
	p.run("service", "gisis", "affected", "--why", "seen")
	p.run("service", "gisis", "restored", "--why", "rebuilt", "--as", "Ben")
	p.run("service", "gisis", "verified", "--why", "seen from outside")
	p.run("notice", "draft", "back")
	p.run("notice", "approve", "back")
	return p
}

// Its own channel is taken; what was refused is never sent.
func TestSendByItsOwnChannel(t *testing.T) {
	sent := 0
	p := sendPlay(t, func(*play) int { sent++; return 200 })
	p.run("service", "gisis", "regressed", "--why", "down again")
	p.refused("It says that GISIS is verified, and it is known to be regressed", "notice", "send", "back")
	if sent != 0 {
		t.Fatal("a notice was sent that had been refused")
	}
	says(t, p.run("notice", "send", "back", "--override", "the press has it already"), `sent GISIS is back, version 1, by press`, `override of unverified`)
	if sent != 1 {
		t.Errorf("sent %d times", sent)
	}
}

// While the notice is on its way, the service fails: the notice has left all the
// same, and the log says both.
func TestSendWhileTheTruthChanges(t *testing.T) {
	p := sendPlay(t, func(p *play) int {
		p.run("service", "gisis", "regressed", "--why", "down again")
		return 200
	})
	code, out, errs := p.try("notice", "send", "back")
	if code != exitDone {
		t.Fatalf("exit code %d: %s", code, errs)
	}
	says(t, errs, "the notice was SENT. While it was on its way something changed: It says that GISIS is verified")
	says(t, out, "sent GISIS is back, version 1, by press", `override of unverified: "it had left when this became known: It says that GISIS is verified`)
	says(t, p.run("notice"), "STALE")
}

// While the notice is on its way, somebody drafts it anew: it is the version that left
// that is recorded as sent.
func TestSendWhileItIsDraftedAnew(t *testing.T) {
	p := sendPlay(t, func(p *play) int {
		p.run("notice", "draft", "back", "--as", "Ben")
		return 200
	})
	says(t, p.run("notice", "send", "back"), "sent GISIS is back, version 1, by press")
}

// While the notice is on its way, the incident is closed: nothing is lost, and that it
// may have left is still to be seen.
func TestSendWhileItIsClosed(t *testing.T) {
	p := sendPlay(t, func(p *play) int {
		p.run("close", "over", "--override", "it is late", "--as", "Ben")
		return 200
	})
	code, _, errs := p.try("notice", "send", "back")
	if code != exitRefused {
		t.Errorf("exit code %d", code)
	}
	says(t, errs, "the notice was SENT by press, but that could not be recorded: The incident was closed")
	says(t, p.run("log", "--json"), "was sent by press, and could not be recorded as sent: The incident was closed")
	p.run("reopen", p.incident(p.env()).ID, "--why", "a notice was on its way")
	says(t, p.run("notice", "left", "back", "--arrived"), "sent GISIS is back, version 1, by press")
}

// What fails is an entry each time, and the address is nowhere.
func TestSendFails(t *testing.T) {
	answer := 404
	p := sendPlay(t, func(*play) int { return answer })
	p.refused(`NOT SENT: channel "press"`, "notice", "send", "back")
	p.refused(`Entry 13 records it. Send it again`, "notice", "send", "back")
	answer = 200
	p.run("notice", "send", "back", "--to", "the wires")
	log := p.run("log", "--json")
	if n := strings.Count(log, `"kind":"notice.failed"`); n != 2 {
		t.Errorf("%d entries of failures", n)
	}
	for _, text := range []string{log, p.run("export", "--format", "json"), p.run("export"), p.run("notice", "show", "back"), p.run("notice", "channels", "--json")} {
		if strings.Contains(text, "hook-secret") {
			t.Error("the channel's address is shown")
		}
	}
	var n view.NoticeText
	p.read(&n, "notice", "show", "back")
	if len(n.Sent) != 1 || n.Sent[0].To != "the wires" || n.Sent[0].How != "webhook" || !*n.Sent[0].Claims[0].Holds {
		t.Errorf("sent %+v", n.Sent)
	}
}

// The next version corrects the one before.
func TestSendCorrects(t *testing.T) {
	p := sendPlay(t, func(*play) int { return 200 })
	p.run("notice", "send", "back")
	p.run("service", "gisis", "regressed", "--why", "down again")
	p.run("notice", "draft", "back", "--text", "GISIS is down again.", "--claim", "gisis=affected")
	p.refused("Version 2 of GISIS is back is not approved", "notice", "send", "back")
	p.run("notice", "approve", "back")
	says(t, p.run("notice", "send", "back"), "version 2, by press, correcting entry 11, claiming GISIS is affected")
	says(t, p.run("notice", "show", "back"), "version 1 sent", "version 2 sent", "corrects entry 11", "GISIS  affected  regressed")
}
