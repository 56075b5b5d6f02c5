package line

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"time"
)

// values reads what stands in a line as JSON in the one form. The first thing that does
// not fit is kept in failed; what is read after it says nothing.
type values struct {
	failed error
	words  *words // may be nil
}

func (v *values) fail(format string, args ...any) {
	if v.failed == nil {
		v.failed = fmt.Errorf(format, args...)
	}
}

// isText reports whether a value is a string, as it should be.
func (v *values) isText(value []byte) bool {
	if v.failed == nil && (len(value) < 2 || value[0] != '"') {
		v.fail("a string should stand where it has %s", excerpt(value))
	}
	return v.failed == nil
}

// text is what a JSON string says.
func (v *values) text(value []byte) string {
	if !v.isText(value) {
		return ""
	}
	var room [usual]byte
	return string(unquote(room[:0], value))
}

// word is what a JSON string says that many lines have in common.
func (v *values) word(value []byte) string {
	if !v.isText(value) {
		return ""
	}
	var room [usual]byte
	return v.words.intern(unquote(room[:0], value))
}

// full is text, which may not be empty.
func (v *values) full(text, what string) string {
	if text == "" {
		v.fail("its %s is empty and should not stand there", what)
	}
	return text
}

// occurred is the time that a JSON string says, in the one spelling it has.
func (v *values) occurred(value []byte) time.Time {
	if !v.isText(value) {
		return time.Time{}
	}
	text := string(value[1 : len(value)-1])
	t, err := time.Parse(time.RFC3339, text)
	if err != nil || t.IsZero() || t.UTC().Format(time.RFC3339Nano) != text {
		v.fail("the time it occurred, %q, is not RFC 3339 in UTC", text[:min(len(text), len(recordedLayout))])
	}
	return t.UTC()
}

// saltEncoding has one spelling for each salt.
var saltEncoding = base64.RawURLEncoding.Strict()

// salt reads the salt that a JSON string says.
func (v *values) salt(value []byte, into *Salt) {
	if !v.isText(value) {
		return
	}
	var room [18]byte // Decode writes whole groups of three
	text := value[1 : len(value)-1]
	if len(text) == 22 {
		if n, err := saltEncoding.Decode(room[:], text); err == nil && n == len(into) {
			copy(into[:], room[:n])
			return
		}
	}
	v.fail("its salt is not 22 characters of base64url")
}

// unmarshal reads any value, which is rare, into what it is for.
func (v *values) unmarshal(value []byte, into any) {
	if v.failed != nil {
		return
	}
	if err := json.Unmarshal(value, into); err != nil {
		v.fail("%v", err)
	}
}
