package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/agent"
)

// A watchedAgent notes what it is asked.
type watchedAgent struct {
	agent.ExtendedAgent
	mu    sync.Mutex
	asked []string
}

func (a *watchedAgent) note(what string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.asked = append(a.asked, what)
}

func (a *watchedAgent) List() ([]*agent.Key, error) {
	a.note("list")
	return a.ExtendedAgent.List()
}

func (a *watchedAgent) Sign(key ssh.PublicKey, data []byte) (*ssh.Signature, error) {
	return a.SignWithFlags(key, data, 0)
}

func (a *watchedAgent) SignWithFlags(key ssh.PublicKey, data []byte, flags agent.SignatureFlags) (*ssh.Signature, error) {
	what := "sign something else"
	if bytes.HasPrefix(data, []byte("SSHSIG")) && bytes.Contains(data, []byte("muster-head")) {
		what = "sign a head"
	}
	a.note(what)
	return a.ExtendedAgent.SignWithFlags(key, data, flags)
}

// since is what it was asked since it was asked this before.
func (a *watchedAgent) since() string {
	a.mu.Lock()
	defer a.mu.Unlock()
	asked := strings.Join(a.asked, ", ")
	a.asked = nil
	return asked
}

// watchAgent is an agent with a person's key and another one.
func watchAgent(t *testing.T, b *servedBox, keyFile string) (socket string, watched *watchedAgent) {
	t.Helper()
	text, err := os.ReadFile(keyFile)
	if err != nil {
		t.Fatal(err)
	}
	own, err := ssh.ParseRawPrivateKey(text)
	if err != nil {
		t.Fatal(err)
	}
	_, other, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	watched = &watchedAgent{ExtendedAgent: agent.NewKeyring().(agent.ExtendedAgent)}
	for _, key := range []any{other, own} {
		if err := watched.Add(agent.AddedKey{PrivateKey: key}); err != nil {
			t.Fatal(err)
		}
	}
	socket = filepath.Join(b.dir, "agent")
	listener, err := net.Listen("unix", socket)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go func() { _ = agent.ServeAgent(watched, conn); _ = conn.Close() }()
		}
	}()
	return socket, watched
}

// offering runs a command over SSH with an agent offered.
func (b *servedBox) offering(socket, name string, args ...string) (out, said string, code int) {
	b.t.Helper()
	options := slices.Concat([]string{"-A"}, b.sshOptions(name, b.port), args)
	cmd := exec.Command("ssh", options...)
	cmd.Env = append(os.Environ(), "SSH_AUTH_SOCK="+socket)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	_ = cmd.Run()
	return stdout.String(), stderr.String(), cmd.ProcessState.ExitCode()
}

