package team

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"

	"muster/state"
)

func newKey(t testing.TB) ssh.PublicKey {
	t.Helper()
	public, _, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	key, err := ssh.NewPublicKey(public)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func keyText(key ssh.PublicKey) string { return string(bytes.TrimSpace(ssh.MarshalAuthorizedKey(key))) }

// TestParse: a line is read whole or lets nobody in, and says why.
func TestParse(t *testing.T) {
	a, b := keyText(newKey(t)), keyText(newKey(t))
	for name, c := range map[string]struct {
		text  string
		names string // of those who may come
		bad   string // line and a part of what is wrong with it
	}{
		"one":                  {`name="Ada Lovelace",role=responder ` + a, "Ada Lovelace", ""},
		"a comment, a blank":   {"# us\n\n" + `name="Ada",role=observer ` + a + " ada@box", "Ada", ""},
		"two keys of one":      {`name="Ada",role=responder ` + a + "\n" + `name="ada",role=responder ` + b, "Ada ada", ""},
		"quotes in a name":     {`name="A \"B\" C",role=responder ` + a, `A "B" C`, ""},
		"no name":              {"role=responder " + a, "", "1: it says no name"},
		"no role":              {`name="Ada" ` + a, "", "1: it says no role"},
		"a role that is none":  {`name="Ada",role=root ` + a, "", `1: "root" is no role`},
		"nothing but a key":    {a, "", "1: it says no name"},
		"an option too many":   {`name="Ada",role=responder,command="x" ` + a, "", "1: \"command\" is no option"},
		"an option twice":      {`name="Ada",role=observer,role=facilitator ` + a, "", "1: role is given twice"},
		"no key":               {`name="Ada",role=responder`, "", "1: no key is read in it"},
		"a key cut off":        {`name="Ada",role=responder ` + a[:40], "", "1: no key is read in it"},
		"muster itself":        {`name="muster",role=responder ` + a, "", "1: muster is the program's own name"},
		"signs that are no":    {"name=\"A\u202eda\",role=responder " + a, "", "1: the name"},
		"the same key again":   {`name="Ada",role=responder ` + a + "\n" + `name="Ben",role=facilitator ` + a, "Ada", "2: the key is Ada's already, in line 1"},
		"one name, two roles":  {`name="Ada",role=observer ` + a + "\n" + `name="ADA",role=facilitator ` + b, "Ada", "2: ADA is observer in line 1 and facilitator here"},
		"a bad line among two": {`name="Ada",role=observer ` + a + "\nrubbish\n" + `name="Ben",role=observer ` + b, "Ada Ben", "2: no key is read in it"},
	} {
		t.Run(name, func(t *testing.T) {
			people, bad := Parse([]byte(c.text))
			var names []string
			for _, p := range people {
				names = append(names, p.Name)
			}
			if got := strings.Join(names, " "); got != c.names {
				t.Errorf("%q may come, want %q", got, c.names)
			}
			var wrong []string
			for _, b := range bad {
				wrong = append(wrong, strings.TrimPrefix(b.Error(), "line "))
			}
			if got := strings.Join(wrong, "; "); c.bad == "" && got != "" || !strings.HasPrefix(got, c.bad) {
				t.Errorf("wrong is %q, want %q", got, c.bad)
			}
		})
	}
}

// TestKeysThatAreNotTaken: those that prove less than a key should.
func TestKeysThatAreNotTaken(t *testing.T) {
	for bits, want := range map[int]bool{1024: false, 2048: true} {
		key, err := rsa.GenerateKey(rand.Reader, bits)
		if err != nil {
			t.Skip(err) // such short ones are not made any more
		}
		public, err := ssh.NewPublicKey(&key.PublicKey)
		if err != nil {
			t.Fatal(err)
		}
		if got := CheckKey(public) == nil; got != want {
			t.Errorf("%d bits are taken: %v", bits, got)
		}
	}
}

// FuzzParse: no line brings it down, and whoever is let in has all that a person has.
func FuzzParse(f *testing.F) {
	f.Add([]byte(`name="Ada",role=responder ` + keyText(newKey(f))))
	f.Add([]byte("name=\"\\\",role=observer ssh-ed25519 AAAA\n\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		people, _ := Parse(data)
		for _, p := range people {
			if CheckName(p.Name) != nil || CheckAccess(p.Access) != nil || p.Key == nil {
				t.Fatalf("let in: %+v", p)
			}
			again, bad := Parse([]byte(p.String()))
			if len(bad) > 0 || len(again) != 1 || again[0].Name != p.Name || again[0].Access != p.Access {
				t.Fatalf("written as %q, read as %+v %v", p, again, bad)
			}
		}
	})
}

type clock struct{ now time.Time }

func newFolder(t *testing.T) (Folder, *clock) {
	c := &clock{time.Date(2026, 11, 29, 2, 0, 0, 0, time.UTC)}
	return Folder{Path: filepath.Join(t.TempDir(), "team"), Now: func() time.Time { return c.now }, Random: rand.Reader}, c
}

// TestInvite: a code lets one person knock, once; a yes makes the key theirs.
func TestInvite(t *testing.T) {
	f, _ := newFolder(t)
	key, other := newKey(t), newKey(t)
	code, until, err := f.Invite("Ada Lovelace", state.Responder, "Ben")
	if err != nil || !until.Equal(f.Now().Add(Lasting)) {
		t.Fatal(code, until, err)
	}
	if _, err := f.Knock(key, "0000-0000", "here"); !errors.Is(err, ErrCode) {
		t.Errorf("a wrong code: %v", err)
	}
	heard := strings.ToLower(strings.ReplaceAll(strings.ReplaceAll(code, "-", " "), "1", "l"))
	if w, err := f.Knock(key, heard, "10.0.0.7"); err != nil || w.Name != "Ada Lovelace" || w.Access != state.Responder {
		t.Fatalf("the code as it was heard, %q: %+v %v", heard, w, err)
	}
	if _, err := f.Knock(other, code, "here"); !errors.Is(err, ErrCode) {
		t.Errorf("the same code again: %v", err)
	}
	if people, _, _ := f.People(); len(people) > 0 {
		t.Error("somebody is in before anybody said yes")
	}
	if err := f.Named(key, "Ada L"); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Admit("Charles"); err == nil {
		t.Error("somebody was let in who does not wait")
	}
	p, err := f.Admit("ada l")
	if err != nil || p.Name != "Ada L" {
		t.Fatal(p, err)
	}
	people, bad, err := f.People()
	if found, ok := people.By(key); !ok || found.Name != "Ada L" || found.Access != state.Responder || len(bad) > 0 || err != nil {
		t.Errorf("in are %+v %v %v", people, bad, err)
	}
	info, err := os.Stat(f.PeopleFile())
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Error(info.Mode(), err)
	}
	if gone, err := f.Remove("Ada L"); err != nil || len(gone.People) != 1 {
		t.Error(gone, err)
	}
	if people, _, _ := f.People(); len(people) > 0 {
		t.Errorf("still in: %v", people)
	}
}

