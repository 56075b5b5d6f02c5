package team

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"golang.org/x/crypto/ssh"

	"muster/state"
)

// knocks is somebody who waits at the door.
func knocks(t *testing.T, f Folder, name string) ssh.PublicKey {
	t.Helper()
	code, _, err := f.Invite(name, state.Responder, "Ben")
	if err != nil {
		t.Fatal(err)
	}
	key := newKey(t)
	if _, err := f.Knock(key, code, "10.0.0.7"); err != nil {
		t.Fatal(err)
	}
	return key
}

// atTheDoor says who is invited, who waits, and how many wrong codes were given.
func atTheDoor(t *testing.T, f Folder) string {
	t.Helper()
	invites, waiting, wrong, err := f.Door()
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, i := range invites {
		list = append(list, "invited "+i.Name)
	}
	for _, w := range waiting {
		list = append(list, "waits "+w.Name)
	}
	return fmt.Sprint(strings.Join(list, ", "), "; ", wrong)
}

// TestDoor: who is invited, who waits, and how often somebody guessed is seen; who is turned away
// or goes waits no longer, and all others do; and a key waits only for who has it.
func TestDoor(t *testing.T) {
	f, _ := newFolder(t)
	ada, cleo, dan := knocks(t, f, "Ada"), knocks(t, f, "Cleo"), knocks(t, f, "Dan")
	if _, _, err := f.Invite("Eve", state.Observer, "Ben"); err != nil {
		t.Fatal(err)
	}
	_, _ = f.Knock(newKey(t), "0000-0000", "here")
	if got := atTheDoor(t, f); got != "invited Eve, waits Ada, waits Cleo, waits Dan; 1" {
		t.Errorf("at the door: %s", got)
	}
	if w, err := f.Turn("cleo"); err != nil || w.Name != "Cleo" || w.From != "10.0.0.7" {
		t.Errorf("turned away is %+v, %v", w, err)
	}
	if w, err := f.Turn("Zoe"); err == nil || w.Name != "" {
		t.Errorf("turned away is %+v who does not wait", w)
	}
	for i, key := range []ssh.PublicKey{ada, cleo, dan, newKey(t)} {
		if waits, err := f.Waits(key); waits != (i == 0 || i == 2) || err != nil {
			t.Errorf("key %d waits: %v, %v", i, waits, err)
		}
	}
	if err := f.Leave(ada); err != nil {
		t.Fatal(err)
	}
	if got := atTheDoor(t, f); got != "invited Eve, waits Dan; 1" {
		t.Errorf("at the door: %s", got)
	}
	if err := f.Named(dan, "muster"); err == nil {
		t.Error("somebody is called as the program is")
	}
}

// TestTwoOfOneName: of two who wait by one name the key's fingerprint says which; too little of it
// says nothing.
func TestTwoOfOneName(t *testing.T) {
	f, _ := newFolder(t)
	knocks(t, f, "Ada")
	second := knocks(t, f, "Ada")
	if _, err := f.Admit("Ada"); err == nil || !strings.Contains(err.Error(), `2 who wait are called "Ada": say which by the key's fingerprint`) {
		t.Errorf("two are meant: %v", err)
	}
	if _, err := f.Admit("SHA"); err == nil {
		t.Error("three letters that each fingerprint has name somebody")
	}
	p, err := f.Admit(ssh.FingerprintSHA256(second)[7:])
	if err != nil || p.Fingerprint() != ssh.FingerprintSHA256(second) {
		t.Errorf("let in is %+v, %v", p, err)
	}
	if got := atTheDoor(t, f); got != "waits Ada; 0" {
		t.Errorf("at the door: %s", got)
	}
}

// TestWhoIsNotInvited: nobody without a name, in a role that is none, or in another role than they
// have here; nor without random numbers, or for a door that cannot be read.
func TestWhoIsNotInvited(t *testing.T) {
	f, _ := newFolder(t)
	knocks(t, f, "Ada")
	if _, err := f.Admit("Ada"); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, want string
		access     state.Access
	}{
		{" ", "it says no name", state.Responder},
		{"Cleo", `"root" is no role`, "root"},
		{"ada", "Ada is here as responder already: a second key has the same role", state.Observer},
		{strings.Repeat("a", maxName+1), "the name is longer than", state.Observer},
		{"Ada ", "has signs that are not seen", state.Responder},
	} {
		if _, _, err := f.Invite(c.name, c.access, "Ben"); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q as %s: %v", c.name, c.access, err)
		}
	}
	if _, _, err := f.Invite(strings.Repeat("a", maxName), state.Observer, "Ben"); err != nil {
		t.Errorf("a name as long as can be: %v", err)
	}
	if _, _, err := f.Invite("Ada", state.Responder, "Ben"); err != nil {
		t.Errorf("a second key in the same role: %v", err)
	}
	if err := os.WriteFile(filepath.Join(f.Path, doorFile), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, _, err := f.Invite("Dan", state.Responder, "Ben"); err == nil || !strings.Contains(err.Error(), "who is invited cannot be read") {
		t.Errorf("of a door that cannot be read: %v", err)
	}
	f.Random = iotest.ErrReader(errors.New("dry"))
	if _, _, err := f.Invite("Dan", state.Responder, "Ben"); err == nil || !strings.Contains(err.Error(), "no random numbers: dry") {
		t.Errorf("without random numbers: %v", err)
	}
	if _, err := f.Arrive(Card{Name: "Dan"}); err == nil || !strings.Contains(err.Error(), "no random numbers: dry") {
		t.Errorf("without random numbers somebody came: %v", err)
	}
}

