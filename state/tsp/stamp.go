package tsp

import (
	"bytes"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"errors"
	"fmt"
	"math/big"
	"strings"
	"time"

	der "golang.org/x/crypto/cryptobyte/asn1"
)

var (
	oidSignedData = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 2}
	oidTSTInfo    = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 1, 4}
)

// A Stamp is what an answer says, if it was granted.
type Stamp struct {
	Hash      []byte // that is stamped, of SHA-256
	Time      time.Time
	Nonce     *big.Int // of the request; nil if it had none
	Authority string   // its name, by the certificate in the answer or its own word, raw; "" if neither says

	info         []byte // what is signed
	certificates []*x509.Certificate
	signer       signerInfo
}

// A RefusedError is the authority's no.
type RefusedError struct {
	Status  int    // PKIStatus
	Why     string // in our words; "" if it gave no reason
	Comment string // in its own, raw
}

func (e *RefusedError) Error() string {
	words := map[int]string{2: "refused", 3: "will answer later", 4: "warns that its certificate is about to be revoked", 5: "says that its certificate is revoked"}
	text := "the authority " + words[e.Status]
	if words[e.Status] == "" {
		text = fmt.Sprintf("the authority did not grant it (status %d)", e.Status)
	}
	if e.Why != "" {
		text += ": " + e.Why
	}
	if e.Comment != "" {
		text += fmt.Sprintf(" (%q)", e.Comment)
	}
	return text
}

// failures are the reasons that RFC 3161 knows, by their bits.
var failures = map[int]string{
	0: "it does not take this hash function", 2: "the request is not proper", 5: "the request's data is not proper",
	14: "its clock is not available", 15: "it has no such policy", 16: "it does not know an extension", 17: "what more was asked for is not available",
	25: "something failed there",
}

var (
	errNotDER   = errors.New("it is no answer of a time-stamping authority, or was cut short")
	errNoToken  = errors.New("the answer says that it was granted, and holds no stamp")
	errOther    = errors.New("what it signs is no time stamp over a SHA-256 hash")
	errNoSigner = errors.New("it has not one signature, as a time stamp has")
)

// Parse reads an answer. Nothing of it is checked but its form: see [Stamp.Verify]. The
// error may be a *[RefusedError].
func Parse(answer []byte) (*Stamp, error) {
	if len(answer) > MaxAnswer {
		return nil, fmt.Errorf("it has more than %d bytes, and no answer has", MaxAnswer)
	}
	whole := readerOf(answer)
	body := whole.in(der.SEQUENCE)
	whole.end()
	status := body.in(der.SEQUENCE)
	if err := granted(status); err != nil {
		return nil, err
	}
	if body.left.Empty() && !*whole.bad {
		return nil, errNoToken
	}
	token := body.in(der.SEQUENCE)
	body.end()
	kind, wrapped := token.id(), token.in(tagged(0))
	token.end()
	signed := wrapped.in(der.SEQUENCE)
	wrapped.end()
	if *whole.bad || !kind.Equal(oidSignedData) {
		return nil, errNotDER
	}
	s := new(Stamp)
	if err := s.readSigned(signed); err != nil {
		return nil, err
	}
	if err := s.readInfo(); err != nil {
		return nil, err
	}
	if c := s.certificate(); c != nil {
		s.Authority = nameOf(c.Subject)
	}
	return s, nil
}

// maxComment bounds what is kept of what an authority says by which it refuses, in bytes.
const maxComment = 500

// granted reads the status of an answer; nil if it was granted.
func granted(status *reader) error {
	refused := RefusedError{Status: status.number()}
	if *status.bad {
		return errNotDER
	}
	if refused.Status == 0 || refused.Status == 1 {
		return nil
	}
	if status.has(der.SEQUENCE) {
		var texts []string
		for comments := status.in(der.SEQUENCE); comments.has(der.UTF8String); {
			texts = append(texts, string(comments.bytes(der.UTF8String)))
		}
		refused.Comment = strings.Join(texts, "; ")
		refused.Comment = strings.ToValidUTF8(refused.Comment[:min(len(refused.Comment), maxComment)], "\uFFFD")
	}
	var bits asn1.BitString
	if status.left.ReadASN1BitString(&bits) {
		for bit := range bits.BitLength {
			if bits.At(bit) == 1 && refused.Why == "" {
				refused.Why = failures[bit]
			}
		}
	}
	return &refused
}

// readSigned reads what is signed, and by whom.
func (s *Stamp) readSigned(signed *reader) error {
	signed.number()
	signed.in(der.SET)
	content := signed.in(der.SEQUENCE)
	if kind := content.id(); !*signed.bad && !kind.Equal(oidTSTInfo) {
		return errOther
	}
	wrapped := content.in(tagged(0))
	s.info = wrapped.bytes(der.OCTET_STRING)
	wrapped.end()
	if signed.has(tagged(0)) {
		for certificates := signed.in(tagged(0)); !certificates.left.Empty(); {
			if c, err := x509.ParseCertificate(certificates.element()); err == nil { // one that cannot be read proves nothing
				s.certificates = append(s.certificates, c)
			}
		}
	}
	signed.skip(tagged(1))
	infos := signed.in(der.SET)
	signed.end()
	if *signed.bad {
		return errNotDER
	}
	info := infos.in(der.SEQUENCE)
	infos.end()
	if *signed.bad {
		return errNoSigner
	}
	s.signer.read(info)
	if *signed.bad {
		return errNotDER
	}
	return nil
}

// readInfo reads the stamp itself.
func (s *Stamp) readInfo() error {
	whole := readerOf(s.info)
	body := whole.in(der.SEQUENCE)
	whole.end()
	version := body.number()
	body.id()
	s.Hash = body.imprint()
	body.big()
	at, err := time.Parse("20060102150405Z", string(body.bytes(der.GeneralizedTime)))
	s.Time = at
	body.skip(der.SEQUENCE)
	body.skip(der.BOOLEAN)
	if body.has(der.INTEGER) {
		s.Nonce = body.big()
	}
	if body.has(tagged(0)) {
		s.Authority = generalName(body.in(tagged(0)))
	}
	body.skip(tagged(1))
	body.end()
	if *whole.bad || err != nil || version != 1 {
		return errOther
	}
	return nil
}

// generalName is a name that an authority gives itself; "" if it is of a kind that does not
// read as one.
func generalName(name *reader) string {
	if !name.has(tagged(4)) {
		return ""
	}
	var sequence pkix.RDNSequence
	if rest, err := asn1.Unmarshal(name.bytes(tagged(4)), &sequence); err != nil || len(rest) > 0 {
		return ""
	}
	var subject pkix.Name
	subject.FillFromRDNSequence(&sequence)
	return nameOf(subject)
}

// nameOf is what people call the holder of a certificate.
func nameOf(subject pkix.Name) string {
	name := subject.CommonName
	if organisation := strings.Join(subject.Organization, ", "); name == "" {
		name = organisation
	} else if organisation != "" && !strings.Contains(name, organisation) {
		name += " (" + organisation + ")"
	}
	return name
}

// Over reports whether the stamp is over a hash.
func (s *Stamp) Over(hash []byte) bool { return bytes.Equal(s.Hash, hash) }

// Answers reports whether the stamp is over the hash of a request, and has its nonce if
// that has one.
func (s *Stamp) Answers(r Request) bool {
	return s.Over(r.Hash) && (r.Nonce == nil || s.Nonce != nil && s.Nonce.Cmp(r.Nonce) == 0)
}
