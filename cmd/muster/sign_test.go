package main

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/agent"

	"muster/state"
	"muster/state/sshsig"
)

// keyring serves an ssh-agent with these keys, and is an env that knows its socket.
func keyring(t *testing.T, keys ...any) *env {
	t.Helper()
	ring := agent.NewKeyring()
	for _, key := range keys {
		if err := ring.Add(agent.AddedKey{PrivateKey: key}); err != nil {
			t.Fatal(err)
		}
	}
	dir, err := os.MkdirTemp("", "a") // a socket's name must be short
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	socket := filepath.Join(dir, "s")
	listener, err := net.Listen("unix", socket)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go agent.ServeAgent(ring, conn)
		}
	}()
	e := newEnv()
	e.getenv = func(name string) string { return map[string]string{"SSH_AUTH_SOCK": socket}[name] }
	e.terminal, e.err = false, new(bytes.Buffer)
	return e
}

func public(t *testing.T, key any) []byte {
	t.Helper()
	signer, err := ssh.NewSignerFromKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return ssh.MarshalAuthorizedKey(signer.PublicKey())
}

func TestSignByAgent(t *testing.T) {
	_, ed, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	rs, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	file := func(name string, data []byte) string {
		name = filepath.Join(dir, name)
		if err := os.WriteFile(name, data, 0o600); err != nil {
			t.Fatal(err)
		}
		return name
	}
	text := []byte("text\n")
	for name, c := range map[string]struct {
		keys []any
		file string
		want string // an error; "" for none
	}{
		"its only key":          {[]any{&ed}, "", ""},
		"its only key, RSA":     {[]any{rs}, "", ""},
		"the one that is named": {[]any{&ed, rs}, file("rsa.pub", public(t, rs)), ""},
		"two keys":              {[]any{&ed, rs}, "", "holds 2 keys"},
		"no key":                {nil, "", "holds no key"},
		"not that key":          {[]any{&ed}, file("rs.pub", public(t, rs)), "does not hold this key"},
		"no file":               {[]any{&ed}, filepath.Join(dir, "none"), "there is no file"},
		"no key's file":         {[]any{&ed}, file("text", text), "the key cannot be read"},
		"a huge file":           {[]any{&ed}, file("huge", make([]byte, maxKey+1)), "too long"},
	} {
		fingerprint, armored, err := signText(t.Context(), keyring(t, c.keys...), c.file, text)
		if c.want != "" {
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%s: %v, want %q", name, err, c.want)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		sig, err := sshsig.Parse(armored)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if err := sig.Verify(state.SignatureNamespace, text); err != nil || ssh.FingerprintSHA256(sig.Key) != fingerprint {
			t.Errorf("%s: %v, by %s", name, err, fingerprint)
		}
	}
}

// TestAgentGone: no socket, nobody behind it, and a person who stops waiting.
func TestAgentGone(t *testing.T) {
	e := keyring(t)
	e.getenv = func(string) string { return filepath.Join(t.TempDir(), "none") }
	if _, _, err := signText(t.Context(), e, "", nil); err == nil || !strings.Contains(err.Error(), "does not answer") {
		t.Error(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := signText(ctx, keyring(t), "", nil); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// TestAgentThatHangs: case G9. An agent that never answers holds nobody up: interrupted,
// signing ends and says what is not there.
func TestAgentThatHangs(t *testing.T) {
	dir, err := os.MkdirTemp("", "a") // a socket's name must be short
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(dir)
	socket := filepath.Join(dir, "s")
	listener, err := net.Listen("unix", socket)
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	ctx, interrupt := context.WithCancel(t.Context())
	go func() {
		conn, err := listener.Accept()
		if err != nil {
			return
		}
		defer conn.Close()
		_, _ = conn.Read(make([]byte, 1)) // it was asked
		interrupt()
		_, _ = io.Copy(io.Discard, conn)
	}()
	e := keyring(t)
	e.getenv = func(string) string { return socket }
	_, _, err = signText(ctx, e, "", []byte("text\n"))
	if !errors.Is(err, context.Canceled) || sayError(err) != "muster: interrupted: nothing was signed" {
		t.Errorf("%v", err)
	}
}
