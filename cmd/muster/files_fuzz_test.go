package main

import (
	"bytes"
	"crypto/ed25519"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"

	"muster/runbooks"
	"muster/state"
	"muster/state/clean"
	"muster/state/list"
	"muster/state/sshsig"
	"muster/state/statetest"
	"muster/state/view"
)

// fuzzEnv is an env of a person with an empty home, and what it prints.
func fuzzEnv(f *testing.F) (*env, *bytes.Buffer, string) {
	home, out := f.TempDir(), new(bytes.Buffer)
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	return &env{settings{process: process{in: strings.NewReader(""), out: out, err: out, clock: &play{now: now},
		getenv: func(name string) string { return map[string]string{"HOME": home, "MUSTER_AS": "Ada"}[name] }}}}, out, home
}

// shows fails unless what is printed is lines of clean text.
func shows(t *testing.T, text string) {
	t.Helper()
	for line := range strings.SplitSeq(text, "\n") {
		if !clean.IsClean(line) {
			t.Errorf("printed is %q", line)
		}
	}
}

// FuzzContacts: a person's contacts are read, or refused with the file's name in the
// error; what is shown of them is clean.
func FuzzContacts(f *testing.F) {
	for _, text := range []string{
		"", "[[contact]]\nid = \"cert\"\nreach = [\"signal:2\"]\n", "[[contact]]\nid = \"a\"\ntitle = \"\\u001b[2J\\u202e\"\nreach = [\"tel:\\u0007\", \"\"]\nnote = \"\"\"x\ny\"\"\"\n",
		"[[contact]]\nid = \"a\"\n[[contact]]\nid = \"a\"\n", "[contact]\nid = 3", "[[contact]]\nid = \"../x\"", "\x00", "\xff\xfe", "[[contact]]\nnope = [[[[[",
	} {
		f.Add([]byte(text))
	}
	e, _, home := fuzzEnv(f)
	path := filepath.Join(home, ".config", "muster", "contacts.toml")
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		f.Fatal(err)
	}
	inc := &state.Incident{Contacts: []state.Contact{{ID: "cert", Def: &runbooks.Contact{ID: "cert", Title: "CERT", Reach: []string{"tel:1"}}}}}
	f.Fuzz(func(t *testing.T, data []byte) {
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		views, err := contactsOf(e, inc)
		if err != nil {
			if !strings.Contains(err.Error(), "contacts.toml") {
				t.Errorf("the error does not say where: %v", err)
			}
			return
		}
		if views[0].ID != "cert" || len(views[0].Reach) == 0 {
			t.Errorf("the runbook's contact has become %+v", views[0])
		}
		list := make([]view.ContactCard, len(views))
		for i := range views {
			list[i] = cardOf(inc, &views[i])
			shows(t, contactPage(e, list[i]))
			if call, _ := views[i].Call(state.CallContact{Via: "1"}); len(views[i].Reach) > 0 && views[i].Reach[0].Private && call.Via == views[i].Reach[0].Text && strings.Contains(call.Via, ":") {
				t.Errorf("a private way goes to the log: %q", call.Via)
			}
		}
		shows(t, contactTable(e, list))
	})
}

// FuzzKept: whatever lies where list.json should, and whatever it says of a log that
// it knows, the incidents are listed, and what is shown is clean.
func FuzzKept(f *testing.F) {
	for _, text := range []string{
		`{"ID":"2026-11-24-amber-heron","Title":"\u001b[2J\u202e","Entries":3,"Done":-1,"Opened":"0001-01-01T00:00:00Z","Closed":"9999-12-31T23:59:59Z"}`,
		`{}`, `{"ID":3}`, `null`, `{"ID":"2026-11-24-amber-heron","Err":{}}`, `{"ID":"2026-11-24-amber-heron","Entries":18446744073709551615,"Mode":"\n","Severity":"\u0007"}`,
	} {
		f.Add([]byte(text), true)
		f.Add([]byte(`{"program":"x","heads":{"":`+text+`}}`), false)
	}
	const id = "2026-11-24-amber-heron"
	e, out, home := fuzzEnv(f)
	log := statetest.LogPath(filepath.Join(home, ".local", "state", "muster"), id)
	if err := os.MkdirAll(filepath.Dir(log), 0o700); err != nil {
		f.Fatal(err)
	}
	if err := os.WriteFile(log, []byte("no log at all\n"), 0o600); err != nil {
		f.Fatal(err)
	}
	dir, err := e.stateDir()
	if err != nil {
		f.Fatal(err)
	}
	store, err := e.store()
	if err != nil {
		f.Fatal(err)
	}
	size, changed := e.incidents(store).Mark(id)
	mark := fmt.Sprintf(`"size":%d,"changed":%d`, size, changed)
	f.Fuzz(func(t *testing.T, text []byte, known bool) {
		if known {
			text = fmt.Appendf(nil, `{"program":%q,"heads":{%q:{%s,"head":%s}}}`, version(), id, mark, text)
		}
		if err := os.WriteFile(filepath.Join(dir, list.File), text, 0o600); err != nil {
			t.Fatal(err)
		}
		for _, e.flags.json = range []bool{false, true} {
			out.Reset()
			err := listIncidents(t.Context(), e)
			if err != nil {
				t.Errorf("nothing is listed: %v", err)
			}
			if shows(t, out.String()); !strings.Contains(out.String(), id) {
				t.Errorf("the incident is not listed: %q", out)
			}
		}
	})
}

