package main

import (
	"fmt"
	"io"
	"muster/state"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// authorityConfig is openssl's, of an authority that stamps hashes of SHA-256.
const authorityConfig = `[req]
distinguished_name=dn
prompt=no
[dn]
CN=Example Root
[ca]
basicConstraints=critical,CA:TRUE
keyUsage=critical,keyCertSign
[stamps]
keyUsage=critical,digitalSignature
extendedKeyUsage=critical,timeStamping
[tsa]
default_tsa=one
[one]
serial=serial
signer_cert=tsa.pem
signer_key=tsa.key
signer_digest=sha256
default_policy=1.2.3.4.1
digests=sha256
ess_cert_id_alg=sha256
`

// openAuthority makes an authority of openssl's in a folder.
func openAuthority(dir string) error {
	if err := os.WriteFile(filepath.Join(dir, "tsa.cnf"), []byte(authorityConfig), 0o600); err != nil {
		return err
	}
	for _, args := range [][]string{
		{"ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", "ca.key"}, {"ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", "tsa.key"},
		{"req", "-x509", "-config", "tsa.cnf", "-extensions", "ca", "-key", "ca.key", "-out", "ca.pem", "-days", "36500"},
		{"req", "-new", "-config", "tsa.cnf", "-key", "tsa.key", "-subj", "/O=Example/CN=Example Stamps", "-out", "tsa.csr"},
		{"x509", "-req", "-in", "tsa.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-set_serial", "7", "-days", "36500", "-extfile", "tsa.cnf", "-extensions", "stamps", "-out", "tsa.pem"},
	} {
		cmd := exec.Command("openssl", args...)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			return fmt.Errorf("openssl %v: %w: %s", args, err, out)
		}
	}
	return nil
}

// stamps answers a request as openssl does.
func stamps(dir string, request []byte) ([]byte, error) {
	file, err := os.CreateTemp(dir, "asked-*")
	if err != nil {
		return nil, err
	}
	_, err = file.Write(request)
	file.Close()
	if err != nil {
		return nil, err
	}
	cmd := exec.Command("openssl", "ts", "-reply", "-config", "tsa.cnf", "-queryfile", file.Name(), "-out", file.Name()+".tsr")
	cmd.Dir = dir
	_ = cmd.Run() // a refusal is an answer too
	return os.ReadFile(file.Name() + ".tsr")
}

// authorities are an authority, and those that are not what they should be.
func authorities(e *testscript.Env, dir string) {
	ended := make(chan struct{})
	old, _ := os.ReadFile(filepath.Join("..", "..", "state", "tsp", "testdata", "rsa.tsr"))
	refused, _ := os.ReadFile(filepath.Join("..", "..", "state", "tsp", "testdata", "refused.tsr"))
	for name, serve := range map[string]http.HandlerFunc{
		"TSA": func(w http.ResponseWriter, r *http.Request) {
			request, _ := io.ReadAll(r.Body)
			answer, err := stamps(dir, request)
			if err != nil || r.Header.Get("Content-Type") != "application/timestamp-query" {
				http.Error(w, "no", http.StatusBadRequest)
				return
			}
			w.Write(answer)
		},
		"LIES":    func(w http.ResponseWriter, _ *http.Request) { w.Write(old) },
		"REFUSES": func(w http.ResponseWriter, _ *http.Request) { w.Write(refused) },
		"SHOUTS":  func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "\x1b[2J<html>") },
		"MOVED": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://other.example/", http.StatusTemporaryRedirect)
		},
		"BROKEN": func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "no", http.StatusInternalServerError) },
		"CUT": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "2000")
			w.Write(old[:100])
		},
		"FLOODS": func(w http.ResponseWriter, _ *http.Request) {
			for range 100 << 10 {
				if _, err := w.Write(make([]byte, 1<<10)); err != nil {
					return
				}
			}
		},
		"HANGS": func(_ http.ResponseWriter, r *http.Request) {
			io.Copy(io.Discard, r.Body)
			select {
			case <-r.Context().Done():
			case <-ended:
			}
		},
	} {
		server := httptest.NewServer(serve)
		e.Defer(server.Close)
		e.Setenv(name, server.URL)
	}
	e.Defer(func() { close(ended) })
	e.Setenv("AUTHORITY", dir)
}

// The scripts of testdata/stamp have the head stamped by an authority that openssl runs, at
// $TSA, and by others that lie, hang, flood and refuse.
func TestStamp(t *testing.T) {
	if _, err := exec.LookPath("openssl"); err != nil {
		t.Skip("no openssl")
	}
	dir := t.TempDir()
	if err := openAuthority(dir); err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir: filepath.Join("testdata", "stamp"),
		Setup: func(e *testscript.Env) error {
			authorities(e, dir)
			return setup(e)
		},
		RequireUniqueNames: true,
		ContinueOnError:    true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exit": exitCommand, "keep": keepCommand, "json": jsonCommand, "change": changeCommand, "put": putCommand, "until": untilCommand,
		},
	})
}

// TestReadmeStamp: the README's line of openssl finds a stamp good, and one of another head not.
func TestReadmeStamp(t *testing.T) {
	if _, err := exec.LookPath("openssl"); err != nil {
		t.Skip("no openssl")
	}
	s, authority := newShell(t), t.TempDir()
	if err := openAuthority(authority); err != nil {
		t.Fatal(err)
	}
	head := s.must(t, "muster start ransomware --no-open >&2 && muster head")
	hash := regexp.MustCompile("[0-9a-f]{64}").FindString(head)
	s.must(t, "muster stamp -o head.tsq")
	request, err := os.ReadFile(filepath.Join(s.dir, "head.tsq"))
	if err != nil {
		t.Fatal(err)
	}
	answer, err := stamps(authority, request)
	if err != nil {
		t.Fatal(err)
	}
	root, err := os.ReadFile(filepath.Join(authority, "ca.pem"))
	if err != nil {
		t.Fatal(err)
	}
	s.write(t, "head.tsr", answer)
	s.write(t, "tsa.pem", root)
	line := block(t, "sh", "openssl ts -verify")
	if out := s.must(t, "set -e\n"+strings.ReplaceAll(line, "HEAD", hash)); !strings.Contains(out, "OK") {
		t.Errorf("openssl says %s", out)
	}
	if out := s.must(t, strings.ReplaceAll(line, "HEAD", strings.Repeat("0", 64))+"echo rc $?"); !strings.Contains(out, "rc 1") {
		t.Errorf("of another head openssl says %s", out)
	}
	if out := s.must(t, "muster stamp --add head.tsr && muster verify --tsa-ca tsa.pem"); !strings.Contains(out, "by the time stamp of Example Stamps") {
		t.Errorf("muster says %s", out)
	}
}

// TestStampName: an id that a made up log says leads nowhere.
func TestStampName(t *testing.T) {
	for id, want := range map[string]string{"2026-11-24-amber-heron": "2026-11-24-amber-heron-7.tsq", "../../etc": "incident-7.tsq", "-o": "incident-7.tsq", "": "incident-7.tsq"} {
		inc := &state.Incident{ID: id, Log: []state.Entry{{Data: &state.IncidentOpened{ID: id}, Frame: &state.Frame{}}}}
		if got := stampName(inc, 7, ".tsq"); got != want {
			t.Errorf("%q: %s, want %s", id, got, want)
		}
	}
}
