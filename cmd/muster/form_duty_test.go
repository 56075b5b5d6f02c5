package main

import (
	"strings"
	"testing"
	"time"

	"muster/state/view"
)

// sendForm fills in what a form still lacks, drafts it and sends it.
func sendForm(p *play, form string) {
	p.t.Helper()
	for _, a := range doraAnswers[form] {
		p.run("form", "answer", form, a[0], "--", a[1])
	}
	p.run("form", "draft", form)
	p.run("notice", "approve", form, "--as", "Gil", "--override", "nobody holds the role")
	p.run("notice", "send", form, "--by-hand", "--channel", "the portal")
}

// TestAFormMeetsItsDeadline: a form that was sent meets the deadline that demands it, and so
// starts what counts from that; the last of them long after the incident was closed.
func TestAFormMeetsItsDeadline(t *testing.T) {
	p := newPlay(t)
	id := strings.TrimSpace(p.run("start", "data-breach", "--no-open", "--organisation", p.file("bank.toml", bank)))
	p.run("service", "payments", "affected", "--why", "x")
	p.run("clock", "start", "dora-initial", "--why", "it is major")
	status := func(clock string) *view.Clock {
		var list struct{ Clocks []view.Clock }
		p.read(&list, "status", id)
		for i := range list.Clocks {
			if list.Clocks[i].ID == clock {
				return &list.Clocks[i]
			}
		}
		return new(view.Clock)
	}
	sendForm(p, "dora-initial")
	if c := status("dora-initial"); c.Status != "met" || c.Spare == nil || *c.Spare < int64(3*time.Hour/time.Second) {
		t.Errorf("dora-initial is %q", c.Status)
	}
	if c := status("dora-intermediate"); c.Status != "running" {
		t.Errorf("dora-intermediate is %q once the initial one was sent", c.Status)
	}
	p.run("close", "done", "--override", "x")
	p.vars["MUSTER_INCIDENT"] = id
	p.now = p.now.Add(30 * time.Hour)
	sendForm(p, "dora-intermediate")
	if c := status("dora-intermediate"); c.Status != "met" {
		t.Errorf("dora-intermediate is %q after it was sent", c.Status)
	}
	p.refused("closed", "notice", "draft", "holding", "--text", "x")
	says(t, p.run("export", id, "--format", "md"), "sent DORA: intermediate report", "(after the closing)")
	p.run("verify", id)
}

// TestAFormAsItWas: a form is filled in as it would have been at an entry, and says so.
func TestAFormAsItWas(t *testing.T) {
	p := newPlay(t)
	p.run("start", "data-breach", "--no-open", "--organisation", p.file("bank.toml", bank))
	p.run("form", "answer", "gdpr-33", "records", "about 40")
	p.run("form", "answer", "gdpr-33", "records", "about 12,000")
	for _, format := range []string{"md", "html", "text"} {
		if now := p.run("form", "fill", "gdpr-33", "--format", format); !strings.Contains(now, "about 12,000") || strings.Contains(now, "KNOWN") {
			t.Errorf("%s as it stands:\n%s", format, now)
		}
		then := p.run("form", "fill", "gdpr-33", "--at", "3", "--format", format)
		if !strings.Contains(then, "about 40") || strings.Contains(then, "12,000") || !strings.Contains(then, "KNOWN") {
			t.Errorf("%s as it was:\n%s", format, then)
		}
	}
	says(t, p.run("form", "show", "gdpr-33", "--at", "3"), "about 40")
}
