package outside

import (
	"fmt"
	"io"
)

// mask is what is shown in the place of a secret.
const mask = "•••"

// A Secret is text that must not be seen: a password, a key, a webhook's URL.
// However it is printed, logged or encoded it shows as "•••", or as "" if it is
// not set. Only this package can read it.
type Secret struct {
	// A pointer, because fmt prints the fields of a struct inside an unexported
	// field without asking for their String method; of a pointer it prints the
	// address.
	value *string
}

// NewSecret hides text.
func NewSecret(text string) Secret {
	if text == "" {
		return Secret{}
	}
	return Secret{&text}
}

// IsZero reports whether no secret is set.
func (s Secret) IsZero() bool { return s.value == nil }

// String is "•••".
func (s Secret) String() string {
	if s.IsZero() {
		return ""
	}
	return mask
}

// GoString is "•••".
func (s Secret) GoString() string { return s.String() }

// Format writes "•••", whatever the verb.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, s.String()) }

// MarshalText is "•••": a secret is read from a file and never written to one.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText takes text as the secret.
func (s *Secret) UnmarshalText(text []byte) error {
	*s = NewSecret(string(text))
	return nil
}

// reveal is the secret itself.
func (s Secret) reveal() string {
	if s.value == nil {
		return ""
	}
	return *s.value
}
