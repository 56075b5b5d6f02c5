package main

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"github.com/spf13/cobra"
)

// A served box is the real program that serves, and OpenSSH's clients.
type servedBox struct {
	t      *testing.T
	dir    string
	port   string
	server *exec.Cmd
	people string       // who may come
	said   bytes.Buffer // what it said before it served
}

func newServedBox(t *testing.T) *servedBox {
	t.Helper()
	for _, program := range []string{"ssh", "ssh-keygen"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skip("there is no OpenSSH here: ", err)
		}
	}
	return &servedBox{t: t, dir: t.TempDir()}
}

// key makes a key and returns its line for somebody.
func (b *servedBox) key(name, options string) string {
	b.t.Helper()
	file := filepath.Join(b.dir, name)
	if out, err := exec.Command("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", file).CombinedOutput(); err != nil {
		b.t.Fatalf("%v: %s", err, out)
	}
	public, err := os.ReadFile(file + ".pub")
	if err != nil {
		b.t.Fatal(err)
	}
	return options + " " + string(public)
}

func (b *servedBox) command(args ...string) *exec.Cmd {
	cmd := exec.CommandContext(context.Background(), "muster", args...)
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + b.dir, "MUSTER_STATE=" + filepath.Join(b.dir, "state"), "TZ=UTC"}
	return cmd
}

func (b *servedBox) local(args ...string) string {
	b.t.Helper()
	out, err := b.command(args...).CombinedOutput()
	if err != nil {
		b.t.Fatalf("muster %q: %v\n%s", args, err, out)
	}
	return string(out)
}

// serve starts it, with these people.
func (b *servedBox) serve(people ...string) {
	b.t.Helper()
	b.people = strings.Join(people, "")
	dir := filepath.Join(b.dir, "state", "team")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		b.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "people"), []byte(b.people), 0o600); err != nil {
		b.t.Fatal(err)
	}
	b.server = b.command("serve", "--listen", "127.0.0.1:"+cmp.Or(b.port, "0")) // again where it was
	b.server.Dir = b.dir
	out, err := b.server.StdoutPipe()
	if err != nil {
		b.t.Fatal(err)
	}
	b.server.Stderr = b.server.Stdout
	if err := b.server.Start(); err != nil {
		b.t.Fatal(err)
	}
	b.t.Cleanup(func() { _ = b.server.Process.Kill(); _ = b.server.Wait() })
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		b.said.WriteString(lines.Text() + "\n")
		if found := regexp.MustCompile(`ssh -p (\d+)`).FindStringSubmatch(lines.Text()); found != nil {
			b.port = found[1]
		}
		if strings.HasPrefix(lines.Text(), "Let somebody in") {
			go func() {
				for lines.Scan() {
				}
			}()
			return
		}
	}
	b.t.Fatal("it did not say how to connect")
}

// sshOptions are what ssh is told before the command.
func (b *servedBox) sshOptions(name, port string) []string {
	return []string{"-F", "none", "-o", "BatchMode=yes", "-o", "IdentitiesOnly=yes", "-o", "StrictHostKeyChecking=no", "-o", "LogLevel=ERROR",
		"-o", "UserKnownHostsFile=" + filepath.Join(b.dir, "known"), "-i", filepath.Join(b.dir, name), "-p", port, "127.0.0.1"}
}

// ssh runs a command as somebody, with this on standard input.
func (b *servedBox) ssh(name, input string, args ...string) (out, said string, code int) {
	b.t.Helper()
	cmd := exec.Command("ssh", append(b.sshOptions(name, b.port), args...)...)
	cmd.Stdin = strings.NewReader(input)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil && cmd.ProcessState == nil {
		b.t.Fatal(err)
	}
	return stdout.String(), stderr.String(), cmd.ProcessState.ExitCode()
}

