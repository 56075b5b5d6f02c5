package line_test

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"muster/state"
)

// The SHA-256 of nothing, as everybody knows it.
const ofNothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

func TestHash(t *testing.T) {
	sum := state.Sum(nil)
	if sum.String() != ofNothing || sum.IsZero() || !(state.Hash{}).IsZero() {
		t.Errorf("the hash of nothing is %v", sum)
	}
	if read, err := state.ParseHash(ofNothing); err != nil || read != sum {
		t.Errorf("it is read as %v, %v", read, err)
	}
	for _, bad := range []string{"", ofNothing[1:], ofNothing + "0", strings.ToUpper(ofNothing), ofNothing[:63] + "g", ofNothing[:63] + " ", ofNothing[:63] + "/", ofNothing[:63] + ":", ofNothing[:63] + "`", ofNothing[:62] + "é", ofNothing[:63] + "\xff", " " + ofNothing[1:]} {
		if read, err := state.ParseHash(bad); err == nil {
			t.Errorf("%q is read as %v", bad, read)
		}
	}
}

func TestHashText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sum := state.Sum(rapid.SliceOf(rapid.Byte()).Draw(t, "content"))
		text, err := json.Marshal(sum)
		if err != nil || string(text) != `"`+sum.String()+`"` {
			t.Fatalf("%v is written %s, %v", sum, text, err)
		}
		var read state.Hash
		if err := json.Unmarshal(text, &read); err != nil || read != sum {
			t.Fatalf("%s is read as %v, %v", text, read, err)
		}
		if err := json.Unmarshal([]byte(strings.ToUpper(string(text))), &read); err == nil && strings.ToUpper(string(text)) != string(text) {
			t.Fatalf("upper case was read: %s", text)
		}
	})
}

// TestCode: the first 80 bits in Crockford's base32, computed by hand for the hash
// of nothing: 11100 01110 11000 01100 … is W E R C.
func TestCode(t *testing.T) {
	if got := state.Sum(nil).Code(); got != "WERC-8GMR-ZGE1-96QV" {
		t.Errorf("the code of nothing's hash is %s", got)
	}
	if got := (state.Hash{}).Code(); got != "0000-0000-0000-0000" {
		t.Errorf("the code of zeros is %s", got)
	}
}

func TestNormalCode(t *testing.T) {
	for text, want := range map[string]string{
		"WERC-8GMR-ZGE1-96QV":   "WERC-8GMR-ZGE1-96QV",
		"werc8gmrzge196qv":      "WERC-8GMR-ZGE1-96QV",
		" werc 8gmr zgel 96qv ": "WERC-8GMR-ZGE1-96QV",
		"oOiIlL00-0000-0000":    "0011-1100-0000-0000",
	} {
		if got, ok := state.NormalCode(text); !ok || got != want {
			t.Errorf("%q is %q, %v", text, got, ok)
		}
	}
	for _, bad := range []string{"", "WERC", "WERC-8GMR-ZGE1-96Q", "WERC-8GMR-ZGE1-96QVA", "WERC-8GMR-ZGE1-96QU", "WERC_8GMR_ZGE1_96QV", "WERC-8GMR-ZGE1-96Qé", strings.Repeat("0", 9999)} {
		if got, ok := state.NormalCode(bad); ok {
			t.Errorf("%q is taken for %q", bad, got)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		code := state.Sum(rapid.SliceOf(rapid.Byte()).Draw(t, "content")).Code()
		if got, ok := state.NormalCode(strings.ToLower(strings.ReplaceAll(code, "0", "o"))); !ok || got != code {
			t.Fatalf("%s is %s, %v", code, got, ok)
		}
	})
}

// TestParseHashByte: a digit is one of sixteen, wherever it stands.
func TestParseHashByte(t *testing.T) {
	whole := state.Sum([]byte("x")).String()
	for at := range len(whole) {
		for c := range 256 {
			text := []byte(whole)
			text[at] = byte(c)
			hash, err := state.ParseHash(string(text))
			want, wrong := hex.DecodeString(string(text))
			upper := 'A' <= c && c <= 'F'
			if (err == nil) != (wrong == nil && !upper) || err == nil && !bytes.Equal(hash[:], want) {
				t.Fatalf("%q is read as %v, %v", text, hash, err)
			}
		}
	}
}
