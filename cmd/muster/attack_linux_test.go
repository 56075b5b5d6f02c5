package main

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/spf13/cobra"

	"muster/state"
)

// opened is a served box on which an incident is open, and its id.
func opened(t *testing.T, people ...[2]string) (b *servedBox, id string) {
	t.Helper()
	b = newServedBox(t)
	var lines []string
	for _, p := range people {
		lines = append(lines, b.key(p[0], fmt.Sprintf("name=%q,role=%s", strings.ToUpper(p[0][:1])+p[0][1:], p[1])))
	}
	b.serve(lines...)
	return b, strings.TrimSpace(b.local("start", "ransomware", "--no-open", "--as", "Ada"))
}

// TestNothingButMuster: what else ssh, scp and sftp can ask for is not there.
func TestNothingButMuster(t *testing.T) {
	b, _ := opened(t, [2]string{"ada", "responder"})
	secret := filepath.Join(b.dir, "secret")
	if err := os.WriteFile(secret, []byte("the host's own"), 0o600); err != nil {
		t.Fatal(err)
	}
	options := b.sshOptions("ada", b.port)
	host, options := options[len(options)-1], options[:len(options)-1]
	ssh := func(args ...string) (string, int) {
		cmd := exec.Command("ssh", append(options[:len(options):len(options)], args...)...)
		out, _ := cmd.CombinedOutput()
		return string(out), cmd.ProcessState.ExitCode()
	}
	for _, args := range [][]string{
		{"-W", "127.0.0.1:" + b.port, host},
		{"-o", "ExitOnForwardFailure=yes", "-R", "0:127.0.0.1:" + b.port, host, "version"},
		{"-o", "ExitOnForwardFailure=yes", "-R", filepath.Join(b.dir, "socket") + ":127.0.0.1:" + b.port, host, "version"},
		{"-s", host, "sftp"},
		{host, "sh", "-c", "id"}, {host, "/bin/sh"}, {host, "version; cat " + secret}, {host, "version && cat " + secret}, {host, "`cat " + secret + "`"}, {host, "--", "cat", secret},
	} {
		if out, code := ssh(args...); code == 0 || strings.Contains(out, "the host's own") || strings.Contains(out, "uid=") {
			t.Errorf("ssh %q: code %d, %s", args, code, out)
		}
	}
	if out, code := ssh("-o", "SetEnv=LD_PRELOAD=/x MUSTER_STATE="+b.dir+" MUSTER_AS=Ben HOME=/ EDITOR=sh", host, "me"); code != 0 || !strings.Contains(out, "Ada") {
		t.Errorf("with an environment: code %d, %s", code, out)
	}
	for _, copies := range []string{"scp -f " + secret, "rsync --server --sender . " + secret} {
		if out, code := ssh(host, copies); code != exitUsage || !strings.Contains(out, "copies no files here") || !strings.Contains(out, "evidence get SHA > FILE") {
			t.Errorf("%s: code %d, %s", copies, code, out)
		}
	}
	for program, args := range map[string][]string{"scp": {host + ":" + secret, b.dir + "/got"}, "sftp": {host + ":" + secret, b.dir + "/got"}} {
		if _, err := exec.LookPath(program); err != nil {
			continue
		}
		with := []string{}
		for i := 0; i < len(options)-2; i++ {
			with = append(with, options[i])
		}
		cmd := exec.Command(program, append(append(with, "-P", b.port), args...)...)
		if out, err := cmd.CombinedOutput(); err == nil {
			t.Errorf("%s: %s", program, out)
		}
	}
	if _, err := os.Stat(filepath.Join(b.dir, "got")); err == nil {
		t.Error("a file was got")
	}
}