// TestAddedBelowWhatStandsThere: a line of its own, though the last lacked its end, and no blank
// line where it did not; what stood there stays.
func TestAddedBelowWhatStandsThere(t *testing.T) {
	f, _ := newFolder(t)
	for text, want := range map[string]string{"": "", "# us\n": "# us\n", "# us": "# us\n"} {
		if err := os.MkdirAll(f.Path, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(f.PeopleFile(), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		p := Person{Name: "Ada", Access: state.Observer, Key: newKey(t)}
		if err := f.add(p); err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(f.PeopleFile()); err != nil || string(got) != want+p.String()+"\n" {
			t.Errorf("below %q stands\n%s, %v", text, got, err)
		}
	}
	if host := f.HostKeyFile(); host != filepath.Join(f.Path, "host_ed25519") {
		t.Errorf("the host's key lies in %s", host)
	}
}

// TestPeopleAreBounded: a file, a line or a list that is longer than any that people write lets
// nobody in who would stand beyond.
func TestPeopleAreBounded(t *testing.T) {
	line := func(name string) string {
		return Person{Name: name, Access: state.Observer, Key: newKey(t)}.String()
	}
	if people, bad := Parse([]byte(line("Ada") + "\n" + strings.Repeat("#", maxPeople))); len(people) > 0 || len(bad) != 1 || bad[0].Error() != "line 1: the file is longer than 1048576 bytes" {
		t.Errorf("a file that is too long: %d people, %v", len(people), bad)
	}
	ada := line("Ada")
	for comment, want := range map[int]int{maxLine - len(ada) - 1: 1, maxLine - len(ada): 0} {
		if people, bad := Parse([]byte(ada + " " + strings.Repeat("x", comment))); len(people) != want || len(bad) != 1-want {
			t.Errorf("a line with a comment of %d: %d people, %v", comment, len(people), bad)
		}
	}
	var all []string
	for i := range maxKeys + 1 {
		all = append(all, line(fmt.Sprintf("P%d", i)))
	}
	people, bad := Parse([]byte(strings.Join(all, "\n")))
	if len(people) != maxKeys || len(bad) != 1 || bad[0].Line != maxKeys+1 || !strings.Contains(bad[0].What, "more than 1000 keys") {
		t.Errorf("%d people, %v", len(people), bad)
	}
	if _, ok := people.By(nil); ok {
		t.Error("somebody has no key")
	}
}

// TestPresenceOfOneWhoIsNamedLate: who was not known when they came is called by their name from
// then on; they stay where they are; a name too long for a card is refused.
func TestPresenceOfOneWhoIsNamedLate(t *testing.T) {
	f, _ := newFolder(t)
	p, err := f.Arrive(Card{})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(p.Move("x", "run", "1.4"), p.Rename("Ada"), p.Rename("Ada")); err != nil {
		t.Fatal(err)
	}
	if list, err := f.Here(p); err != nil || names(list) != "Ada@1.4 self" {
		t.Errorf("here are %s, %v", names(list), err)
	}
	if err := p.Rename(strings.Repeat("a", maxCard)); err == nil || !strings.Contains(err.Error(), "too long a name") {
		t.Errorf("a name as long as a card: %v", err)
	}
	if err := p.Leave(); err != nil {
		t.Fatal(err)
	}
}

// TestBackWhereTheyWere: who comes back is told the last place of all in which they were cut off,
// but not that of another, nor of their own name in another role.
func TestBackWhereTheyWere(t *testing.T) {
	f, c := newFolder(t)
	cutOff := func(name, role, incident string) {
		t.Helper()
		p, err := f.Arrive(Card{Name: name, Role: role})
		if err != nil {
			t.Fatal(err)
		}
		c.now = c.now.Add(1e9)
		if err := errors.Join(p.Move(incident, "run", ""), p.Drop()); err != nil {
			t.Fatal(err)
		}
	}
	cutOff("Ada", "observer", "as observer")
	cutOff("Ben", "responder", "of another")
	two := make([]*Presence, 2)
	for i := range two {
		var err error
		if two[i], err = f.Arrive(Card{Name: "Ada", Role: "responder"}); err != nil {
			t.Fatal(err)
		}
	}
	for i, incident := range []string{"first", "second"} {
		c.now = c.now.Add(1e9)
		if err := errors.Join(two[i].Move(incident, "run", ""), two[i].Drop()); err != nil {
			t.Fatal(err)
		}
	}
	p, err := f.Arrive(Card{Name: "Ada", Role: "responder"})
	if err != nil || p.Was.Incident != "second" {
		t.Errorf("they were at %+v, %v", p.Was, err)
	}
	if list, err := f.Here(nil); err != nil || names(list) != "Ada lost, Ada, Ben lost" {
		t.Errorf("here are %s, %v", names(list), err)
	}
	nobody, err := f.Arrive(Card{})
	if err != nil || nobody.Was.Incident != "" {
		t.Errorf("nobody was at %+v, %v", nobody.Was, err)
	}
}
