// Package sshsig makes and checks detached SSH signatures, such as ssh-keygen -Y
// makes and checks, over a message held in memory.
//
// The format is OpenSSH's PROTOCOL.sshsig. A signature is a blob
//
//	"SSHSIG" | uint32 version = 1 | string public key | string namespace |
//	string reserved | string hash algorithm | string signature
//
// in base64 between the lines BEGIN and END SSH SIGNATURE. What the key signs is
//
//	"SSHSIG" | string namespace | string reserved | string hash algorithm |
//	string hash of the message
//
// The namespace keeps a signature made for one purpose from being taken for
// another. Made are signatures with SHA-512; read are those with SHA-256 too. Keys
// are Ed25519, ECDSA and RSA, and the first two in a security key, which must have
// been touched. RSA signs with SHA-2, of 2048 bits or more. Certificates are refused:
// whoever trusts an authority checks with ssh-keygen.
package sshsig

import (
	"bytes"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/crypto/ssh"
)

const (
	magic   = "SSHSIG"
	version = 1
	pemType = "SSH SIGNATURE"
	end     = "-----END " + pemType + "-----"

	// Begin is the line with which an armored signature begins.
	Begin = "-----BEGIN " + pemType + "-----"

	// MaxArmored is how long an armored signature can be, in bytes: one with an RSA
	// key of 16384 bits has 6 KiB.
	MaxArmored = 16 << 10

	leastRSA = 2048 // bits
	touched  = 1    // the flag of a security key's signature that says so
)

// A Signature is one that was read. Nothing is known of it until it is verified.
type Signature struct {
	Key       ssh.PublicKey
	Namespace string

	hash string
	sig  *ssh.Signature
}

// wire is what follows magic in the blob.
type wire struct {
	Version                        uint32
	Key                            []byte
	Namespace, Reserved, Hash, Sig string
}

// signed is what follows magic in what the key signs.
type signed struct {
	Namespace, Reserved, Hash string
	Digest                    []byte
}

// Sign signs message with a key, of a file or of an agent, in a namespace that is
// not empty, and returns the armored signature. random is for keys that need it.
func Sign(random io.Reader, key ssh.Signer, namespace string, message []byte) ([]byte, error) {
	// An agent only hands out the key's bytes.
	public, err := ssh.ParsePublicKey(key.PublicKey().Marshal())
	if err != nil {
		return nil, err
	}
	if err := usable(public); err != nil {
		return nil, err
	}
	if namespace == "" {
		return nil, errors.New("a signature needs a namespace")
	}
	digest, err := digestOf("sha512", message)
	if err != nil {
		return nil, err
	}
	what := append([]byte(magic), ssh.Marshal(signed{Namespace: namespace, Hash: "sha512", Digest: digest})...)
	sig, err := signWith(random, key, what)
	if err != nil {
		return nil, err
	}
	made := &Signature{Key: public, Namespace: namespace, hash: "sha512", sig: sig}
	if err := made.Verify(namespace, message); err != nil {
		return nil, fmt.Errorf("the key made a signature that does not hold: %w", err)
	}
	blob := append([]byte(magic), ssh.Marshal(wire{Version: version, Key: public.Marshal(), Namespace: namespace, Hash: "sha512", Sig: string(ssh.Marshal(sig))})...)
	return armor(blob), nil
}

// signWith signs with SHA-512 where the key's type leaves a choice.
func signWith(random io.Reader, key ssh.Signer, what []byte) (*ssh.Signature, error) {
	if key.PublicKey().Type() != ssh.KeyAlgoRSA {
		return key.Sign(random, what)
	}
	choosing, ok := key.(ssh.AlgorithmSigner)
	if !ok {
		return nil, errors.New("this RSA key signs with SHA-1 alone")
	}
	return choosing.SignWithAlgorithm(random, what, ssh.KeyAlgoRSASHA512)
}

// armor writes the blob as ssh-keygen does, 70 characters to a line.
func armor(blob []byte) []byte {
	const width = 70
	text := base64.StdEncoding.EncodeToString(blob)
	var out bytes.Buffer
	out.WriteString(Begin + "\n")
	for len(text) > width {
		out.WriteString(text[:width] + "\n")
		text = text[width:]
	}
	out.WriteString(text + "\n" + end + "\n")
	return out.Bytes()
}