// TestCodesEnd: with time, and when somebody guesses.
func TestCodesEnd(t *testing.T) {
	f, c := newFolder(t)
	key := newKey(t)
	code, _, err := f.Invite("Ada", state.Observer, "Ben")
	if err != nil {
		t.Fatal(err)
	}
	c.now = c.now.Add(Lasting)
	if _, err := f.Knock(key, code, "here"); !errors.Is(err, ErrCode) {
		t.Errorf("a code that is over: %v", err)
	}
	if code, _, err = f.Invite("Ada", state.Observer, "Ben"); err != nil {
		t.Fatal(err)
	}
	for i := range maxWrong {
		if _, err := f.Knock(key, "1234-5678", "here"); errors.Is(err, ErrVoid) != (i == maxWrong-1) {
			t.Errorf("wrong code %d: %v", i+1, err)
		}
	}
	if _, _, wrong, err := f.Door(); err != nil || !Void(wrong) {
		t.Errorf("%d wrong codes are told, %v", wrong, err)
	}
	if _, err := f.Knock(key, code, "here"); !errors.Is(err, ErrCode) {
		t.Errorf("the right code after %d wrong ones: %v", maxWrong, err)
	}
	c.now = c.now.Add(Lasting + time.Second)
	if _, _, wrong, err := f.Door(); err != nil || wrong != 0 {
		t.Errorf("%d wrong codes are told later, %v", wrong, err)
	}
}

// TestRemoveVoidsCodes: whoever is taken out cannot come by a code that was made before.
func TestRemoveVoidsCodes(t *testing.T) {
	f, _ := newFolder(t)
	key := newKey(t)
	mine, _, err := f.Invite("Ada", state.Observer, "Ben")
	if err != nil {
		t.Fatal(err)
	}
	hers, _, err := f.Invite("Cleo", state.Observer, "Ben")
	if err != nil {
		t.Fatal(err)
	}
	if gone, err := f.Remove("ada"); err != nil || gone.Invites != 1 || len(gone.People) != 0 {
		t.Errorf("%+v %v", gone, err)
	}
	if _, err := f.Knock(key, mine, "here"); !errors.Is(err, ErrCode) {
		t.Errorf("a void code: %v", err)
	}
	if _, err := f.Knock(key, hers, "here"); err != nil {
		t.Errorf("the code of another: %v", err)
	}
	if gone, err := f.Remove("Cleo"); err != nil || gone.Waiting != 1 {
		t.Errorf("%+v %v", gone, err)
	}
	if _, err := f.Admit("Cleo"); err == nil {
		t.Error("who was taken out can be let in")
	}
	if _, err := f.Remove("Ada"); err == nil {
		t.Error("nobody is taken out, and nothing says so")
	}
}

// TestRemoveKeepsTheRest: comments and lines that are wrong stay as they were.
func TestRemoveKeepsTheRest(t *testing.T) {
	f, _ := newFolder(t)
	a, b := keyText(newKey(t)), keyText(newKey(t))
	text := "# us\n" + `name="Ada",role=observer ` + a + " one\nrubbish\n" + `name="Ben",role=observer ` + b + "\n"
	if err := os.MkdirAll(f.Path, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(f.PeopleFile(), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Remove("ADA"); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(f.PeopleFile())
	if want := "# us\nrubbish\n" + `name="Ben",role=observer ` + b + "\n"; string(got) != want || err != nil {
		t.Errorf("left is %q %v", got, err)
	}
}
