// Package team keeps who may come to incidents over SSH, and who is there: the people
// and their keys, those who are invited, and those who wait for a yes. It lies in one
// folder, beside the incidents; several processes may use it at once.
package team

import (
	"bytes"
	"crypto/rsa"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/ssh"

	"muster/runbooks"
	"muster/state"
	"muster/state/clean"
)

// Bounds on what is read.
const (
	maxPeople = 1 << 20  // bytes of the people's file
	maxKeys   = 1000     // lines with a key in it
	maxLine   = 16 << 10 // bytes of a line
	maxName   = state.MaxName
)

// A Person is somebody who may come, by one key.
type Person struct {
	Name   string
	Access state.Access
	Key    ssh.PublicKey
	Line   int // in the file, from 1
}

// Fingerprint names the key: SHA256:…
func (p Person) Fingerprint() string { return ssh.FingerprintSHA256(p.Key) }

// String is the person's line in the people's file.
func (p Person) String() string {
	return fmt.Sprintf("name=%s,role=%s %s", quote(p.Name), p.Access, bytes.TrimSpace(ssh.MarshalAuthorizedKey(p.Key)))
}

func quote(name string) string {
	return `"` + strings.ReplaceAll(strings.ReplaceAll(name, `\`, `\\`), `"`, `\"`) + `"`
}

// A BadLine is a line of the people's file that lets nobody in.
type BadLine struct {
	Line int
	What string
}

func (b BadLine) Error() string { return fmt.Sprintf("line %d: %s", b.Line, b.What) }

// People are those who may come.
type People []Person

// By is whose key it is; false if it is nobody's.
func (p People) By(key ssh.PublicKey) (Person, bool) {
	if key == nil {
		return Person{}, false
	}
	text := key.Marshal()
	i := slices.IndexFunc(p, func(one Person) bool { return bytes.Equal(one.Key.Marshal(), text) })
	if i < 0 {
		return Person{}, false
	}
	return p[i], true
}

// Parse reads a people's file whole. A line is
//
//	name="Ada Lovelace",role=responder ssh-ed25519 AAAA… comment
//
// A line that is not exactly that lets nobody in and is among the bad ones, with what is
// wrong with it. One person may have several keys, and then one role.
func Parse(data []byte) (People, []BadLine) {
	var people People
	var bad []BadLine
	wrong := func(line int, err error) { bad = append(bad, BadLine{line, err.Error()}) }
	if len(data) > maxPeople {
		return nil, []BadLine{{1, fmt.Sprintf("the file is longer than %d bytes", maxPeople)}}
	}
	number := 0
	for text := range bytes.Lines(data) {
		number++
		text = bytes.TrimSpace(text)
		if len(text) == 0 || text[0] == '#' {
			continue
		}
		p, err := parseLine(text)
		p.Line = number
		if err == nil {
			err = people.admits(p)
		}
		if err != nil {
			wrong(number, err)
			continue
		}
		people = append(people, p)
	}
	return people, bad
}

// admits says why a person does not go with those who are there.
func (p People) admits(one Person) error {
	if len(p) >= maxKeys {
		return fmt.Errorf("there are more than %d keys", maxKeys)
	}
	if other, ok := p.By(one.Key); ok {
		return fmt.Errorf("the key is %s's already, in line %d", clean.Line(other.Name), other.Line)
	}
	for _, other := range p {
		if runbooks.SameName(other.Name, one.Name) && other.Access != one.Access {
			return fmt.Errorf("%s is %s in line %d and %s here", clean.Line(one.Name), other.Access, other.Line, one.Access)
		}
	}
	return nil
}

func parseLine(text []byte) (Person, error) {
	var p Person
	if len(text) > maxLine {
		return p, fmt.Errorf("the line is longer than %d bytes", maxLine)
	}
	if !utf8.Valid(text) || bytes.ContainsAny(text, "\r\n\x00") {
		return p, errors.New("the line is no plain text")
	}
	key, _, options, rest, err := ssh.ParseAuthorizedKey(text)
	if err != nil || len(rest) > 0 {
		return p, errors.New(`no key is read in it; a line is: name="Ada Lovelace",role=responder ssh-ed25519 AAAA…`)
	}
	if err := CheckKey(key); err != nil {
		return p, err
	}
	p.Key = key
	return p, p.options(options)
}

func (p *Person) options(options []string) error {
	seen := map[string]bool{}
	for _, option := range options {
		name, value, _ := strings.Cut(option, "=")
		if seen[name] {
			return fmt.Errorf("%s is given twice", clean.Line(name))
		}
		seen[name] = true
		value = unquote(value)
		switch name {
		case "name":
			p.Name = value
		case "role":
			p.Access = state.Access(value)
		default:
			return fmt.Errorf("%q is no option here: only name and role are", clean.Line(name))
		}
	}
	if err := CheckName(p.Name); err != nil {
		return err
	}
	return CheckAccess(p.Access)
}

func unquote(value string) string {
	if len(value) < 2 || value[0] != '"' || value[len(value)-1] != '"' {
		return value
	}
	return strings.NewReplacer(`\\`, `\`, `\"`, `"`).Replace(value[1 : len(value)-1])
}

// CheckName says why a name can be nobody's here.
func CheckName(name string) error {
	switch {
	case strings.TrimSpace(name) == "":
		return errors.New("it says no name")
	case name != strings.TrimSpace(name) || clean.Line(name) != name:
		return fmt.Errorf("the name %q has signs that are not seen", clean.Line(name))
	case len(name) > maxName:
		return fmt.Errorf("the name is longer than %d bytes", maxName)
	case runbooks.SameName(name, state.Muster):
		return fmt.Errorf("%s is the program's own name", state.Muster)
	}
	return nil
}

// CheckAccess says why a role is none.
func CheckAccess(access state.Access) error {
	if slices.Contains(state.Accesses(), access) {
		return nil
	}
	words := make([]string, 0, len(state.Accesses()))
	for _, a := range state.Accesses() {
		words = append(words, string(a))
	}
	if access == "" {
		return fmt.Errorf("it says no role: one of %s", strings.Join(words, ", "))
	}
	return fmt.Errorf("%q is no role: one of %s", clean.Line(string(access)), strings.Join(words, ", "))
}

// CheckKey says why a key is not taken: certificates prove what a file here does not
// say, and DSA and short RSA keys can be forged.
func CheckKey(key ssh.PublicKey) error {
	switch key.Type() {
	case ssh.KeyAlgoED25519, ssh.KeyAlgoSKED25519, ssh.KeyAlgoECDSA256, ssh.KeyAlgoECDSA384, ssh.KeyAlgoECDSA521, ssh.KeyAlgoSKECDSA256:
		return nil
	case ssh.KeyAlgoRSA:
		if long, ok := key.(ssh.CryptoPublicKey); ok && bitsOf(long) >= 2048 {
			return nil
		}
		return errors.New("the RSA key is too short: 2048 bits at least, and ed25519 is better")
	}
	return fmt.Errorf("a key of type %s is not taken: make one with ssh-keygen -t ed25519", clean.Line(key.Type()))
}

// bitsOf is how long an RSA key is; 0 of another.
func bitsOf(key ssh.CryptoPublicKey) int {
	if public, ok := key.CryptoPublicKey().(*rsa.PublicKey); ok {
		return public.N.BitLen()
	}
	return 0
}
