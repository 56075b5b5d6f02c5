package tsp

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

// The files in testdata are openssl's: q.tsq asks for a stamp over the hash of "the head",
// rsa.tsr and ec.tsr are the answers of two authorities, and refused.tsr is a no.

func file(tb testing.TB, name string) []byte {
	tb.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		tb.Fatal(err)
	}
	return data
}

func authorities(tb testing.TB, name string) *Authorities {
	tb.Helper()
	a, err := ParseAuthorities(file(tb, name))
	if err != nil {
		tb.Fatal(err)
	}
	return a
}

func TestStamp(t *testing.T) {
	head := sha256.Sum256([]byte("the head"))
	asked, err := ParseRequest(file(t, "q.tsq"))
	if err != nil || !bytes.Equal(asked.Hash, head[:]) || asked.Nonce == nil {
		t.Fatalf("%+v, %v", asked, err)
	}
	for _, kind := range []string{"rsa", "ec"} {
		s, err := Parse(file(t, kind+".tsr"))
		if err != nil {
			t.Fatal(err)
		}
		if !s.Answers(asked) || s.Time.Year() != 2026 || s.Authority != "Stamps "+kind+" (Example Notaries)" {
			t.Errorf("%s: %v, %q, answers %t", kind, s.Time, s.Authority, s.Answers(asked))
		}
		if who, err := s.Verify(authorities(t, kind+"-ca.pem")); err != nil || who != s.Authority {
			t.Errorf("%s: by %q, %v", kind, who, err)
		}
		for name, other := range map[string]Request{
			"another hash": {Hash: make([]byte, 32)}, "another nonce": {Hash: head[:], Nonce: big.NewInt(7)},
		} {
			if s.Answers(other) {
				t.Errorf("%s answers %s", kind, name)
			}
		}
		if !s.Answers(Request{Hash: head[:]}) {
			t.Errorf("%s does not answer a request without a nonce", kind)
		}
	}
	s, _ := Parse(file(t, "rsa.tsr"))
	if _, err := s.Verify(authorities(t, "ec-ca.pem")); err == nil || !strings.Contains(err.Error(), "none of the certificates given vouches") {
		t.Errorf("by a stranger: %v", err)
	}
}

