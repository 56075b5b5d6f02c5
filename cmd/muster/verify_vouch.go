package main

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"time"

	"golang.org/x/crypto/ssh"

	"muster/state"
	"muster/state/sshsig"
	"muster/state/view"
)

// vouchers are what a log is held against: what somebody outside has.
type vouchers struct {
	heads       []string
	signatures  []string // files
	signers     string   // a file; "" for none
	stamps      []string // files with answers of time-stamping authorities
	authorities string   // a file with their certificates; "" for none
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
		if text, err := readSmall(name, 2*sshsig.MaxArmored); err == nil {
			if at := bytes.Index(text, []byte(sshsig.Begin)); at > 0 {
				return text[:at], text[at:], nil // both, as they are printed over SSH
			}
		}
		return nil, nil, usage(hint(fmt.Errorf("%s does not end in .sig", name), "Give the signature; the statement, its name without .sig, must lie beside it."))
	}
	if armored, err = readSmall(name, sshsig.MaxArmored); err != nil {
		return nil, nil, err
	}
	statement, err = readSmall(beside, sshsig.MaxArmored)
	return statement, armored, err
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
