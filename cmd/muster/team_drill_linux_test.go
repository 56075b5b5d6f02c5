package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"

	"muster/state"
)

// storyToCome is a scenario whose second inject has words that nothing else has.
const storyToCome = `title = "A story"
[[objective]]
id = "see"
title = "The fire is seen"
[[inject]]
id = "bell"
title = "Bell"
at = "+0:00"
from = "the desk"
to = "all"
via = "phone"
text = "The phones ring."
[[inject]]
id = "quagga-fire"
title = "Quagga fire"
at = "+1:00"
from = "the quagga"
to = "all"
via = "phone"
text = "A quagga burns."
expect = "They call for a quagga"
notes = "Quagga"
`

const toCome = "quagga"

// TestTeamDrill is a drill over SSH: one facilitates, two play. What comes, comes to the
// players' screens; what is to come they have neither there nor by any command.
func TestTeamDrill(t *testing.T) {
	b := newServedBox(t)
	own := filepath.Join(b.dir, ".config", "muster", "scenarios")
	if err := os.MkdirAll(own, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(own, "story.toml"), []byte(storyToCome), 0o600); err != nil {
		t.Fatal(err)
	}
	b.serve(b.key("fay", `name="Fay",role=facilitator`), b.key("ben", `name="Ben",role=responder`), b.key("cyd", `name="Cyd",role=observer`))
	must := func(name string, args ...string) string {
		t.Helper()
		out, said, code := b.ssh(name, "", args...)
		if code != 0 {
			t.Fatalf("%s %q: code %d\n%s%s", name, args, code, out, said)
		}
		return out + said
	}
	id := strings.TrimSpace(must("fay", "start", "lost-site", "--drill", "--scenario", "story", "--no-open"))
	if !strings.Contains(must("fay", "drill", "status"), toCome) {
		t.Fatal("the facilitator does not see what is to come, so that nothing is tried here")
	}
	ben, cyd := b.sshPty(t, "ben", "open "+id), b.sshPty(t, "cyd", "open "+id)
	ben.first()
	for _, screen := range []*ptyShell{ben, cyd} {
		screen.shows("1 more here")
	}
	must("fay", "drill", "clock", "start")
	must("fay", "drill", "run", "--once")
	ben.shows("acknowledge  n with a note")
	ben.later(600*time.Millisecond, "\r")
	ben.shows("acknowledged inject 1")
	cyd.shows("The phones ring.")
	nothingToCome(t, b)
	for _, one := range [][2]string{{"2", "Last said"}, {"3", "Are you safe?"}, {"4", "Due: nothing"}, {"5", "Timeline"}, {"6", "the facilitator's alone"}, {"1", "Account for everybody"}, {"C", "A facilitator ends the drill."}} {
		ben.later(250*time.Millisecond, one[0]) // faster, it would be a paste
		ben.shows(one[1])
	}
	for _, screen := range []*ptyShell{ben, cyd} {
		if strings.Contains(strings.ToLower(screen.said), toCome) {
			t.Errorf("a player's screen has what is to come:\n%q", screen.said)
		}
	}
	must("fay", "drill", "next")
	ben.shows("A quagga burns.")
	cyd.shows("A quagga burns.")
	if _, said, code := b.ssh("ben", "", "drill", "rate", "see", "P"); code != 1 || !strings.Contains(said, "that is for who leads it") {
		t.Errorf("a player who rates is told, with code %d, %q", code, said)
	}
	must("ben", "drill", "ack", "quagga-fire", "'we call'")
	must("fay", "drill", "rate", "see", "P")
	must("fay", "close", "'that was it'", "--override", "'time is over'")
	if report := must("fay", "drill", "report"); !strings.Contains(report, "we call") || !strings.Contains(report, "The fire is seen") {
		t.Errorf("the report is\n%s", report)
	}
	ben.press("\x03")
	ben.await("ended 0", 1)
	if out := must("ben", "drill", "report"); !strings.Contains(out, "The fire is seen") {
		t.Errorf("when it is over, who played reads\n%s", out)
	}
	if out := b.local("verify"); !strings.Contains(out, "integrity     GOOD") {
		t.Error(out)
	}
}

// nothingToCome fails if any command tells a player what is to come. They are run on a copy,
// so that it does not matter what they record.
func nothingToCome(t *testing.T, b *servedBox) {
	t.Helper()
	dir := t.TempDir()
	if out, err := exec.Command("cp", "-r", filepath.Join(b.dir, "state", "incidents"), filepath.Join(b.dir, ".config"), dir).CombinedOutput(); err != nil {
		t.Fatalf("%v %s", err, out)
	}
	tell := func(access state.Access, args ...string) string {
		out, _ := visitHere(t, dir, "Somebody", access, strings.NewReader(""), args...)
		return strings.ToLower(out)
	}
	if !strings.Contains(tell(state.Facilitator, "drill", "status"), toCome) {
		t.Fatal("the facilitator is told nothing here, so that nothing is tried")
	}
	every := 0
	var walk func(c *cobra.Command, path []string)
	walk = func(c *cobra.Command, path []string) {
		for _, below := range c.Commands() {
			walk(below, append(path[:len(path):len(path)], below.Name()))
		}
		for _, args := range [][]string{nil, {"1"}, {"no such"}, {"--json"}} {
			if len(path) == 0 || c.Name() == "people" || c.Name() == "invite" {
				continue
			}
			every++
			args = append(path[:len(path):len(path)], args...)
			if out := tell(state.Responder, args...); strings.Contains(out, toCome) {
				t.Errorf("%q tells what is to come:\n%s", args, out)
			}
		}
	}
	walk(newRoot(newEnv()), nil)
	if every < 300 {
		t.Errorf("only %d commands were tried", every)
	}
}