// TestObserversWriteNothing: not by any command, nor on the screens, nor line by line.
func TestObserversWriteNothing(t *testing.T) {
	b, id := opened(t, [2]string{"eve", "observer"})
	before := b.local("head")
	eve := b.sshPty(t, "eve", "open "+id)
	eve.shows("READ ONLY")
	for _, key := range strings.Split("d s i e n u t S O I + T C @ V Y H K a r m x \r R", " ") {
		eve.press(key)
	}
	eve.press("typed by Eve\r")
	eve.press("\x03\x03")
	eve.await("ended", 1)
	plain, _, _ := b.ssh("eve", "n\ntyped by Eve\n\n:note typed by Eve\nd\n\ny\nq\n", "open", id, "--plain")
	if !strings.Contains(plain, "only be") && !strings.Contains(strings.ToLower(plain), "read") {
		t.Errorf("line by line nothing is said of it:\n%s", plain)
	}
	var walk func(c *cobra.Command, path []string)
	walk = func(c *cobra.Command, path []string) {
		for _, below := range c.Commands() {
			walk(below, append(path[:len(path):len(path)], below.Name()))
		}
		for _, args := range [][]string{nil, {"1.1"}, {"x"}, {"1.1", "x"}, {"--why", "x", "2"}, {"commander", "Eve"}, {"2", "--override", "x"}} {
			if len(path) > 0 && c.Name() != "feed" { // which goes on for ever
				visitHere(t, filepath.Join(b.dir, "state"), "Eve", state.Observer, strings.NewReader("typed by Eve\n"), append(path[:len(path):len(path)], args...)...)
			}
		}
	}
	walk(newRoot(newEnv()), nil)
	if after := b.local("head"); after != before {
		t.Errorf("an observer wrote:\n%s", b.local("log"))
	}
	if out := b.local("people"); strings.Contains(out, "invited") {
		t.Errorf("an observer let somebody in:\n%s", out)
	}
}

// TestNobodyHoldsOthersUp: not who never reads, nor who is cut off in the middle of a frame.
// Those who are told of SIGTERM get their terminals back.
func TestNobodyHoldsOthersUp(t *testing.T) {
	if _, err := exec.LookPath("pkill"); err != nil {
		t.Skip(err)
	}
	b, id := opened(t, [2]string{"ada", "responder"}, [2]string{"ben", "responder"}, [2]string{"cyd", "responder"})
	deaf, ada := b.sshPty(t, "ben", "open "+id), b.sshPty(t, "ada", "open "+id)
	deaf.first()
	ada.first()
	line := lineToBox(t, b)
	far := *b
	far.port = line.port
	torn := far.sshPty(t, "cyd", "open "+id)
	torn.await("\x1b[?1049h", 1) // the first frame is on its way
	line.cut()
	torn.await("ended 255", 1)
	stop := exec.Command("pkill", "-STOP", "-P", fmt.Sprint(deaf.cmd.Process.Pid)) // its ssh reads no more
	if out, err := stop.CombinedOutput(); err != nil {
		t.Fatal(err, string(out))
	}
	big := strings.Repeat("much is said here ", 100)
	for n := range 20 {
		b.local("note", fmt.Sprint(n, " ", big), "--as", "Ada")
	}
	b.local("note", "and the last", "--as", "Ada")
	ada.shows("and the last")
	if out, _, _ := b.ssh("ada", "", "people"); !strings.Contains(out, "CUT OFF      Cyd") || !strings.Contains(out, "here         Ben") {
		t.Errorf("who is here:\n%s", out)
	}
	if err := b.server.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	ada.await("\nended ", 1)
	ada.isBack()
	if err := b.server.Wait(); err != nil {
		t.Errorf("it ended with %v", err)
	}
	_ = exec.Command("pkill", "-KILL", "-P", fmt.Sprint(deaf.cmd.Process.Pid)).Run()
}

// TestManyConnections: ten thousand from one address keep nobody out who comes from another,
// nor for longer than they last.
func TestManyConnections(t *testing.T) {
	b, _ := opened(t, [2]string{"ada", "responder"})
	var all sync.WaitGroup
	conns := make(chan net.Conn, 10_000)
	for range 20 {
		all.Go(func() {
			for range 500 {
				conn, err := net.Dial("tcp", "127.0.0.1:"+b.port)
				if err != nil {
					continue
				}
				if len(conns) < 200 {
					conns <- conn // it says nothing, and stays
					continue
				}
				_ = conn.Close()
			}
		})
	}
	all.Wait()
	options := append([]string{"-b", "127.0.0.2"}, b.sshOptions("ada", b.port)...)
	if out, err := exec.Command("ssh", append(options, "version")...).CombinedOutput(); err != nil {
		t.Errorf("from another address: %v %s", err, out)
	}
	close(conns)
	for conn := range conns {
		_ = conn.Close()
	}
	for try := 0; ; try++ { // the server sees the ends one by one
		if out, said, code := b.ssh("ada", "", "version"); code == 0 {
			break
		} else if try == 50 {
			t.Fatalf("when they are gone: code %d, %s%s", code, out, said)
		}
	}
}

