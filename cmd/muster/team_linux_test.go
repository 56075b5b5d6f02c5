package main

import (
	"bytes"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

// A line to a served box, which can be cut.
type cutLine struct {
	listener net.Listener
	port     string

	mu    sync.Mutex
	conns []net.Conn
}

// lineToBox is a way to the box that is cut by cut.
func lineToBox(t *testing.T, b *servedBox) *cutLine {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, port, _ := net.SplitHostPort(listener.Addr().String())
	l := &cutLine{listener: listener, port: port}
	go func() {
		for {
			near, err := listener.Accept()
			if err != nil {
				return
			}
			far, err := net.Dial("tcp", "127.0.0.1:"+b.port)
			if err != nil {
				_ = near.Close()
				continue
			}
			l.mu.Lock()
			l.conns = append(l.conns, near, far)
			l.mu.Unlock()
			go func() { _, _ = io.Copy(near, far); _ = near.Close() }()
			go func() { _, _ = io.Copy(far, near); _ = far.Close() }()
		}
	}()
	t.Cleanup(l.cut)
	return l
}

func (l *cutLine) cut() {
	_ = l.listener.Close()
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, conn := range l.conns {
		_ = conn.Close()
	}
}

// sshPty is somebody before the screens of a served box.
func (b *servedBox) sshPty(t *testing.T, name, command string) *ptyShell {
	t.Helper()
	return newPtyShell(t, "ssh -tt "+strings.Join(b.sshOptions(name, b.port), " ")+" "+command+"; echo ended $?")
}

// joins lets somebody in who has no key here yet: by a code, and a yes from inside.
func (b *servedBox) joins(inviter, key, name string) {
	b.t.Helper()
	b.key(key, "")
	out, said, _ := b.ssh(inviter, "", "people", "invite", name, "--role", "responder", "--json")
	found := regexp.MustCompile(`"code":"([^"]+)"`).FindStringSubmatch(out)
	if found == nil {
		b.t.Fatal(out, said)
	}
	in := make(chan string)
	go func() {
		out, said, _ := b.ssh(key, found[1]+"\n\n", "people")
		in <- out + said
	}()
	for deadline := time.Now().Add(time.Minute); ; {
		if out, _, _ := b.ssh(inviter, "", "people"); strings.Contains(out, "WAITS  "+name) {
			break
		}
		if time.Now().After(deadline) {
			b.t.Fatal("nobody knocks")
		}
	}
	if out, said, code := b.ssh(inviter, "", "people", "admit", name); code != 0 {
		b.t.Fatal(out, said)
	}
	if said := <-in; !strings.Contains(said, "You are in.") {
		b.t.Fatal(said)
	}
}

// TestTeam is three people on one incident: the first serves, the second joins by a code, the
// third has a key. The second's line is cut, and work goes on there, in a copy, as it does at
// the first; both decide one question differently. The branch is merged, the two answers are
// settled, and the incident is closed, exported and verified.
func TestTeam(t *testing.T) {
	b := newServedBox(t)
	b.serve(b.key("ada", `name="Ada Lovelace",role=responder`), b.key("cyd", `name="Cyd",role=responder`))
	must := func(name string, args ...string) string {
		t.Helper()
		out, said, code := b.ssh(name, "", args...)
		if code != 0 {
			t.Fatalf("%s %q: code %d\n%s%s", name, args, code, out, said)
		}
		return out
	}
	ada := func(args ...string) string { t.Helper(); return b.local(append(args, "--as", "Ada Lovelace")...) }
	id := strings.TrimSpace(ada("start", "ransomware", "--no-open"))
	b.joins("ada", "ben", "Ben")

	screen := b.sshPty(t, "cyd", "open "+id) // the third sees what all do
	screen.first()
	ada("role", "commander", "Ada Lovelace")
	must("ben", "step", "start", "1.3")
	must("ben", "note", "'the tapes are here'", "--step", "1.3")
	screen.shows("the tapes are here")
	screen.press("n")
	screen.shows("what you saw, heard, think")
	screen.press("by Cyd\r")
	screen.shows("by Cyd")

	line := lineToBox(t, b)
	far := farAway(t, b, "ben")
	ben := func(args ...string) string {
		t.Helper()
		out, err := far(args...).CombinedOutput()
		if err != nil {
			t.Fatalf("muster %q: %v\n%s", args, err, out)
		}
		return string(out)
	}
	address := "ssh://127.0.0.1:" + line.port + "/" + id
	ben("copy", address)
	follow := far("copy", address, "--follow")
	var said bytes.Buffer
	follow.Stdout, follow.Stderr = &said, &said
	if err := follow.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = follow.Process.Kill(); _ = follow.Wait() }()
	ada("note", "before the cut")
	for deadline := time.Now().Add(time.Minute); !strings.Contains(ben("log"), "before the cut"); {
		if time.Now().After(deadline) {
			t.Fatal("the copy does not follow")
		}
	}

	line.cut()
	ben("branch", "--why", "the line is cut")
	ben("step", "done", "1.3", "--note", "they can be read", "--override", "the file follows")
	ben("step", "answer", "attack", "no", "--note", "the disk failed")
	file := filepath.Join(b.dir, "tapes.txt")
	if err := os.WriteFile(file, []byte("tape 1: good\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	ben("evidence", file)
	ada("step", "answer", "attack", "yes", "--note", "there is a note")
	must("cyd", "note", "'the police were called'")
	if out := ben("status"); !strings.Contains(out, "BRANCH of "+address) {
		t.Errorf("the branch says\n%s", out)
	}

	stick := filepath.Join(b.dir, "stick") // any carrier will do
	if out, err := exec.Command("cp", "-r", branchFolder(far, id), stick).CombinedOutput(); err != nil {
		t.Fatalf("%v %s", err, out)
	}
	before := b.local("head")
	if out := ada("merge", stick, "--dry-run"); !strings.Contains(out, "TWO ANSWERS: answer 1.9 Decide: fault or attack?") || b.local("head") != before {
		t.Errorf("it would merge\n%s", out)
	}
	ada("merge", stick)
	if out := ada("merge", stick); !strings.Contains(out, "nothing to take over") {
		t.Errorf("merged twice\n%s", out)
	}
	screen.shows("TWO ANSWERS")
	settle(t, b, must)
	must("cyd", "close", "'it was an attack'", "--override", "'the rest is for tomorrow'")
	report := must("cyd", "export", "--format", "html")
	for _, want := range []string{"the tapes are here", "by Cyd", "before the cut", "they can be read", "the police were called", "the note stands"} {
		if !strings.Contains(report, want) {
			t.Errorf("the report lacks %q", want)
		}
	}
	for name, verdict := range map[string]string{"the first": b.local("verify"), "the third": must("cyd", "verify")} {
		if !strings.Contains(verdict, "integrity     GOOD") || !strings.Contains(verdict, "evidence      GOOD") || !strings.Contains(verdict, "consistency   GOOD") {
			t.Errorf("%s reads\n%s", name, verdict)
		}
	}
	if out := b.local("evidence", "get", sumOf(t, file)); out != "tape 1: good\n" {
		t.Errorf("what was attached in the branch is %q", out)
	}
	screen.press("\x03")
	screen.await("ended 0", 1)
	screen.isBack()
}

// branchFolder is where a person's own copy of an incident lies.
func branchFolder(far func(...string) *exec.Cmd, id string) string {
	for _, variable := range far().Env {
		if dir, is := strings.CutPrefix(variable, "MUSTER_STATE="); is {
			return filepath.Join(dir, "incidents", id)
		}
	}
	return ""
}

// settle settles the two answers of one question, over SSH: the first's holds.
func settle(t *testing.T, b *servedBox, must func(string, ...string) string) {
	t.Helper()
	if out, _, code := b.ssh("cyd", "", "close", "x"); code == 0 {
		t.Errorf("it is closed with two answers: %s", out)
	}
	list := must("cyd", "settle")
	id := regexp.MustCompile(`muster settle (answer:\S+)`).FindStringSubmatch(list)
	entry := regexp.MustCompile(`entry (\d+), Ada Lovelace`).FindStringSubmatch(list)
	if id == nil || entry == nil {
		t.Fatalf("two answers are listed as\n%s", list)
	}
	must("cyd", "settle", id[1], "--holds", entry[1], "--why", "'the note stands'")
	if out := must("cyd", "settle"); !strings.Contains(out, "Nothing has two answers") {
		t.Errorf("settled, there are\n%s", out)
	}
}

// TestDoorOnTheScreens: somebody is invited, and let in, by who has the screens open; an
// observer is shown nobody who waits, and lets nobody in.
func TestDoorOnTheScreens(t *testing.T) {
	b := newServedBox(t)
	b.serve(b.key("ada", `name="Ada",role=responder`), b.key("eve", `name="Eve",role=observer`))
	b.key("ben", "")
	b.local("start", "ransomware", "--no-open", "--as", "Ada")
	b.local("note", "x", "--as", "Ada")
	ada, eve := b.sshPty(t, "ada", "open"), b.sshPty(t, "eve", "open")
	ada.shows("1.1 Name commander")
	eve.shows("1.1 Name commander")
	ada.press("&")
	ada.shows("make a code")
	ada.later(500*time.Millisecond, "Ben\r")
	ada.shows("for Ben (responder), once")
	code := regexp.MustCompile(`[0-9A-Z]{4}-[0-9A-Z]{4}`).FindString(ada.said[strings.LastIndex(ada.said, "Read it to them"):])
	in := make(chan string)
	go func() {
		out, said, _ := b.ssh("ben", code+"\n\n", "version")
		in <- out + said
	}()
	ada.later(300*time.Millisecond, "\r")
	ada.shows("1 at the door")
	ada.press("&")
	ada.shows("Ben waits")
	ada.press("\r")
	ada.shows("Let them read it to you")
	ada.later(300*time.Millisecond, "\x1b[C")
	ada.later(300*time.Millisecond, "\r")
	ada.shows("Ben is in.")
	if said := <-in; !strings.Contains(said, "You are in.") {
		t.Error(said)
	}
	eve.press("&")
	eve.shows("make a code")
	eve.later(500*time.Millisecond, "Mallory\r")
	eve.shows("letting somebody in is for")
	if strings.Contains(eve.said, "at the door") {
		t.Error("an observer is shown who waits")
	}
}