// Parse reads one armored signature, with nothing but space around it. It checks the
// form, and that the key may sign; only Verify says whether the signature holds.
func Parse(armored []byte) (*Signature, error) {
	text := bytes.TrimSpace(armored)
	if len(armored) > MaxArmored || !bytes.HasPrefix(text, []byte(Begin)) {
		return nil, fmt.Errorf("this is no SSH signature: it does not begin with %q", Begin)
	}
	block, rest := pem.Decode(text)
	if block == nil || block.Type != pemType || len(block.Headers) > 0 || len(rest) > 0 {
		return nil, errors.New("the SSH signature is damaged: its base64 cannot be read to the end")
	}
	blob, ok := bytes.CutPrefix(block.Bytes, []byte(magic))
	if !ok {
		return nil, errors.New("the SSH signature is damaged: it is not one by its first bytes")
	}
	var w wire
	if err := ssh.Unmarshal(blob, &w); err != nil {
		return nil, fmt.Errorf("the SSH signature is damaged: %w", err)
	}
	return w.signature()
}

func (w *wire) signature() (*Signature, error) {
	if w.Version != version {
		return nil, fmt.Errorf("the SSH signature is of version %d, and only %d is known", w.Version, version)
	}
	if w.Namespace == "" || w.Reserved != "" {
		return nil, errors.New("the SSH signature is damaged: it has no namespace, or something behind it")
	}
	key, err := ssh.ParsePublicKey(w.Key)
	if err != nil {
		return nil, fmt.Errorf("the key in the SSH signature cannot be read: %w", err)
	}
	if err := usable(key); err != nil {
		return nil, err
	}
	if _, err := digestOf(w.Hash, nil); err != nil {
		return nil, err
	}
	sig := new(ssh.Signature)
	if err := ssh.Unmarshal([]byte(w.Sig), sig); err != nil {
		return nil, fmt.Errorf("the SSH signature is damaged: %w", err)
	}
	return &Signature{Key: key, Namespace: w.Namespace, hash: w.Hash, sig: sig}, nil
}

// errBad is what Verify says of a signature that does not hold.
var errBad = errors.New("the signature does not hold: it is not this key's, or not over this text")

// Verify checks that the signature is its key's, over message, in the namespace. It
// says nothing about whose key it is.
func (s *Signature) Verify(namespace string, message []byte) error {
	if s.Namespace != namespace {
		return fmt.Errorf("the signature was made for %q, not for %q", s.Namespace, namespace)
	}
	if err := s.strong(); err != nil {
		return err
	}
	digest, err := digestOf(s.hash, message)
	if err != nil {
		return err
	}
	what := append([]byte(magic), ssh.Marshal(signed{Namespace: namespace, Hash: s.hash, Digest: digest})...)
	if s.Key.Verify(what, s.sig) != nil {
		return errBad
	}
	return nil
}

// strong refuses SHA-1, and a security key that nobody touched.
func (s *Signature) strong() error {
	switch s.Key.Type() {
	case ssh.KeyAlgoRSA:
		if s.sig.Format != ssh.KeyAlgoRSASHA512 && s.sig.Format != ssh.KeyAlgoRSASHA256 {
			return fmt.Errorf("the RSA key signed with %q, which is too weak", s.sig.Format)
		}
	case ssh.KeyAlgoSKED25519, ssh.KeyAlgoSKECDSA256:
		if len(s.sig.Rest) != 5 || s.sig.Rest[0]&touched == 0 {
			return errors.New("nobody touched the security key when it signed")
		}
	}
	return nil
}

// usable refuses keys of a kind or size that no signature should rest on.
func usable(key ssh.PublicKey) error {
	switch key.Type() {
	case ssh.KeyAlgoED25519, ssh.KeyAlgoECDSA256, ssh.KeyAlgoECDSA384, ssh.KeyAlgoECDSA521, ssh.KeyAlgoSKED25519, ssh.KeyAlgoSKECDSA256:
		return nil
	case ssh.KeyAlgoRSA:
		crypto, ok := key.(ssh.CryptoPublicKey)
		if !ok {
			break
		}
		if public, ok := crypto.CryptoPublicKey().(*rsa.PublicKey); ok && public.N.BitLen() >= leastRSA {
			return nil
		}
		return fmt.Errorf("the RSA key has fewer than %d bits", leastRSA)
	}
	if strings.Contains(key.Type(), "-cert-") {
		return errors.New("a certificate signed, and only plain keys are known here: check it with ssh-keygen -Y verify")
	}
	return fmt.Errorf("keys of the type %q are not taken: use Ed25519, ECDSA or RSA", key.Type())
}

func digestOf(hash string, message []byte) ([]byte, error) {
	switch hash {
	case "sha512":
		sum := sha512.Sum512(message)
		return sum[:], nil
	case "sha256":
		sum := sha256.Sum256(message)
		return sum[:], nil
	}
	return nil, fmt.Errorf("the SSH signature hashes with %q, and only sha512 and sha256 are known", hash)
}
