package main

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"golang.org/x/crypto/ssh"

	"muster/state"
	"muster/state/clean"
	"muster/state/guard"
	"muster/state/sshsig"
	"muster/state/view"
)

// vouchers are what a log is held against: what somebody outside has.
type vouchers struct {
	heads      []string
	signatures []string // files
	signers    string   // a file; "" for none
}

// A signatureCheck is what was found out about one signature.
type signatureCheck struct {
	view.Signature
	statement state.Statement
}

// readSignatures reads and checks the signatures, but for the log's part in it.
func readSignatures(e *env, given vouchers) ([]*signatureCheck, error) {
	var signers []sshsig.Signer
	if given.signers != "" {
		if len(given.signatures) == 0 {
			return nil, usage(hint(errors.New("--signers says who may sign, and no signature is given"), "Give it with --signature FILE.sig."))
		}
		data, err := readSmall(given.signers, sshsig.MaxSigners)
		if err != nil {
			return nil, err
		}
		if signers, err = sshsig.ParseSigners(data, e.now().Location()); err != nil {
			return nil, hint(fmt.Errorf("%s: %w", given.signers, err), "A line is: NAME namespaces=%q ssh-ed25519 AAAA…", state.SignatureNamespace)
		}
	}
	var checks []*signatureCheck
	for _, name := range given.signatures {
		check := &signatureCheck{Signature: view.Signature{File: name}}
		statement, armored, err := readSigned(name)
		if err != nil {
			return nil, err
		}
		if err := check.check(statement, armored, given.signers != "", signers, e.now()); err != nil {
			check.Problem = err.Error()
		}
		checks = append(checks, check)
	}
	return checks, nil
}

// readSigned reads a signature and the statement beside it.
func readSigned(name string) (statement, armored []byte, err error) {
	beside, ok := strings.CutSuffix(name, ".sig")
	if !ok {
		return nil, nil, usage(hint(fmt.Errorf("%s does not end in .sig", name), "Give the signature; the statement, its name without .sig, must lie beside it."))
	}
	if armored, err = readSmall(name, sshsig.MaxArmored); err != nil {
		return nil, nil, err
	}
	statement, err = readSmall(beside, sshsig.MaxArmored)
	return statement, armored, err
}

// readSmall reads a plain file of at most so many bytes.
func readSmall(name string, most int64) ([]byte, error) {
	file, err := guard.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, most+1))
	if err == nil && int64(len(data)) > most {
		err = fmt.Errorf("%s is too long to be what it should be: more than %d bytes", name, most)
	}
	return data, err
}

// check checks all but that the head is in the log.
func (s *signatureCheck) check(statement, armored []byte, named bool, signers []sshsig.Signer, now time.Time) error {
	sig, err := sshsig.Parse(armored)
	if err != nil {
		return err
	}
	s.Key = ssh.FingerprintSHA256(sig.Key)
	if err := sig.Verify(state.SignatureNamespace, statement); err != nil {
		return err
	}
	if s.statement, err = state.ParseStatement(statement); err != nil {
		return err
	}
	if named {
		s.Signer, err = sig.Who(signers, now)
	}
	return err
}

// seeSigned finds the entries up to which the signatures go.
func (v *verdict) seeSigned(entry state.Entry) {
	for _, s := range v.signatures {
		if s.Problem != "" || s.statement.Head.Seq != entry.Seq || s.statement.Head.Hash != entry.Hash {
			continue
		}
		if v.incident != "" && s.statement.Incident != v.incident {
			s.Problem = fmt.Sprintf("it speaks of the incident %s, and the log is of %s", s.statement.Incident, v.incident)
			continue
		}
		s.Entry = entry.Seq
		if s.Signer != "" {
			v.Vouched, v.vouchedBy = entry.Seq, s.Signer+" ("+s.Key+")"
		}
	}
}

// notSigned says of signatures that go up to no entry that they do not.
func (v *verdict) notSigned() {
	for _, s := range v.signatures {
		if s.Problem == "" && s.Entry == 0 {
			s.Problem = fmt.Sprintf("entry %d with the head %s IS NOT IN THIS LOG: entries were cut off or changed, or it is another log", s.statement.Head.Seq, s.statement.Head.Hash.Code())
		}
	}
}

// text says what was found out about the signature.
func (s *signatureCheck) text() string {
	switch {
	case s.Problem != "":
		return "the signature " + s.File + " DOES NOT COUNT: " + s.Problem
	case s.Signer == "":
		return fmt.Sprintf("the signature %s is good, by the key %s, up to entry %d; whose key that is was not checked", s.File, s.Key, s.Entry)
	}
	return fmt.Sprintf("the signature %s is good, by %s (%s), up to entry %d", s.File, s.Signer, s.Key, s.Entry)
}

// bySignature says by whose signature the log is vouched for, if it is by one.
func (v *verdict) bySignature() string {
	if v.vouchedBy == "" {
		return ""
	}
	return " by signature of " + clean.Line(v.vouchedBy)
}

// signedOnly is the verdict where there are signatures of keys that may be anybody's.
func (v *verdict) signedOnly() string {
	var last *signatureCheck
	for _, s := range v.signatures {
		if s.Problem == "" && (last == nil || s.Entry > last.Entry) {
			last = s
		}
	}
	if last == nil {
		return "completeness  BROKEN: no signature that was given holds for this log\n"
	}
	return fmt.Sprintf("completeness  vouched for up to entry %d of %d by signature of %s,\n"+
		"              if that is the key of somebody you trust: say whose keys count with --signers\n", last.Entry, v.Entries, last.Key)
}

// name takes note of whom the log names.
func (v *verdict) name(entry state.Entry) {
	switch data := entry.Data.(type) {
	case *state.Opened:
		v.incident = data.ID
	case *state.HeadWitnessed:
		v.Named = append(v.Named, view.Witness{Witness: data.Witness, How: data.How, At: entry.When().UTC(), Head: data.Head, Code: data.Head.Code(), Entry: data.Entry, By: entry.By.Name, Seq: entry.Seq})
	case *state.HeadSigned:
		v.Named = append(v.Named, view.Witness{Fingerprint: data.Fingerprint, At: entry.When().UTC(), Head: data.Head, Code: data.Head.Code(), Entry: data.Entry, By: entry.By.Name, Seq: entry.Seq})
	case *state.EntryRetracted:
		v.Named = slices.DeleteFunc(v.Named, func(w view.Witness) bool { return w.Seq == data.Seq })
	}
}

// maxNamed is how many of those whom the log names are printed, the last ones.
const maxNamed = 20

// named says whom to ask.
func (v *verdict) named() string {
	if len(v.Named) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString("to ask        The log's own word is no proof: ask these for what they wrote down or signed.\n")
	if more := len(v.Named) - maxNamed; more > 0 {
		fmt.Fprintf(&b, "              (%s before these)\n", plural(uint64(more), "other", "others"))
	}
	for _, w := range v.Named[max(0, len(v.Named)-maxNamed):] {
		who := w.Witness
		if w.Fingerprint != "" {
			who = w.By + ", who signed with " + w.Fingerprint
		}
		if w.How != "" {
			who += ", " + w.How
		}
		fmt.Fprintf(&b, "              %s: up to entry %d, says entry %d\n", clean.Line(who), w.Entry, w.Seq)
	}
	return b.String()
}