// TestSHA2: an authority may sign with SHA-384 and SHA-512 as well, and name its certificate by them.
func TestSHA2(t *testing.T) {
	asked, err := ParseRequest(file(t, "q.tsq"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"sha384.tsr", "sha512.tsr"} {
		s, err := Parse(file(t, name))
		if err != nil {
			t.Fatal(err)
		}
		if who, err := s.Verify(authorities(t, "sha2-ca.pem")); err != nil || who != "Stamps sha2 (Example Notaries)" || !s.Answers(asked) {
			t.Errorf("%s: by %q, %v, answers %t", name, who, err, s.Answers(asked))
		}
	}
}

// TestNoStamp: what is no stamp is said to be none, in words.
func TestNoStamp(t *testing.T) {
	var refused *RefusedError
	_, err := Parse(file(t, "refused.tsr"))
	if !errors.As(err, &refused) || refused.Status != 2 || !strings.Contains(err.Error(), "the authority refused: it does not take this hash function") {
		t.Errorf("a no is %v", err)
	}
	long := append([]byte{0x30, 0x82, 4, 7, 2, 1, 2, 0x30, 0x82, 4, 0, 12, 0x82, 3, 0xfc}, bytes.Repeat([]byte{0xff}, 0x3fc)...)
	if _, err = Parse(append([]byte{0x30, 0x82, 4, 11}, long...)); !errors.As(err, &refused) || len(refused.Comment) > maxComment || !utf8.ValidString(refused.Comment) || refused.Comment == "" {
		t.Errorf("a long no is %v", err)
	}
	good := file(t, "rsa.tsr")
	for name, c := range map[string]struct {
		text []byte
		want string
	}{
		"nothing":          {nil, "cut short"},
		"a web page":       {[]byte("<html>"), "no answer"},
		"a cut one":        {good[:len(good)-1], "cut short"},
		"half of one":      {good[:len(good)/2], "cut short"},
		"more behind it":   {append(bytes.Clone(good), 0), "no answer"},
		"a request":        {file(t, "q.tsq"), "no answer"},
		"too much":         {make([]byte, MaxAnswer+1), "65536 bytes"},
		"granted, nothing": {[]byte{0x30, 5, 0x30, 3, 2, 1, 0}, "holds no stamp"},
		"a status unknown": {[]byte{0x30, 5, 0x30, 3, 2, 1, 99}, "status 99"},
	} {
		if _, err := Parse(c.text); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, text := range map[string]string{"nothing": "", "no certificate": "-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----\n", "a bad one": "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"} {
		if _, err := ParseAuthorities([]byte(text)); err == nil {
			t.Errorf("%s is taken for certificates", name)
		}
	}
}

// TestForgedStamp: whatever byte of a stamp is another one, it does not say something else
// with a good signature.
func TestForgedStamp(t *testing.T) {
	good := file(t, "ec.tsr")
	whole, err := Parse(good)
	if err != nil {
		t.Fatal(err)
	}
	by := authorities(t, "ec-ca.pem")
	for i := range good {
		for _, bit := range []byte{1, 0x80} {
			forged := bytes.Clone(good)
			forged[i] ^= bit
			s, err := Parse(forged)
			if err != nil {
				continue
			}
			if _, err := s.Verify(by); err != nil {
				continue
			}
			if !bytes.Equal(s.info, whole.info) {
				t.Errorf("byte %d: another stamp passes", i)
			}
		}
	}
}

// TestOtherSigner: the signature of a key is no stamp's, unless its certificate is for that.
func TestOtherSigner(t *testing.T) {
	s, err := Parse(file(t, "rsa.tsr"))
	if err != nil {
		t.Fatal(err)
	}
	purpose, err := ParseAuthorities(file(t, "noeku.pem"))
	if err != nil {
		t.Fatal(err)
	}
	s.certificates = purpose.trusted
	s.signer.issuer, s.signer.serial, s.signer.keyID = nil, nil, purpose.trusted[0].SubjectKeyId
	if _, err := s.Verify(authorities(t, "rsa-ca.pem")); err == nil {
		t.Error("a certificate that is for something else stamps")
	}
}

func TestRequest(t *testing.T) {
	head := sha256.Sum256([]byte("x"))
	for _, r := range []Request{{Hash: head[:]}, {Hash: head[:], Nonce: new(big.Int).SetBytes(head[:8])}} {
		text, err := r.DER()
		if err != nil {
			t.Fatal(err)
		}
		back, err := ParseRequest(text)
		if err != nil || !bytes.Equal(back.Hash, r.Hash) || (back.Nonce == nil) != (r.Nonce == nil) || r.Nonce != nil && back.Nonce.Cmp(r.Nonce) != 0 {
			t.Errorf("%v came back as %v, %v", r, back, err)
		}
	}
	if _, err := (Request{Hash: head[:8]}).DER(); err == nil {
		t.Error("a request over eight bytes")
	}
}

// FuzzParse: no answer makes the reader fall over, and what is signed is what was read.
func FuzzParse(f *testing.F) {
	for _, name := range []string{"rsa.tsr", "ec.tsr", "refused.tsr", "q.tsq"} {
		f.Add(file(f, name))
	}
	by := authorities(f, "ec-ca.pem")
	f.Fuzz(func(t *testing.T, text []byte) {
		_, _ = ParseRequest(text)
		if s, err := Parse(text); err == nil {
			if len(s.Hash) != 32 {
				t.Errorf("%+v", s)
			}
			_, _ = s.Verify(by)
		}
	})
}
