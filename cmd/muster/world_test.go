package main

import (
	"crypto/rand"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"muster/state"
	"muster/state/response"
)

// incident is an incident as the screens get it.
func (p *play) incident(e *env) *state.Incident {
	p.t.Helper()
	s, err := e.open(p.t.Context(), "", true)
	if err != nil {
		p.t.Fatal(err)
	}
	defer s.Close()
	return s.Incident()
}

// env is what the screens run in, with the configuration read.
func (p *play) env() *env {
	p.t.Helper()
	e := &env{settings{process: process{in: strings.NewReader(""), out: io.Discard, err: io.Discard, clock: p, random: rand.Reader, getenv: func(name string) string { return p.vars[name] }}}}
	if err := e.readConfig(); err != nil {
		p.t.Fatal(err)
	}
	return e
}

const worldBook = `title = "World"
[[service]]
id = "web"
title = "Website"
check = { url = "SERVER/" }
[[service]]
id = "mail"
title = "E-mail"
[[contact]]
id = "cert"
title = "CERT"
reach = ["tel:1"]
[[notice]]
id = "holding"
title = "Holding"
text = "The website is down."
[[phase]]
title = "One"
[[phase.step]]
title = "Look"
`

func worldPlay(t *testing.T, arguments ...string) (*play, screensWorld, *int) {
	sent := new(int)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			*sent++
		}
	}))
	t.Cleanup(server.Close)
	p := newPlay(t)
	p.config("[[channel]]\nname = \"press\"\nkind = \"webhook\"\nurl = \"" + server.URL + "/hook-secret\"\n")
	p.file(".config/muster/contacts.toml", "[[contact]]\nid = \"cert\"\nreach = [\"signal:2\"]\n[[contact]]\nid = \"lawyer\"\ntitle = \"Lawyer\"\n")
	p.run(append([]string{"start", p.file("world.toml", strings.ReplaceAll(worldBook, "SERVER", server.URL))}, arguments...)...)
	return p, screensWorld{newReach(p.env()), p.env()}, sent
}

func TestScreensWorld(t *testing.T) {
	p, w, sent := worldPlay(t)
	inc := p.incident(w.env)
	if _, err := w.Check(t.Context(), inc, "web"); err == nil {
		t.Error("a private target was looked at before anybody allowed it")
	}
	if text, err := w.Verify(t.Context(), inc.ID); err != nil || !strings.Contains(text, "integrity") || !strings.Contains(text, "GOOD") {
		t.Errorf("the log is %q: %v", text, err)
	}
	report := filepath.Join(t.TempDir(), "report.md")
	if err := w.Export(t.Context(), inc.ID, "md", report); err != nil {
		t.Error(err)
	}
	if text, err := os.ReadFile(report); err != nil || !strings.Contains(string(text), inc.Title) {
		t.Errorf("the report has %d bytes: %v", len(text), err)
	}
	if err := w.Export(t.Context(), inc.ID, "md", report); err == nil {
		t.Error("an export is written over another")
	}
	p.run("check", "web", "--private")
	inc = p.incident(w.env)
	if seen, err := w.Check(t.Context(), inc, "web"); err != nil || !seen.OK {
		t.Errorf("%+v, %v", seen, err)
	}
	for _, service := range []string{"mail", "moon"} {
		if _, err := w.Check(t.Context(), inc, service); err == nil {
			t.Errorf("%s has no check, and was looked at", service)
		}
	}
	if list := w.Channels(); len(list) != 1 || list[0] != (state.Channel{Name: "press", Kind: "webhook"}) {
		t.Errorf("channels %v", list)
	}
	if _, err := w.Send(t.Context(), inc, state.SendNotice{Notice: "holding", Version: 1, Channel: "press"}); err == nil {
		t.Error("what is not written was sent")
	}
	p.run("notice", "draft", "holding")
	inc = p.incident(w.env)
	for _, wrong := range []struct {
		notice, channel string
		version         int
	}{{"moon", "press", 1}, {"holding", "pigeon", 1}, {"holding", "press", 2}} {
		if _, err := w.Send(t.Context(), inc, state.SendNotice{Notice: wrong.notice, Version: wrong.version, Channel: wrong.channel}); err == nil {
			t.Errorf("%+v was sent", wrong)
		}
	}
	if receipt, err := w.Send(t.Context(), inc, state.SendNotice{Notice: "holding", Version: 1, Channel: "press"}); err != nil || receipt.How != "webhook" || *sent != 1 {
		t.Errorf("%+v, %v, %d sent", receipt, err, *sent)
	}
	own, err := w.Contacts(t.Context())
	contacts := response.CallList(inc, own)
	if err != nil || len(contacts) != 2 || contacts[0].Reach[0] != (response.Way{Text: "signal:2", Private: true}) || contacts[1].Title != "Lawyer" {
		t.Errorf("%+v, %v", contacts, err)
	}
	text, err := w.Sitrep(t.Context(), inc, 0)
	if err != nil || !strings.HasPrefix(text, "# Situation report: World\n") {
		t.Errorf("%v\n%s", err, text)
	}
}

// In a drill the screens reach nothing either.
func TestScreensWorldOfADrill(t *testing.T) {
	p, w, sent := worldPlay(t, "--drill")
	p.run("notice", "draft", "holding")
	inc := p.incident(w.env)
	if _, err := w.Check(t.Context(), inc, "web"); err == nil {
		t.Error("a service was looked at in a drill")
	}
	if _, err := w.Send(t.Context(), inc, state.SendNotice{Notice: "holding", Version: 1, Channel: "press"}); err != nil || *sent != 0 {
		t.Errorf("%v, %d sent", err, *sent)
	}
}

func TestScreensEditor(t *testing.T) {
	p := newPlay(t)
	if screensEditor(p.env()) != nil {
		t.Fatal("there is an editor where none is set")
	}
	script := p.file("editor.sh", "#!/bin/sh\necho more >> \"$1\"\n")
	if err := os.Chmod(script, 0o700); err != nil {
		t.Fatal(err)
	}
	p.vars["EDITOR"] = script
	command, read, err := screensEditor(p.env())("text\n")
	if err != nil {
		t.Fatal(err)
	}
	command.SetStdin(strings.NewReader(""))
	command.SetStdout(io.Discard)
	command.SetStderr(io.Discard)
	if err := command.Run(); err != nil {
		t.Fatal(err)
	}
	if text, err := read(); err != nil || text != "text\nmore\n" {
		t.Errorf("%q, %v", text, err)
	}
	if _, err := read(); err == nil {
		t.Error("the file is still there")
	}
}