// TestGuessing: whoever guesses codes makes them void, and is seen.
func TestGuessing(t *testing.T) {
	b, _ := opened(t, [2]string{"ada", "responder"})
	b.key("mallory", "")
	out, _, _ := b.ssh("ada", "", "people", "invite", "Ben", "--role", "responder", "--json")
	code := out[strings.Index(out, `"code":"`)+8:][:9]
	for range 7 {
		if out, said, ended := b.ssh("mallory", "0000-0000\n0000-0001\n0000-0002\n", "people"); ended == 0 {
			t.Fatal(out, said)
		}
	}
	if _, said, ended := b.ssh("mallory", code+"\n\n", "people"); ended != 255 || !strings.Contains(said, "Permission denied") {
		t.Errorf("after %d guesses the code still counts: code %d, %s", 21, ended, said)
	}
	if out, said, ended := b.ssh("ada", "", "people"); ended != 0 || strings.Contains(out, "invited until") || !strings.Contains(out, "every invitation is void") {
		t.Errorf("%s%s", out, said)
	}
	if out, said, ended := b.ssh("ada", "", "people", "invite", "Ben", "--role", "responder"); ended != 0 {
		t.Fatal(out, said)
	}
	if out, said, ended := b.ssh("ada", "", "people"); ended != 0 || strings.Contains(out, "void") || !strings.Contains(out, "invited until") {
		t.Errorf("with a new code: %s%s", out, said)
	}
}

// TestTakenOutOverSSH: who is taken out is out at once, and told; who has two keys stays one
// person, and the log says which key it was.
func TestTakenOutOverSSH(t *testing.T) {
	b := newServedBox(t)
	b.serve(b.key("ben", `name="Ben",role=responder`), b.key("phone", `name="Ben",role=responder`), b.key("other", `name="ben",role=observer`), b.key("ada", `name="Ada",role=responder`))
	if !strings.Contains(b.said.String(), "people:3 lets nobody in") {
		t.Errorf("one name with two roles: %s", b.said.String())
	}
	id := strings.TrimSpace(b.local("start", "ransomware", "--no-open", "--as", "Ada"))
	for _, key := range []string{"ben", "phone"} {
		if out, said, code := b.ssh(key, "", "note", "by-"+key); code != 0 {
			t.Fatal(out, said)
		}
	}
	log := b.local("log")
	for _, key := range []string{"ben", "phone"} {
		print, err := exec.Command("ssh-keygen", "-l", "-f", filepath.Join(b.dir, key+".pub")).Output()
		if err != nil || !strings.Contains(log, strings.Fields(string(print))[1]) {
			t.Errorf("the log does not say by which key, %s:\n%s", print, log)
		}
	}
	ben := b.sshPty(t, "ben", "open "+id)
	ben.shows("1.1 Name commander")
	b.local("people", "remove", "Ben")
	ben.await("may not come in any more", 1)
	ben.await("ended", 1)
	ben.isBack()
}

// TestOneScreenDoesNotReachAnother: what one writes that a terminal would obey, or answer, is
// shown to others for what it is.
func TestOneScreenDoesNotReachAnother(t *testing.T) {
	b, id := opened(t, [2]string{"ada", "responder"}, [2]string{"ben", "responder"})
	ada := b.sshPty(t, "ada", "open "+id)
	ada.first()
	if out, said, code := b.ssh("ben", "\x1b]52;c;eA==\x07\x1b[6n\x1b[c\x1b]0;title\x07\u009b6n\x1bP+q\x1b\\ and the end\n", "note", "-"); code != 0 {
		t.Fatal(out, said)
	}
	ada.shows("Ben       note")
	for _, sequence := range []string{"\x1b]52", "\x1b[6n", "\x1b]0;title", "\u009b6n", "\x1bP+q\x1b"} {
		if strings.Contains(ada.said, sequence) {
			t.Errorf("%q reached the other screen", sequence)
		}
	}
	before := b.local("head")
	ada.press("\x1b[12;40R\x1b[?62;4c\x1b]11;rgb:0000/0000/0000\x1b\\") // what a terminal would answer
	ada.press("\x03")
	ada.await("ended 0", 1)
	if after := b.local("head"); after != before {
		t.Errorf("an answer acted:\n%s", b.local("log"))
	}
}
