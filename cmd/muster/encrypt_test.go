package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"encoding/pem"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"filippo.io/age"
	"filippo.io/age/agessh"
	"golang.org/x/crypto/ssh"
)

// sshPair is an SSH key as age takes it, and its public line.
func sshPair(t *testing.T, key any, public any) (age.Identity, string) {
	t.Helper()
	block, err := ssh.MarshalPrivateKey(key, "")
	if err != nil {
		t.Fatal(err)
	}
	identity, err := agessh.ParseIdentity(pem.EncodeToMemory(block))
	if err != nil {
		t.Fatal(err)
	}
	line, err := ssh.NewPublicKey(public)
	if err != nil {
		t.Fatal(err)
	}
	return identity, string(ssh.MarshalAuthorizedKey(line))
}

// TestEncryptedBundle: each of those it is for reads the bundle that anybody would have had,
// and nobody else does.
func TestEncryptedBundle(t *testing.T) {
	ada, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	eve, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	ben, benLine := sshPair(t, private, public)
	old, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	cleo, cleoLine := sshPair(t, old, old.Public())
	p := newPlay(t)
	id := strings.TrimSpace(p.run("start", "ransomware", "--no-open", "--as", "Ada"))
	dir := t.TempDir()
	plain, sealed := filepath.Join(dir, "a.zip"), filepath.Join(dir, "a.zip.age")
	p.run("export", id, "-o", plain)
	p.run("export", id, "-o", sealed, "--to", ada.Recipient().String(), "--to", benLine, "--to", " "+cleoLine)
	want, err := os.ReadFile(plain)
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(sealed)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(text, []byte("log.jsonl")) || bytes.Contains(text, want[:64]) {
		t.Error("it is not encrypted")
	}
	for who, identity := range map[string]age.Identity{"age": ada, "ssh-ed25519": ben, "ssh-rsa": cleo} {
		in, err := age.Decrypt(bytes.NewReader(text), identity)
		if err != nil {
			t.Errorf("%s: %v", who, err)
			continue
		}
		if got, err := io.ReadAll(in); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s reads %d bytes, and %d were packed; %v", who, len(got), len(want), err)
		}
	}
	if _, err := age.Decrypt(bytes.NewReader(text), eve); err == nil {
		t.Error("somebody else reads it")
	}
}

// TestNoRecipient: what is none is said to be, and a secret is not repeated.
func TestNoRecipient(t *testing.T) {
	ada, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	good := ada.Recipient().String()
	for text, want := range map[string]string{
		"": "is neither an age recipient nor", "ada@example.org": "is neither", "\x1b[2Jx": "is neither", good[:len(good)-1] + "?": "no whole age recipient",
		good + "\n" + good: "is neither", "age1yubikey1qwt50d05nh5vutpdzmlg5wn80xq5negm4uj9ghv0snvdd3yysf5yw3rhl3t": "a plugin",
		ada.String(): "a secret key", "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA": "a secret key",
		"ssh-ed25519 AAAA": "no SSH key that can be encrypted for", "ecdsa-sha2-nistp256 AAAA": "of a kind that signs", "sk-ssh-ed25519@openssh.com AAAA": "of a kind that signs",
	} {
		_, err := readRecipients([]string{good, text})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
			continue
		}
		if strings.Contains(err.Error(), ada.String()[20:]) || strings.Contains(err.Error(), "\x1b") {
			t.Errorf("%q: it repeats %v", text, err)
		}
	}
	if list, err := readRecipients([]string{"  " + good + "\n"}); err != nil || len(list) != 1 {
		t.Errorf("%v, %v", list, err)
	}
	if _, err := readRecipients(make([]string, maxRecipients+1)); err == nil {
		t.Error("any number is taken")
	}
}
