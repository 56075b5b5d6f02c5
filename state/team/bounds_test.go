package team

import (
	"crypto/rsa"
	"fmt"
	"math/big"
	"strings"
	"testing"

	"golang.org/x/crypto/ssh"

	"muster/state"
)

// TestDoorIsBounded: as many are invited, and wait, as the bounds say, and no more.
func TestDoorIsBounded(t *testing.T) {
	f, _ := newFolder(t)
	var codes []string
	for i := range 50 {
		code, _, err := f.Invite(fmt.Sprintf("Guest %d", i), state.Responder, "Ben")
		if err != nil {
			t.Fatal(i, err)
		}
		if len(code) != 9 || code[4] != '-' {
			t.Fatalf("the code is %q: four signs, a stroke and four signs can be read aloud", code)
		}
		codes = append(codes, code)
	}
	if _, _, err := f.Invite("One more", state.Responder, "Ben"); err == nil || !strings.Contains(err.Error(), "50 invitations stand already") {
		t.Errorf("the 51st: %v", err)
	}
	for i, code := range codes {
		if _, err := f.Knock(newKey(t), code, "here"); err != nil {
			t.Fatal(i, err)
		}
	}
	code, _, err := f.Invite("One more", state.Responder, "Ben")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Knock(newKey(t), code, "here"); err == nil {
		t.Error("51 people wait")
	}
}

// TestRemoveByFingerprint: who has a key is found by four of its signs, not by three, and
// nobody else with them.
func TestRemoveByFingerprint(t *testing.T) {
	f, _ := newFolder(t)
	ada, ben := newKey(t), newKey(t)
	for name, key := range map[string]ssh.PublicKey{"Ada": ada, "Ben": ben} {
		code, _, err := f.Invite(name, state.Responder, "x")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Knock(key, code, "here"); err != nil {
			t.Fatal(err)
		}
		if _, err := f.Admit(name); err != nil {
			t.Fatal(err)
		}
	}
	print := strings.TrimPrefix(ssh.FingerprintSHA256(ada), "SHA256:")
	if gone, err := f.Remove(print[:3]); err == nil {
		t.Errorf("by three signs %v is removed", gone)
	}
	if gone, err := f.Remove(print[:20]); err != nil || len(gone.People) != 1 || gone.People[0].Name != "Ada" {
		t.Errorf("by twenty signs %v is removed: %v", gone, err)
	}
	if _, err := f.Remove("SHA256"); err != nil {
		t.Errorf("what only one has left: %v", err)
	}
	if people, _, _ := f.People(); len(people) != 0 {
		t.Errorf("left are %v", people)
	}
}

// TestNamesInQuotes: what stands in quotes is read without them; half of a pair is the name's.
func TestNamesInQuotes(t *testing.T) {
	for value, want := range map[string]string{
		`"Ada"`: "Ada", "Ada": "Ada", `"`: `"`, `"Ada`: `"Ada`, `Ada"`: `Ada"`, `""`: "", `"a \"b\" \\ c"`: `a "b" \ c`, "": "",
	} {
		if got := unquote(value); got != want {
			t.Errorf("%s is %q, want %q", value, got, want)
		}
		if got := unquote(quote(want)); got != want {
			t.Errorf("%q comes back as %q", want, got)
		}
	}
}

// TestRSAKeysAreLong: the bits of the modulus count, and not those of the line.
func TestRSAKeysAreLong(t *testing.T) {
	for bits, takes := range map[uint]bool{1024: false, 1900: false, 2047: false, 2048: true, 4096: true} {
		key, err := ssh.NewPublicKey(&rsa.PublicKey{N: new(big.Int).SetBit(big.NewInt(1), int(bits)-1, 1), E: 65537})
		if err != nil {
			t.Fatal(err)
		}
		if err := CheckKey(key); (err == nil) != takes {
			t.Errorf("%d bits: %v", bits, err)
		}
	}
}
