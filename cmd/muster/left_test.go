package main

import (
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"muster/state/view"
)

// TestKilledWhileSending: case G12, with the real program and a real kill -9. The
// receiver has the notice; the log says that it may have left, on every surface, until
// somebody says that it arrived.
func TestKilledWhileSending(t *testing.T) {
	p := newPlay(t)
	got, hold := make(chan struct{}, 1), make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, _ *http.Request) {
		got <- struct{}{}
		<-hold
	}))
	defer server.Close()
	defer close(hold)
	p.config("[[channel]]\nname = \"press\"\nkind = \"webhook\"\nurl = \"" + server.URL + "/hook-secret\"\n")
	p.run("start", p.file("send.toml", sendBook))
	p.run("notice", "draft", "back", "--text", "We are looking into it.", "--no-claims")
	p.run("role", "commander")
	p.run("notice", "approve", "back")

	cmd := exec.Command("muster", "notice", "send", "back")
	cmd.Env = []string{"HOME=" + p.vars["HOME"], "PATH=" + os.Getenv("PATH"), "MUSTER_AS=Ada"}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	<-got
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	p.now = time.Now().Add(time.Minute) // the process had the machine's own time

	says(t, p.run("log"), "began to send GISIS is back, version 1, by press")
	for _, words := range [][]string{{"status"}, {"notice"}} {
		says(t, p.run(words...), "may have left: GISIS is back, version 1, at ", " by press (Ada); did it? muster notice left back --arrived, or --not")
	}
	says(t, p.run("notice"), "MAY HAVE LEFT")
	says(t, p.run("list"), "open, MAY HAVE LEFT")
	says(t, p.run("list", "--json"), `"may_have_left":1`)
	says(t, p.run("notice", "show", "back"), "MAY HAVE LEFT: version 1, at ")
	says(t, p.run("sitrep"), "MAY HAVE LEFT", "GISIS is back, version 1, at ")
	report := p.run("export", "--format", "md")
	says(t, report, "**MAY HAVE LEFT**: version 1")
	if strings.Contains(report, "No entry says that version") {
		t.Error("the report says that no entry sends it")
	}
	p.refused("may have left", "notice", "send", "back")
	p.refused("GISIS is back (may have left)", "close", "over")

	says(t, p.run("notice", "left", "back", "--arrived"), "sent GISIS is back, version 1, by press")
	var n view.NoticeText
	p.read(&n, "notice", "show", "back")
	if len(n.MayBeOut) != 0 || len(n.Sent) != 1 || n.Status != "sent" {
		t.Errorf("%+v", n)
	}
	p.refused("nothing is open", "notice", "left", "back", "--not")
	if strings.Contains(p.run("list"), "LEFT") {
		t.Error("the list asks what was answered")
	}
	says(t, p.run("verify"), "integrity")
}

// Wrong use of it says what is right.
func TestLeftWrongUse(t *testing.T) {
	p := sendPlay(t, func(*play) int { return 200 })
	for want, words := range map[string][]string{
		"say whether it arrived": {"notice", "left", "back"},
		"--why goes with --not":  {"notice", "left", "back", "--arrived", "--why", "x"},
	} {
		if code, _, errs := p.try(words...); code != exitUsage || !strings.Contains(errs, want) {
			t.Errorf("%v: %d %s", words, code, errs)
		}
	}
}

// TestGatewayTimeout: an answer that leaves it open whether the notice arrived leaves it
// open in the log, too.
func TestGatewayTimeout(t *testing.T) {
	p := sendPlay(t, func(*play) int { return 504 })
	p.refused("Look whether it arrived, and say so: muster notice left back --arrived, or --not", "notice", "send", "back", "--channel", "press")
	says(t, p.run("status"), "may have left: GISIS is back")
	says(t, p.run("notice", "left", "back", "--not", "--why", "the desk there has nothing"), `could not send GISIS is back, version 1, by press — "the desk there has nothing"`)
	if strings.Contains(p.run("status"), "may have left") {
		t.Error("it is still open")
	}
}
