package sshsig_test

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"

	"muster/state/sshsig"
)

const namespace = "muster-head"

var message = []byte("muster head v1\n")

// keys makes a key of each kind that signs.
func keys(t *testing.T) map[string]crypto.Signer {
	t.Helper()
	_, ed, err1 := ed25519.GenerateKey(rand.Reader)
	ec, err2 := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	ec5, err3 := ecdsa.GenerateKey(elliptic.P521(), rand.Reader)
	rs, err4 := rsa.GenerateKey(rand.Reader, 2048)
	for _, err := range []error{err1, err2, err3, err4} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return map[string]crypto.Signer{"ed25519": ed, "ecdsa": ec, "ecdsa-521": ec5, "rsa": rs}
}

func signer(t *testing.T, key crypto.Signer) ssh.Signer {
	t.Helper()
	s, err := ssh.NewSignerFromSigner(key)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func signed(t *testing.T, key ssh.Signer) []byte {
	t.Helper()
	armored, err := sshsig.Sign(rand.Reader, key, namespace, message)
	if err != nil {
		t.Fatal(err)
	}
	return armored
}

func TestRoundTrip(t *testing.T) {
	for name, key := range keys(t) {
		armored := signed(t, signer(t, key))
		sig, err := sshsig.Parse(armored)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if err := sig.Verify(namespace, message); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if err := sig.Verify(namespace, append(message, 'x')); err == nil {
			t.Errorf("%s: it holds over another text", name)
		}
		if err := sig.Verify("file", message); err == nil {
			t.Errorf("%s: it holds in another namespace", name)
		}
	}
}

// TestEveryByteCounts: no changed byte of the blob leaves a signature that holds.
func TestEveryByteCounts(t *testing.T) {
	armored := signed(t, signer(t, keys(t)["ed25519"]))
	blob := blobOf(t, armored)
	for i := range blob {
		for _, bit := range []byte{1, 0x80} {
			changed := bytes.Clone(blob)
			changed[i] ^= bit
			sig, err := sshsig.Parse(armor(changed))
			if err == nil && sig.Verify(namespace, message) == nil {
				t.Errorf("byte %d changed, and it holds", i)
			}
		}
	}
	for n := range blob {
		if _, err := sshsig.Parse(armor(blob[:n])); err == nil {
			t.Errorf("the first %d bytes are taken", n)
		}
	}
	if _, err := sshsig.Parse(armor(append(blob, 0))); err == nil {
		t.Error("a byte more is taken")
	}
}

func blobOf(t *testing.T, armored []byte) []byte {
	t.Helper()
	lines := strings.Split(strings.TrimSpace(string(armored)), "\n")
	blob, err := base64.StdEncoding.DecodeString(strings.Join(lines[1:len(lines)-1], ""))
	if err != nil {
		t.Fatal(err)
	}
	return blob
}

func armor(blob []byte) []byte {
	return []byte("-----BEGIN SSH SIGNATURE-----\n" + base64.StdEncoding.EncodeToString(blob) + "\n-----END SSH SIGNATURE-----\n")
}

// parts makes a blob of parts that may be wrong.
func parts(version uint32, key, namespace, reserved, hash, sig string) []byte {
	return append([]byte("SSHSIG"), ssh.Marshal(struct {
		V             uint32
		K, N, R, H, S string
	}{version, key, namespace, reserved, hash, sig})...)
}

func TestParseRefuses(t *testing.T) {
	good := signer(t, keys(t)["ed25519"])
	key := string(good.PublicKey().Marshal())
	small, err := rsa.GenerateKey(rand.Reader, 1024)
	if err != nil {
		t.Fatal(err)
	}
	weak := string(signer(t, small).PublicKey().Marshal())
	sig := string(ssh.Marshal(&ssh.Signature{Format: "ssh-ed25519", Blob: make([]byte, 64)}))
	armored := string(signed(t, good))
	cert := &ssh.Certificate{Key: good.PublicKey(), CertType: ssh.UserCert, ValidPrincipals: []string{"ada"}, ValidBefore: ssh.CertTimeInfinity}
	if err := cert.SignCert(rand.Reader, good); err != nil {
		t.Fatal(err)
	}
	for want, text := range map[string][]byte{
		"does not begin":        []byte("hello"),
		"cannot be read to the": []byte("-----BEGIN SSH SIGNATURE-----\n!!\n-----END SSH SIGNATURE-----\n"),
		"to the end":            []byte(armored + armored),
		"no SSH signature":      []byte(armored + strings.Repeat("\n", sshsig.MaxArmored)),
		"its first bytes":       armor([]byte("SSHSIX")),
		"version 2":             armor(parts(2, key, namespace, "", "sha512", sig)),
		"no namespace":          armor(parts(1, key, "", "", "sha512", sig)),
		"something behind it":   armor(parts(1, key, namespace, "x", "sha512", sig)),
		"md5":                   armor(parts(1, key, namespace, "", "md5", sig)),
		"cannot be read":        armor(parts(1, "key", namespace, "", "sha512", sig)),
		"damaged":               armor(parts(1, key, namespace, "", "sha512", "sig")),
		"fewer than 2048":       armor(parts(1, weak, namespace, "", "sha512", sig)),
		"certificate":           armor(parts(1, string(cert.Marshal()), namespace, "", "sha512", sig)),
	} {
		if _, err := sshsig.Parse(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
	if _, err := sshsig.Sign(rand.Reader, signer(t, small), namespace, message); err == nil {
		t.Error("a weak key signs")
	}
	if _, err := sshsig.Sign(rand.Reader, good, "", message); err == nil {
		t.Error("nothing is needed as a namespace")
	}
}

// TestSHA1 refuses what an RSA key signed with SHA-1.
func TestSHA1(t *testing.T) {
	key := signer(t, keys(t)["rsa"]).(ssh.AlgorithmSigner)
	digest := sha256.Sum256(message)
	what := append([]byte("SSHSIG"), ssh.Marshal(struct{ N, R, H, D string }{namespace, "", "sha256", string(digest[:])})...)
	for algorithm, holds := range map[string]bool{ssh.KeyAlgoRSA: false, ssh.KeyAlgoRSASHA256: true} {
		made, err := key.SignWithAlgorithm(rand.Reader, what, algorithm)
		if err != nil {
			t.Fatal(err)
		}
		sig, err := sshsig.Parse(armor(parts(1, string(key.PublicKey().Marshal()), namespace, "", "sha256", string(ssh.Marshal(made)))))
		if err != nil {
			t.Fatal(err)
		}
		if err := sig.Verify(namespace, message); (err == nil) != holds {
			t.Errorf("%s: %v", algorithm, err)
		}
	}
}

// TestSecurityKey: what a security key signs is its application, flags, a counter and
// the text's hash; without a touch it does not count.
func TestSecurityKey(t *testing.T) {
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	key := ssh.Marshal(struct{ T, K, A string }{ssh.KeyAlgoSKED25519, string(public), "ssh:"})
	digest := sha256.Sum256(message)
	inner := append([]byte("SSHSIG"), ssh.Marshal(struct{ N, R, H, D string }{namespace, "", "sha256", string(digest[:])})...)
	for flags, holds := range map[byte]bool{1: true, 5: true, 0: false, 4: false} {
		app, hash := sha256.Sum256([]byte("ssh:")), sha256.Sum256(inner)
		rest := binary.BigEndian.AppendUint32([]byte{flags}, 7)
		what := append(append(app[:], rest...), hash[:]...)
		made := ssh.Signature{Format: ssh.KeyAlgoSKED25519, Blob: ed25519.Sign(private, what), Rest: rest}
		sig, err := sshsig.Parse(armor(parts(1, string(key), namespace, "", "sha256", string(ssh.Marshal(made)))))
		if err != nil {
			t.Fatal(err)
		}
		if err := sig.Verify(namespace, message); (err == nil) != holds {
			t.Errorf("flags %d: %v", flags, err)
		}
	}
}

// TestAgainstOpenSSH: what is made here ssh-keygen accepts, and the other way round.
func TestAgainstOpenSSH(t *testing.T) {
	if _, err := exec.LookPath("ssh-keygen"); err != nil {
		t.Skip("there is no ssh-keygen")
	}
	for name, key := range keys(t) {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			write := func(name string, data []byte) string {
				path := filepath.Join(dir, name)
				if err := os.WriteFile(path, data, 0o600); err != nil {
					t.Fatal(err)
				}
				return path
			}
			keygen := func(in []byte, args ...string) ([]byte, error) {
				cmd := exec.Command("ssh-keygen", args...)
				cmd.Stdin = bytes.NewReader(in)
				return cmd.CombinedOutput()
			}
			s := signer(t, key)
			allowed := write("allowed", append([]byte("ada@example.org namespaces=\"muster-*\" "), ssh.MarshalAuthorizedKey(s.PublicKey())...))
			verify := []string{"-Y", "verify", "-n", namespace, "-f", allowed, "-I", "ada@example.org", "-s", write("made.sig", signed(t, s))}
			if out, err := keygen(message, verify...); err != nil {
				t.Errorf("%v: %s", err, out)
			}
			if out, err := keygen([]byte("other\n"), verify...); err == nil {
				t.Errorf("another text: %s", out)
			}
			block, err := ssh.MarshalPrivateKey(key, "")
			if err != nil {
				t.Fatal(err)
			}
			text := write("text", message)
			if out, err := keygen(nil, "-Y", "sign", "-n", namespace, "-f", write("key", pemOf(block)), text); err != nil {
				t.Fatalf("%v: %s", err, out)
			}
			theirs, err := os.ReadFile(text + ".sig")
			if err != nil {
				t.Fatal(err)
			}
			sig, err := sshsig.Parse(theirs)
			if err != nil {
				t.Fatal(err)
			}
			if err := sig.Verify(namespace, message); err != nil {
				t.Error(err)
			}
			list, err := os.ReadFile(allowed)
			if err != nil {
				t.Fatal(err)
			}
			signers, err := sshsig.ParseSigners(list, time.UTC)
			if err != nil {
				t.Fatal(err)
			}
			if who, err := sig.Who(signers, time.Time{}); who != "ada@example.org" {
				t.Errorf("%q, %v", who, err)
			}
		})
	}
}
