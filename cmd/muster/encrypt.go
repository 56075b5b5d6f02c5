package main

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"filippo.io/age"
	"filippo.io/age/agessh"

	"muster/state/clean"
)

// maxRecipients is how many can be given a file.
const maxRecipients = 64

// readRecipients reads those who will be able to read what is encrypted.
func readRecipients(given []string) ([]age.Recipient, error) {
	if len(given) > maxRecipients {
		return nil, usagef("--to is given %d times, and %d is the most", len(given), maxRecipients)
	}
	var list []age.Recipient
	for _, text := range given {
		one, err := readRecipient(strings.TrimSpace(text))
		if err != nil {
			return nil, usage(hint(err, "Give what they gave you: age1…, which age-keygen prints, or the line of an SSH key's .pub file (ssh-ed25519 AAAA…, in quotes)."))
		}
		list = append(list, one)
	}
	return list, nil
}

// maxShownKey is how much of what is no recipient is shown of it.
const maxShownKey = 40

func readRecipient(text string) (age.Recipient, error) {
	shown := fmt.Sprintf("--to %q", clean.Line(clean.Bounded(text, maxShownKey)))
	switch upper := strings.ToUpper(text); {
	case strings.HasPrefix(upper, "AGE-SECRET-KEY-") || strings.Contains(upper, "PRIVATE KEY-----"):
		return nil, errors.New("--to was given a secret key, which nobody but its owner may have: what it reads is encrypted for it by its public one")
	case strings.HasPrefix(text, "ssh-"):
		one, err := agessh.ParseRecipient(text)
		if err != nil {
			return nil, fmt.Errorf("%s is no SSH key that can be encrypted for: it must be of the kind ssh-ed25519 or ssh-rsa, and whole", shown)
		}
		return one, nil
	case strings.HasPrefix(text, "ecdsa-"), strings.HasPrefix(text, "sk-"):
		return nil, fmt.Errorf("%s is an SSH key of a kind that signs and cannot be encrypted for: ssh-ed25519 and ssh-rsa can", shown)
	case strings.HasPrefix(text, "age1") && !strings.ContainsAny(text, "\r\n"):
		if list, err := age.ParseRecipients(strings.NewReader(text)); err == nil && len(list) == 1 {
			return list[0], nil
		}
		return nil, fmt.Errorf("%s is no whole age recipient: a character may be wrong or missing, or it needs a plugin, which muster has none of", shown)
	}
	return nil, fmt.Errorf("%s is neither an age recipient nor an SSH public key", shown)
}

// encrypted is write, but what it writes is encrypted for some people; write itself if for
// nobody. What was written when write failed cannot be decrypted to its end.
func encrypted(to []age.Recipient, write func(io.Writer) error) func(io.Writer) error {
	if len(to) == 0 {
		return write
	}
	return func(w io.Writer) error {
		sealed, err := age.Encrypt(w, to...)
		if err != nil {
			return usage(hint(fmt.Errorf("these cannot be encrypted for together: %w", err), "Write a file for each of them."))
		}
		if err := write(sealed); err != nil {
			return err
		}
		return sealed.Close()
	}
}
