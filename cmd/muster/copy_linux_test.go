package main

import (
	"bufio"
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// farAway is a machine of its own that reaches a served box by ssh, with a key.
func farAway(t *testing.T, b *servedBox, key string) func(args ...string) *exec.Cmd {
	t.Helper()
	dir := t.TempDir()
	options := "-F none -o BatchMode=yes -o IdentitiesOnly=yes -o StrictHostKeyChecking=no -o LogLevel=ERROR -o UserKnownHostsFile=" + filepath.Join(b.dir, "known") + " -i " + filepath.Join(b.dir, key)
	real, err := exec.LookPath("ssh")
	if err != nil {
		t.Skip(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "ssh"), []byte("#!/bin/sh\nexec "+real+" "+options+` "$@"`+"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	return func(args ...string) *exec.Cmd {
		cmd := exec.CommandContext(context.Background(), "muster", args...)
		cmd.Env = []string{"PATH=" + dir + ":" + os.Getenv("PATH"), "HOME=" + dir, "MUSTER_STATE=" + filepath.Join(dir, "state"), "MUSTER_AS=Ben", "TZ=UTC"}
		return cmd
	}
}

// TestCopyOverSSH: a copy is kept of a log on a served box and follows it; when the box is
// gone people go on in it; and what they did is merged from another served box.
func TestCopyOverSSH(t *testing.T) {
	b := newServedBox(t)
	line := b.key("ada", `name="Ada Lovelace",role=responder`)
	b.serve(line)
	id := strings.TrimSpace(b.local("start", "ransomware", "--no-open", "--as", "Ada Lovelace"))
	file := filepath.Join(b.dir, "dump.txt")
	if err := os.WriteFile(file, []byte("a dump\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	b.local("evidence", file, "--as", "Ada Lovelace")
	far := farAway(t, b, "ada")
	run := func(args ...string) string {
		t.Helper()
		out, err := far(args...).CombinedOutput()
		if err != nil {
			t.Fatalf("muster %q: %v\n%s", args, err, out)
		}
		return string(out)
	}
	address := "ssh://127.0.0.1:" + b.port + "/" + id
	if out := run("copy", address); !strings.Contains(out, "3 entries, 3 new") || strings.Contains(out, "does not lie") {
		t.Fatalf("copied: %s", out)
	}
	follow := far("copy", address, "--follow")
	var said bytes.Buffer
	follow.Stdout, follow.Stderr = &said, &said
	if err := follow.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = follow.Process.Kill() }()
	copied := func(note string) {
		t.Helper()
		b.local("note", note, "--as", "Ada Lovelace")
		for deadline := time.Now().Add(time.Minute); !strings.Contains(run("log"), note); {
			if time.Now().After(deadline) {
				t.Fatalf("the copy does not follow: %s", &said)
			}
		}
	}
	copied("seen at once")
	if got := run("evidence", "get", sumOf(t, file)); got != "a dump\n" {
		t.Errorf("its evidence is %q", got)
	}
	_ = follow.Process.Kill()
	_ = follow.Wait()
	_ = b.server.Process.Kill()
	_ = b.server.Wait()
	later := far("copy", address, "--follow") // begins while nothing answers
	errs, err := later.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := later.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = later.Process.Kill() }()
	lines := bufio.NewScanner(errs)
	for lines.Scan() && !strings.Contains(lines.Text(), "that is here goes up to entry") {
	}
	if lines.Text() == "" {
		t.Error("of a box that is gone, nothing is said")
	}
	b.serve(line)
	copied("after the break")
	_ = later.Process.Kill()
	_ = later.Wait()
	_ = b.server.Process.Kill()
	_ = b.server.Wait()
	if out, err := far("copy", address).CombinedOutput(); err == nil || !strings.Contains(string(out), "Try it by hand: ssh -p "+b.port+" 127.0.0.1 status") {
		t.Errorf("of a box that is gone: %v\n%s", err, out)
	}
	run("branch")
	run("note", "while the box was gone")
	b.local("note", "at the box", "--as", "Ada Lovelace")

	other := &servedBox{t: t, dir: strings.TrimPrefix(far("x").Env[1], "HOME=")}
	other.serve(line)
	near := farAway(t, b, "ada")
	merge := near("merge", "ssh://127.0.0.1:"+other.port+"/"+id)
	merge.Env = append(merge.Env, "MUSTER_STATE="+filepath.Join(b.dir, "state"), "MUSTER_AS=Ada Lovelace")
	if out, err := merge.CombinedOutput(); err != nil || !strings.Contains(string(out), "taken over, 0 there already") {
		t.Fatalf("%v\n%s", err, out)
	}
	if log := b.local("log"); !strings.Contains(log, "while the box was gone") || !strings.Contains(log, "at the box") {
		t.Errorf("merged is\n%s", log)
	}
	if out := b.local("verify"); !strings.Contains(out, "integrity     GOOD") || !strings.Contains(out, "evidence      GOOD") {
		t.Error(out)
	}
}

func sumOf(t *testing.T, file string) string {
	t.Helper()
	out, err := exec.Command("sha256sum", file).Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(out[:64])
}

// TestRemoteAddresses: nothing that ssh could take for an option, and nothing that a shell on
// the other side could run, gets as far as ssh.
func TestRemoteAddresses(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"ssh://box/", "-- box"}, {"ssh://box", "-- box"}, {"ssh://ada@box:2222/2026-11-24-amber-heron", "-p 2222 -l ada -- box"}, {"ssh://[fe80::1]:22/x", "-p 22 -- fe80::1"},
		{"ssh://-oProxyCommand=reboot/x", ""}, {"ssh://-lroot@box/x", ""}, {"ssh://box/-x", ""}, {"ssh://box/x;reboot", ""}, {"ssh://box/x y", ""}, {"ssh://box/$(reboot)", ""},
		{"ssh://box/x%0areboot", ""}, {"ssh://box/x/y", ""}, {"ssh://box/../x", ""}, {"ssh://`x`/y", ""}, {"ssh://a b/y", ""}, {"ssh://box:0/x", ""}, {"ssh://box:65536/x", ""}, {"ssh://box:-1/x", ""},
		{"ssh://u:secret@box/x", ""}, {"ssh://box/x?y", ""}, {"ssh://box/x#y", ""}, {"ssh:///x", ""}, {"ssh://@box/x", ""}, {"ssh:box", ""}, {"http://box/x", ""}, {"ssh://%2dx/y", ""},
	} {
		r, err := parseRemote(c.text)
		got := ""
		if err == nil {
			args := strings.Join(r.args("status"), " ")
			got = strings.TrimSuffix(args[strings.Index(args, "CountMax=3")+len("CountMax=3 "):], " muster status")
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q (%v)", c.text, got, c.want, err)
		}
	}
}