// TestSignOverSSH: the head is signed by the key of the connection, in the agent that is
// offered for it, which is asked for that and for nothing else.
func TestSignOverSSH(t *testing.T) {
	b := newServedBox(t)
	b.serve(b.key("ada", `name="Ada",role=responder`), b.key("eve", `name="Eve",role=observer`))
	if out, said, code := b.ssh("ada", "", "start", "ransomware", "--no-open"); code != 0 {
		t.Fatal(out, said)
	}
	if _, said, code := b.ssh("ada", "", "sign"); code != 1 || !strings.Contains(said, "was not offered") || !strings.Contains(said, "ssh -A … sign") {
		t.Errorf("not offered: code %d, %s", code, said)
	}
	socket, watched := watchAgent(t, b, filepath.Join(b.dir, "ada"))
	_, _, _ = b.offering(socket, "ada", "version")
	coming := watched.since() // what ssh itself asks to get in
	if out, said, code := b.offering(socket, "ada", "note", "x"); code != 0 || watched.since() != coming {
		t.Errorf("for a note the agent is asked too: %s%s", out, said)
	}
	out, said, code := b.offering(socket, "ada", "sign")
	if code != 0 || !strings.Contains(said, "signed the head") {
		t.Fatalf("code %d, %s%s", code, out, said)
	}
	if asked := watched.since(); strings.TrimPrefix(strings.TrimPrefix(asked, coming), ", ") != "sign a head" {
		t.Errorf("the agent was asked to %s; before, only to %s", asked, coming)
	}
	file := filepath.Join(b.dir, "kept")
	if err := os.WriteFile(file, []byte(out), 0o600); err != nil {
		t.Fatal(err)
	}
	if verdict := b.local("verify", "--signature", file); !strings.Contains(verdict, "is good, by the key SHA256:") {
		t.Errorf("verify says\n%s", verdict)
	}
	at := strings.Index(out, "-----BEGIN")
	public, _ := os.ReadFile(filepath.Join(b.dir, "ada.pub"))
	for name, text := range map[string]string{"s": out[at:], "signers": "Ada " + string(public)} {
		if err := os.WriteFile(filepath.Join(b.dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	check := exec.Command("ssh-keygen", "-Y", "verify", "-n", "muster-head", "-I", "Ada", "-f", filepath.Join(b.dir, "signers"), "-s", filepath.Join(b.dir, "s"))
	check.Stdin = strings.NewReader(out[:at])
	if said, err := check.CombinedOutput(); err != nil {
		t.Errorf("ssh-keygen says %s", said)
	}
	offer := "ssh -A … sign vouches for the log up to here"
	b.ssh("ada", "", "role", "commander", "Ada")
	for _, words := range []string{"role hand commander Ben", "sitrep --issue --to board"} {
		args := strings.Fields(words)
		if _, said, code := b.ssh("ada", "", args...); code != 0 || strings.Contains(said, offer) {
			t.Errorf("%s, and no agent is offered: code %d, %s", words, code, said)
		}
		if _, said, code := b.offering(socket, "ada", args...); code != 0 || !strings.Contains(said, offer) {
			t.Errorf("%s: code %d, %s", words, code, said)
		}
		if asked := watched.since(); strings.Contains(asked, "sign a head") {
			t.Errorf("%s: the agent was asked to %s", words, asked)
		}
	}
	before := b.local("head")
	for name, says := range map[string]string{"eve": "observer", "ada": "not taken over SSH"} {
		args := []string{"sign"}
		if name == "ada" {
			args = append(args, "--output", "/tmp/x")
		}
		if _, said, code := b.offering(socket, name, args...); code != 1 || !strings.Contains(said, says) {
			t.Errorf("%s %q: code %d, %s", name, args, code, said)
		}
	}
	if err := watched.RemoveAll(); err != nil {
		t.Fatal(err)
	}
	if _, said, code := b.offering(socket, "ada", "sign"); code != 1 || !strings.Contains(said, "ssh-add puts it into your agent") || b.local("head") != before {
		t.Errorf("the agent lacks the key: code %d, %s", code, said)
	}
}

// TestSignByARealAgent: OpenSSH's own agent signs, over OpenSSH's own client.
func TestSignByARealAgent(t *testing.T) {
	b := newServedBox(t)
	for _, program := range []string{"ssh-agent", "ssh-add"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skip(err)
		}
	}
	b.serve(b.key("ada", `name="Ada",role=responder`))
	id, _, _ := b.ssh("ada", "", "start", "ransomware", "--no-open")
	socket := filepath.Join(b.dir, "agent")
	server := exec.Command("ssh-agent", "-D", "-a", socket)
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = server.Process.Kill(); _ = server.Wait() }()
	add := func() error {
		cmd := exec.Command("ssh-add", "-q", filepath.Join(b.dir, "ada"))
		cmd.Env = append(os.Environ(), "SSH_AUTH_SOCK="+socket)
		return cmd.Run()
	}
	for try := 0; add() != nil; try++ {
		if try == 200 {
			t.Fatal("the agent does not take the key")
		}
	}
	screen := newPtyShell(t, "SSH_AUTH_SOCK="+socket+" ssh -A -tt "+strings.Join(b.sshOptions("ada", b.port), " ")+" open "+strings.TrimSpace(id))
	screen.first()
	screen.pause(time.Second) // what a slow line delivers in a heap was not meant
	screen.press("$")
	screen.shows("BEGIN SSH SIGNATURE")
	if said := b.local("log"); !strings.Contains(said, "signed the head") {
		t.Errorf("the screens do not record that they signed:\n%s", said)
	}
	if out, said, code := b.offering(socket, "ada", "sign", "--json"); code != 0 || !strings.Contains(out, `"signed":"muster head v1\nincident `) {
		t.Errorf("code %d, %s%s", code, out, said)
	}
}
