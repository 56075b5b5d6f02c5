package main

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/crypto/ssh"

	"muster/state"
	"muster/state/serve"
	"muster/state/team"
)

// TestServeSaysWhoItIs: the key by which the machine is known is made once, for its owner
// alone, and is the one that is printed and that ssh sees.
func TestServeSaysWhoItIs(t *testing.T) {
	b := newServedBox(t)
	b.serve(b.key("ada", `name="Ada",role=responder`), "rubbish\n")
	key := filepath.Join(b.dir, "state", "team", "host_ed25519")
	info, err := os.Stat(key)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("%v %v", info.Mode(), err)
	}
	out, err := exec.Command("ssh-keygen", "-l", "-f", key).Output()
	if err != nil {
		t.Fatal(err)
	}
	print := strings.Fields(string(out))[1]
	said := b.said.String()
	for _, want := range []string{"The machine is:   " + print, "To read it aloud: " + aloud(print), "people:2 lets nobody in"} {
		if !strings.Contains(said, want) {
			t.Errorf("it does not say %q:\n%s", want, said)
		}
	}
	if strings.ReplaceAll(aloud(print), " ", "") != strings.TrimPrefix(print, "SHA256:") {
		t.Errorf("aloud it is %q", aloud(print))
	}
	if _, said, code := b.ssh("ada", "", "head"); code != 1 || !strings.Contains(said, "no incident") {
		t.Errorf("code %d, %s", code, said)
	}
	_ = b.server.Process.Kill()
	_ = b.server.Wait()
	b.serve(b.people)
	if _, said, code := b.ssh("ada", "", "version"); code != 0 { // known_hosts would say it is another
		t.Errorf("after a new start: code %d, %s", code, said)
	}
	if help, _ := b.command("serve", "--help").Output(); !strings.Contains(string(help), `127.0.0.1:2222`) {
		t.Error("it does not listen on this machine alone unless told")
	}
}

// visitHere is what somebody does over SSH, without the SSH.
func visitHere(t *testing.T, dir, name string, access state.Access, input io.Reader, args ...string) (out string, code int) {
	t.Helper()
	public, _, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	key, err := ssh.NewPublicKey(public)
	if err != nil {
		t.Fatal(err)
	}
	host := newEnv()
	host.getenv = func(name string) string { return map[string]string{"MUSTER_STATE": dir, "HOME": dir}[name] }
	var said bytes.Buffer
	code = serveVisit(context.Background(), host, &serve.Visit{
		Person: team.Person{Name: name, Access: access, Key: key}, Args: args, In: input, Out: &said, Err: &said,
	}, run)
	return said.String(), code
}

// TestSentFilesAreBounded: nobody fills the disk of the machine that serves.
func TestSentFilesAreBounded(t *testing.T) {
	dir := t.TempDir()
	defer func(was int64) { maxSent = was }(maxSent)
	maxSent = 1000
	ada := func(input string, args ...string) (string, int) {
		return visitHere(t, dir, "Ada", state.Responder, strings.NewReader(input), args...)
	}
	if out, code := ada("", "start", "ransomware", "--no-open"); code != 0 {
		t.Fatal(out)
	}
	if out, code := ada(strings.Repeat("x", 1001), "evidence", "-", "--name", "big"); code != 1 || !strings.Contains(out, "are not taken over SSH") {
		t.Errorf("code %d, %s", code, out)
	}
	if out, code := ada(strings.Repeat("x", 1000), "evidence", "-", "--name", "small"); code != 0 {
		t.Errorf("code %d, %s", code, out)
	}
}
