package line

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"strings"
)

// A Hash is a SHA-256. Written out it is 64 lower-case hexadecimal digits.
type Hash [sha256.Size]byte

// Sum is the hash of data.
func Sum(data []byte) Hash { return sha256.Sum256(data) }

// String writes the hash as 64 lower-case hexadecimal digits.
func (h Hash) String() string { return hex.EncodeToString(h[:]) }

// IsZero reports whether h is the 64 zeros that stand before a log's first entry.
func (h Hash) IsZero() bool { return h == Hash{} }

// MarshalText writes the hash as String does.
func (h Hash) MarshalText() ([]byte, error) { return []byte(h.String()), nil }

// UnmarshalText reads what MarshalText writes, and nothing else.
func (h *Hash) UnmarshalText(text []byte) error {
	read, ok := parseHash(text)
	if !ok {
		return errHash
	}
	*h = read
	return nil
}

var errHash = errors.New("a hash is 64 lower-case hexadecimal digits")

// ParseHash reads 64 lower-case hexadecimal digits. Upper case is refused: two
// spellings of one hash would be a way to change a log unseen.
func ParseHash(text string) (Hash, error) {
	h, ok := parseHash([]byte(text))
	if !ok {
		return Hash{}, errHash
	}
	return h, nil
}

// parseHash reads eight digits at once: a log has more digits of hashes than letters of
// anything else.
func parseHash(text []byte) (h Hash, ok bool) {
	if len(text) != 2*len(h) {
		return h, false
	}
	wrong := uint64(0)
	for i := 0; i < len(h); i += 4 {
		const ones = 0x0101010101010101 // times n: n in each of eight bytes
		digits := binary.LittleEndian.Uint64(text[2*i:])
		letters := digits >> 6 & ones                  // 1 where a letter stands, if all is well
		values := digits&(15*ones) + 9*letters         // 0 to 15, and up to 24 for other letters
		large := (values + 118*ones) >> 7 & ones       // 1 where it is 10 or more
		spelt := values + '0'*ones + ('a'-'9'-1)*large // as it must have been written
		wrong |= (spelt ^ digits) | values&(0xf0*ones)
		pairs := (values<<4 | values>>8) & 0x00ff00ff00ff00ff // a byte of the hash in every other byte
		pairs = (pairs | pairs>>8) & 0x0000ffff0000ffff
		binary.LittleEndian.PutUint32(h[i:], uint32(pairs|pairs>>16))
	}
	return h, wrong == 0
}

// nibble is the value of a lower-case hexadecimal digit; 255 for anything else.
func nibble(c byte) byte { return byte(strings.IndexByte("0123456789abcdef", c)) }

// crockford is Douglas Crockford's base32: without I, L, O and U, which are heard wrong.
const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// Code is the hash's short form, its first 80 bits in Crockford's base32 in four
// groups: 7K3M-Q9XA-02FH-TTZ4. It is meant to be read aloud to a witness.
func (h Hash) Code() string {
	var out strings.Builder
	for i := range 16 {
		if i > 0 && i%4 == 0 {
			out.WriteByte('-')
		}
		bit := 5 * i
		pair := uint16(h[bit/8])<<8 | uint16(h[bit/8+1])
		out.WriteByte(crockford[pair>>(11-bit%8)&31])
	}
	return out.String()
}