// TestNothingIsFetchedOtherwise: an address that is none of ssh's is no file of that name.
func TestNothingIsFetchedOtherwise(t *testing.T) {
	p := newPlay(t)
	for _, what := range []string{"http://box/x", "https://box/x", "sftp://box/x"} {
		if code, _, said := p.try("copy", what); code != exitUsage || !strings.Contains(said, "nothing is fetched by "+strings.SplitN(what, ":", 2)[0]+"://") {
			t.Errorf("copy %s: exit code %d\n%s", what, code, said)
		}
	}
}

// TestCopiesAtOnce: several that copy one log to one place do not trip over each other.
func TestCopiesAtOnce(t *testing.T) {
	b := &servedBox{t: t, dir: t.TempDir()}
	id := strings.TrimSpace(b.local("start", "ransomware", "--no-open", "--as", "Ada"))
	source := filepath.Join(b.dir, "state", "incidents", id)
	for range 3 {
		dir := t.TempDir()
		all := make([]*exec.Cmd, 6)
		said := make([]bytes.Buffer, len(all))
		for i := range all {
			all[i] = b.command("copy", source, "--state", dir)
			all[i].Stdout, all[i].Stderr = &said[i], &said[i]
			if err := all[i].Start(); err != nil {
				t.Fatal(err)
			}
		}
		for i, cmd := range all {
			if err := cmd.Wait(); err != nil {
				t.Errorf("%v: %s", err, said[i].String())
			}
		}
		b.local("verify", id, "--state", dir)
	}
}

// TestRemoteGivesAnother: a machine that gives another incident's log than was asked for adds
// to no copy of that one.
func TestRemoteGivesAnother(t *testing.T) {
	b := &servedBox{t: t, dir: t.TempDir()}
	id := strings.TrimSpace(b.local("start", "ransomware", "--no-open", "--as", "Ada"))
	log := filepath.Join(b.dir, "state", "incidents", id, "log.jsonl")
	bin := t.TempDir()
	if err := os.WriteFile(filepath.Join(bin, "ssh"), []byte("#!/bin/sh\nexec cat "+log+"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	for asked, want := range map[string]string{id: "1 entry, 1 new", "": "1 entry, 1 new", "2026-11-24-amber-heron": "gives the log of another incident, " + id} {
		cmd := b.command("copy", "ssh://box/"+asked, "--state", t.TempDir())
		cmd.Env = append(cmd.Env, "PATH="+bin+":"+os.Getenv("PATH"))
		if out, err := cmd.CombinedOutput(); !strings.Contains(string(out), want) || (err != nil) != strings.Contains(want, "another") {
			t.Errorf("%q: %v, %s", asked, err, out)
		}
	}
}