// TestServe: the command line over OpenSSH, by whom, and what is refused.
func TestServe(t *testing.T) {
	b := newServedBox(t)
	b.serve(b.key("ada", `name="Ada Lovelace",role=responder`), b.key("eve", `name="Eve",role=observer`))
	b.key("nobody", "")
	// Called as no part of an id can be: an incident may be an indigo-flamingo.
	if err := os.WriteFile(filepath.Join(b.dir, "qz"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	secret := filepath.Join(b.dir, "secret.txt")
	if err := os.WriteFile(secret, []byte("the host's own"), 0o600); err != nil {
		t.Fatal(err)
	}
	must := func(name, input string, args ...string) string {
		t.Helper()
		out, said, code := b.ssh(name, input, args...)
		if code != 0 {
			t.Fatalf("%s %q: code %d\n%s%s", name, args, code, out, said)
		}
		return out
	}
	must("ada", "", "start", "ransomware", "--no-open")
	must("ada", "", "note", `'it is "so"'`)
	must("ada", "what came\n", "evidence", "-", "--name", "dump.txt")
	log := b.local("log")
	for _, want := range []string{"by the key SHA256:", "Ada Lovelace  note", "it is", `evidence "dump.txt", 10 bytes`} {
		if !strings.Contains(log, want) {
			t.Errorf("the log lacks %q:\n%s", want, log)
		}
	}
	if out := must("eve", "", "log"); !strings.Contains(out, "it is") {
		t.Errorf("an observer reads %q", out)
	}
	must("ada", "", "prove", "2")
	if out := must("eve", "", "prove", "2"); !strings.Contains(out, `"format": "muster-proof"`) {
		t.Errorf("an observer proves %q", out)
	}
	if out := must("eve", "", "man"); !strings.HasPrefix(out, ".TH MUSTER") {
		t.Errorf("the manual page is %q", out)
	}
	before := b.local("head")
	for _, c := range []struct {
		name, args, says string
		code             int
	}{
		{"eve", "note no", "observer", 1},
		{"eve", "people invite Mallory --role responder", "for those who respond", 1},
		{"ada", "people invite Mallory --role facilitator", "let nobody in as facilitator", 1},
		{"ada", "note --as Eve no", "Ada Lovelace's", 1},
		{"ada", "me Eve", "Ada Lovelace's", 1},
		{"ada", "evidence " + secret, "out of reach over SSH", 1},
		{"ada", "log " + secret, "out of reach over SSH", 1},
		{"ada", "verify " + secret, "out of reach over SSH", 1},
		{"ada", "start " + secret, "out of reach over SSH", 1},
		{"ada", "notice draft holding --file " + secret, "out of reach over SSH", 1},
		{"ada", "export -o " + filepath.Join(b.dir, "x.md"), "--output is not taken over SSH", 1},
		{"ada", "list --state " + b.dir, "--state is not taken over SSH", 1},
		{"ada", "list --config " + secret, "--config is not taken over SSH", 1},
		{"ada", "serve", "not done over SSH", 1},
		{"ada", "organisation lint " + secret, "not done over SSH", 1},
		{"ada", "organisation show " + secret, "out of reach over SSH", 1},
		{"ada", "start lost-site --organisation " + secret, "out of reach over SSH", 1},
		{"ada", "drill show imo-2020", "about to play it", 1},
		{"ada", "drill list", "about to play it", 1},
		{"ada", "start --drill --scenario imo", "There is no scenario", 1},
		{"ada", "__complete --state " + b.dir + " note --as ''", "not completed over SSH", 1},
		{"ada", "start qz", "There is no runbook", 1},
		{"ada", "log qz", "There is no incident", 1},
		{"ada", "stamp --tsa http://127.0.0.1:1/", "--tsa is not taken over SSH", 1},
		{"ada", "stamp --add " + secret, "--add is not taken over SSH", 1},
		{"ada", "stamp", "over SSH", 1},
		{"ada", "export --format bundle --to nobody", "neither an age recipient", 2},
		{"ada", "nosuch", "there is no command", 2},
		{"nobody", "log", "Permission denied", 255},
	} {
		out, said, code := b.ssh(c.name, "", strings.Fields(c.args)...)
		if code != c.code || !strings.Contains(said, c.says) {
			t.Errorf("%s %s: code %d, said %q; want %d, %q", c.name, c.args, code, said, c.code, c.says)
		}
		if strings.Contains(out+said, "If you mean the file") {
			t.Errorf("%s tells what lies on the machine that serves: %q", c.args, said)
		}
		if strings.Contains(out+said, "the host's own") {
			t.Errorf("%s reads the host's files: %q", c.args, out+said)
		}
	}
	if after := b.local("head"); after != before {
		t.Errorf("what was refused left a trace: %s, then %s", before, after)
	}
}

// TestServePlayers: who plays a drill over SSH reads nothing of what is to come, nor what is
// kept until it is over, whoever began it.
func TestServePlayers(t *testing.T) {
	b := newServedBox(t)
	b.serve(b.key("fay", `name="Fay",role=facilitator`), b.key("ben", `name="Ben",role=responder`))
	must := func(name string, args ...string) string {
		t.Helper()
		out, said, code := b.ssh(name, "", args...)
		if code != 0 {
			t.Fatalf("%s %q: code %d\n%s%s", name, args, code, out, said)
		}
		return out + said
	}
	must("ben", "start", "--drill", "--scenario", "imo-2020", "--no-open")
	must("fay", "drill", "clock", "start")
	must("fay", "drill", "hold", "technical-issues", "--why", "'kept from them'")
	must("fay", "drill", "observe", "'kept from them'", "--improve")
	for _, args := range []string{"log", "log --json", "form show ics-214", "form show ics-214 --json", "sitrep", "status --json", "notice show ics-214"} {
		if strings.HasPrefix(args, "notice") {
			must("ben", "form", "draft", "ics-214")
		}
		if out := must("ben", args); strings.Contains(out, "kept from them") {
			t.Errorf("a player reads with %s what is kept from them:\n%s", args, out)
		}
	}
	if out := must("fay", "log"); !strings.Contains(out, "kept from them") {
		t.Errorf("the facilitator does not read it:\n%s", out)
	}
	for _, args := range []string{"review", "drill status", "export", "close x --override y"} {
		if out, said, code := b.ssh("ben", "", args); code != 1 || strings.Contains(out+said, "kept from them") {
			t.Errorf("%s: code %d, %s%s", args, code, out, said)
		}
	}
	must("fay", "close", "x", "--override", "y")
	if out := must("ben", "log"); !strings.Contains(out, "kept from them") {
		t.Errorf("when it is over they read it too:\n%s", out)
	}
}

// TestServeInvites: somebody knocks with a code, somebody inside says yes.
func TestServeInvites(t *testing.T) {
	b := newServedBox(t)
	b.serve(b.key("ada", `name="Ada",role=responder`))
	b.key("ben", "")
	out, said, code := b.ssh("ada", "", "people", "invite", "Ben", "--role", "responder", "--json")
	found := regexp.MustCompile(`"code":"([^"]+)"`).FindStringSubmatch(out)
	if found == nil {
		t.Fatal(out, said, code)
	}
	waits := make(chan string)
	go func() {
		out, said, code := b.ssh("ben", found[1]+"\n\n", "people")
		waits <- fmt.Sprint(out, said, code)
	}()
	for {
		select {
		case early := <-waits:
			t.Fatalf("in, or out, before anybody said yes: %s", early)
		default:
		}
		if out, _, _ := b.ssh("ada", "", "people"); strings.Contains(out, "WAITS  Ben, responder") && strings.Contains(out, `muster people turn "Ben"`) {
			break
		}
	}
	if out, said, code := b.ssh("ada", "", "people", "admit", "Ben"); code != 0 {
		t.Fatal(out, said)
	}
	if got := <-waits; !strings.Contains(got, "responder    Ben") || !strings.HasSuffix(got, "0") {
		t.Errorf("let in, they see %q", got)
	}
	if out, _, code := b.ssh("ben", "", "people"); code != 0 || !strings.Contains(out, "Ben") {
		t.Errorf("the key is theirs from then on: %q, code %d", out, code)
	}
	b.local("people", "remove", "Ben")
	if _, said, code := b.ssh("ben", "", "people"); code != 255 || !strings.Contains(said, "Permission denied") {
		t.Errorf("taken out, they get code %d, %q", code, said)
	}
}

// TestServeEnds: SIGTERM ends it in order; who is in has the terminal back, and is told.
func TestServeEnds(t *testing.T) {
	b, id := opened(t, [2]string{"ada", "responder"})
	ada := b.sshPty(t, "ada", "open "+id)
	ada.first()
	if err := b.server.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	ada.await("the way back: ssh -t … open "+id, 1)
	ada.await("whoever serves has ended it", 1)
	ada.await("\nended ", 1)
	ada.isBack()
	if err := b.server.Wait(); err != nil {
		t.Errorf("it ended with %v", err)
	}
}

// TestEveryCommandOverSSH: the tables of what is refused name commands that there are.
func TestEveryCommandOverSSH(t *testing.T) {
	all := map[string]bool{}
	var walk func(c *cobra.Command)
	walk = func(c *cobra.Command) {
		all[strings.TrimPrefix(c.CommandPath(), "muster ")] = true
		for _, below := range c.Commands() {
			walk(below)
		}
	}
	walk(newRoot(newEnv()))
	for name := range notOverSSH {
		if !all[name] {
			t.Errorf("%s is no command", name)
		}
	}
	for name := range strings.SplitSeq(foreseeing, ",") {
		if !all[strings.TrimSpace(name)] {
			t.Errorf("%s is no command", name)
		}
	}
}
