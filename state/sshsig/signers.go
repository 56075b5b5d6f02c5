package sshsig

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"time"

	"golang.org/x/crypto/ssh"
)

// MaxSigners is how long a file of allowed signers can be, in bytes.
const MaxSigners = 1 << 20

// A Signer is a line of a file of allowed signers: a key and who has it. The form is
// ssh-keygen's (see ALLOWED SIGNERS there):
//
//	principal[,principal…] [option[,option…]] type key [comment]
//
// The options are namespaces="a,b", valid-after="time" and valid-before="time", a
// time being YYYYMMDD or YYYYMMDDHHMM[SS], in the zone of the reader unless a Z
// follows. A line with cert-authority, or an option that is not known, allows nothing.
type Signer struct {
	Principals string // as they stand in the file, with commas between
	Key        ssh.PublicKey
	Namespaces []string  // patterns with * and ?; none for every namespace
	After      time.Time // not before it; zero for no bound
	Before     time.Time // not at it or later; zero for no bound
}

// ParseSigners reads a file of allowed signers. zone is where times without one are.
// Lines that allow nothing are left out; a line that cannot be read is an error.
func ParseSigners(data []byte, zone *time.Location) ([]Signer, error) {
	if len(data) > MaxSigners {
		return nil, fmt.Errorf("the file of allowed signers has %d bytes, and %d is the most", len(data), MaxSigners)
	}
	var signers []Signer
	number := 0
	for line := range bytes.Lines(data) {
		number++
		text := strings.TrimSpace(string(line))
		if text == "" || text[0] == '#' {
			continue
		}
		signer, ok, err := parseSigner(text, zone)
		if err != nil {
			return nil, fmt.Errorf("line %d of the allowed signers: %w", number, err)
		}
		if ok {
			signers = append(signers, signer)
		}
	}
	return signers, nil
}

func parseSigner(text string, zone *time.Location) (s Signer, ok bool, err error) {
	who, rest := text, ""
	if quoted, found := strings.CutPrefix(text, `"`); found {
		who, rest, found = strings.Cut(quoted, `"`)
		if !found {
			return s, false, errors.New("a quotation mark is missing")
		}
	} else if i := strings.IndexAny(text, " \t"); i > 0 {
		who, rest = text[:i], text[i:]
	}
	s.Principals = who
	key, _, options, more, err := ssh.ParseAuthorizedKey([]byte(strings.TrimSpace(rest)))
	if err != nil || len(more) > 0 {
		return s, false, errors.New("there is no key that can be read")
	}
	s.Key = key
	for _, option := range options {
		known, err := s.option(option, zone)
		if err != nil || !known {
			return s, false, err
		}
	}
	return s, true, nil
}

// option takes one option in; false if it is one that is not known here.
func (s *Signer) option(text string, zone *time.Location) (known bool, err error) {
	name, value, _ := strings.Cut(text, "=")
	value = strings.Trim(value, `"`)
	switch strings.ToLower(name) {
	case "namespaces":
		s.Namespaces = strings.Split(value, ",")
	case "valid-after":
		s.After, err = parseTime(value, zone)
	case "valid-before":
		s.Before, err = parseTime(value, zone)
	default:
		return false, nil
	}
	return err == nil, err
}

func parseTime(text string, zone *time.Location) (time.Time, error) {
	bare, utc := strings.CutSuffix(text, "Z")
	if utc {
		zone = time.UTC
	}
	for _, layout := range []string{"20060102", "200601021504", "20060102150405"} {
		if len(layout) == len(bare) {
			if at, err := time.ParseInLocation(layout, bare, zone); err == nil {
				return at, nil
			}
		}
	}
	return time.Time{}, fmt.Errorf("%q is no time such as 20261124 or 202611240231Z", text)
}

// Who finds whose key made the signature, by the signers. It does not verify it. The
// error says why the key is nobody's in this namespace and at this time.
func (s *Signature) Who(signers []Signer, at time.Time) (principals string, err error) {
	err = errors.New("the key is none of the allowed signers'")
	for _, one := range signers {
		switch {
		case !bytes.Equal(one.Key.Marshal(), s.Key.Marshal()):
		case !one.allows(s.Namespace):
			err = fmt.Errorf("the key of %s is not allowed to sign for %q", one.Principals, s.Namespace)
		case !one.After.IsZero() && at.Before(one.After), !one.Before.IsZero() && !at.Before(one.Before):
			err = fmt.Errorf("the key of %s is not valid at this time", one.Principals)
		default:
			return one.Principals, nil
		}
	}
	return "", err
}

// allows reports whether the signer may sign in a namespace; as in ssh-keygen, a
// pattern after ! forbids.
func (s *Signer) allows(namespace string) bool {
	if len(s.Namespaces) == 0 {
		return true
	}
	allowed := false
	for _, pattern := range s.Namespaces {
		bare, not := strings.CutPrefix(pattern, "!")
		if matches(bare, namespace) {
			if not {
				return false
			}
			allowed = true
		}
	}
	return allowed
}

// matches reports whether text is as the pattern says: * is any text, ? any byte. It
// takes time in proportion to both lengths, whatever the pattern.
func matches(pattern, text string) bool {
	star, mark, p, t := -1, 0, 0, 0
	for t < len(text) {
		switch {
		case p < len(pattern) && pattern[p] == '*':
			star, mark = p, t
			p++
		case p < len(pattern) && (pattern[p] == '?' || pattern[p] == text[t]):
			p++
			t++
		case star >= 0:
			mark++
			p, t = star+1, mark
		default:
			return false
		}
	}
	return strings.Trim(pattern[p:], "*") == ""
}