// FuzzSigned: a signature counts only for the very text that was signed, by a key
// that the allowed signers name; what is said of any is clean.
func FuzzSigned(f *testing.F) {
	key := ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize))
	signer, err := ssh.NewSignerFromKey(key)
	if err != nil {
		f.Fatal(err)
	}
	signed, err := state.Statement{Incident: "2026-11-24-amber-heron", Head: state.Head{Seq: 3, Hash: state.Sum([]byte("a"))}}.Text()
	if err != nil {
		f.Fatal(err)
	}
	armored, err := sshsig.Sign(nil, signer, state.SignatureNamespace, signed)
	if err != nil {
		f.Fatal(err)
	}
	allowed := "ada namespaces=\"muster-head\" " + string(ssh.MarshalAuthorizedKey(signer.PublicKey()))
	f.Add(signed, armored, []byte(allowed))
	f.Add(bytes.Replace(signed, []byte("3"), []byte("4"), 1), armored, []byte(allowed))
	f.Add(signed, bytes.ReplaceAll(armored, []byte("\n"), []byte("\r\n")), []byte(strings.Replace(allowed, "ada", "\"a\x1b[2J\"", 1)))
	f.Add(signed, armored[:len(armored)/2], []byte("*"))
	f.Fuzz(func(t *testing.T, statement, armor, signers []byte) {
		who, err := sshsig.ParseSigners(signers, time.UTC)
		check := &signatureCheck{Signature: view.Signature{File: "a.sig"}}
		if err != nil {
			shows(t, clean.Line(err.Error()))
			who = nil
		}
		if err := check.check(statement, armor, true, who, time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)); err != nil {
			check.Problem = err.Error()
		} else if !bytes.Equal(statement, signed) || !strings.Contains(string(signers), strings.Fields(allowed)[3]) {
			t.Errorf("%q counts, by %q of %q", statement, check.Signer, signers)
		}
		v := &verdict{signatures: []*signatureCheck{check}}
		v.notSigned()
		shows(t, v.text())
	})
}

// FuzzArguments: what is typed behind a command is read as what it stands for, or
// refused.
func FuzzArguments(f *testing.F) {
	for _, text := range []string{"", "1", "0", "-1", "#3", "1.2", "18446744073709551616", "9007199254740992", "a=b", "=b", "look", "10m", "names", "all", "\xff", "2026-11-24 02:38"} {
		f.Add(text)
	}
	e, _, _ := fuzzEnv(f)
	inc := &state.Incident{Head: state.Head{Seq: 9}}
	f.Fuzz(func(t *testing.T, text string) {
		if n, err := firstNumber([]string{text}); err == nil && n == 0 {
			t.Errorf("%q is the number 0", text)
		}
		if seq, err := sinceEntry(e, inc, text); err == nil && seq > 9 {
			t.Errorf("%q is the entry %d of 9", text, seq)
		}
		if at, err := readAhead(e, text); err == nil && at.Before(e.now()) {
			t.Errorf("%q is a time to come, %v", text, at)
		}
		if parts, err := (&withholding{parts: strings.Split(text, ",")}).asked(); err == nil && (parts == 0 || parts.Has(state.Facts)) {
			t.Errorf("%q withholds %v", text, parts.Names())
		}
		if values, err := pairs([]string{text}); err == nil && len(values) != 1 {
			t.Errorf("%q is %v", text, values)
		}
		_, _ = stepID(inc, text)
		_, _ = findPhase(inc, text)
	})
}
