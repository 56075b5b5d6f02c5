package tsp

import (
	"bytes"
	"crypto"
	"crypto/sha1"
	"crypto/x509"
	"encoding/asn1"
	"encoding/pem"
	"errors"
	"fmt"

	_ "crypto/sha256" // the hash functions that stamps are signed with
	_ "crypto/sha512"

	"golang.org/x/crypto/cryptobyte"
	der "golang.org/x/crypto/cryptobyte/asn1"
)

// MaxAuthorities bounds a file of certificates, in bytes.
const MaxAuthorities = 1 << 20

var (
	oidContentType   = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 3}
	oidMessageDigest = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 4}
	oidSigning       = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 12}
	oidSigningV2     = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 47}
	oidPSS           = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 10}
	oidEd25519       = asn1.ObjectIdentifier{1, 3, 101, 112}
)

// hashes are the hash functions that are taken, by their ids.
var hashes = []struct {
	id              asn1.ObjectIdentifier
	hash            crypto.Hash
	rsa, pss, ecdsa x509.SignatureAlgorithm
}{
	{oidSHA256, crypto.SHA256, x509.SHA256WithRSA, x509.SHA256WithRSAPSS, x509.ECDSAWithSHA256},
	{asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 2}, crypto.SHA384, x509.SHA384WithRSA, x509.SHA384WithRSAPSS, x509.ECDSAWithSHA384},
	{asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 3}, crypto.SHA512, x509.SHA512WithRSA, x509.SHA512WithRSAPSS, x509.ECDSAWithSHA512},
}

// A signerInfo says who signed, and how.
type signerInfo struct {
	issuer     []byte // of the signer's certificate, with its serial number
	serial     []byte
	keyID      []byte // or that certificate's key id
	digest     asn1.ObjectIdentifier
	attributes []byte // what is signed, as a SET; nil for none
	algorithm  asn1.ObjectIdentifier
	signature  []byte
}

func (i *signerInfo) read(in *reader) {
	in.number()
	if in.has(der.SEQUENCE) {
		id := in.in(der.SEQUENCE)
		i.issuer, i.serial = id.element(), id.bytes(der.INTEGER)
		id.end()
	} else {
		i.keyID = in.bytes(der.Tag(0).ContextSpecific())
	}
	i.digest = in.in(der.SEQUENCE).id()
	if in.has(tagged(0)) {
		attributes := in.bytes(tagged(0))
		var b cryptobyte.Builder
		b.AddASN1(der.SET, func(b *cryptobyte.Builder) { b.AddBytes(attributes) })
		i.attributes = b.BytesOrPanic()
	}
	i.algorithm = in.in(der.SEQUENCE).id()
	i.signature = in.bytes(der.OCTET_STRING)
	in.skip(tagged(1))
	in.end()
}

// attribute is the value of an attribute, to be read; bad if it is not there once.
func (i *signerInfo) attribute(id asn1.ObjectIdentifier) *reader {
	whole := readerOf(i.attributes)
	var found *reader
	for set := whole.in(der.SET); !set.left.Empty(); {
		one := set.in(der.SEQUENCE)
		is, values := one.id(), one.in(der.SET)
		if is.Equal(id) {
			set.need(found == nil)
			found = values
		}
	}
	whole.need(found != nil)
	if found == nil {
		found = whole
	}
	return found
}

// certificate is the signer's, if it is in the answer; nil if it is not.
func (s *Stamp) certificate() *x509.Certificate {
	for _, c := range s.certificates {
		if s.signer.keyID != nil && bytes.Equal(c.SubjectKeyId, s.signer.keyID) {
			return c
		}
		if s.signer.issuer != nil && bytes.Equal(c.RawIssuer, s.signer.issuer) && c.SerialNumber != nil && serialIs(c, s.signer.serial) {
			return c
		}
	}
	return nil
}

func serialIs(c *x509.Certificate, serial []byte) bool {
	number, err := asn1.Marshal(c.SerialNumber)
	return err == nil && bytes.Equal(readerOf(number).bytes(der.INTEGER), serial)
}

// Authorities are the certificates that somebody trusts to stamp.
type Authorities struct{ trusted []*x509.Certificate }

// ParseAuthorities reads certificates in PEM.
func ParseAuthorities(text []byte) (*Authorities, error) {
	a := new(Authorities)
	for {
		block, rest := pem.Decode(text)
		if block == nil {
			break
		}
		text = rest
		if block.Type != "CERTIFICATE" {
			continue
		}
		c, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return nil, fmt.Errorf("certificate %d of the file cannot be read: %w", len(a.trusted)+1, err)
		}
		a.trusted = append(a.trusted, c)
	}
	if len(a.trusted) == 0 {
		return nil, errors.New("it holds no certificate (-----BEGIN CERTIFICATE-----)")
	}
	return a, nil
}

// ErrNotTrusted says that a signature is good, by a certificate that nobody given vouches for.
var ErrNotTrusted = errors.New("none of the certificates given vouches for who signed it")

// Verify sees that the stamp was signed, by a certificate for time stamps that one of the
// authorities vouches for and that was valid at the time of the stamp. It returns whose that is, raw.
func (s *Stamp) Verify(by *Authorities) (signer string, err error) {
	certificate := s.certificate()
	if certificate == nil {
		for _, c := range by.trusted { // the answer may have come without it
			with := *s
			with.certificates = []*x509.Certificate{c}
			if certificate = with.certificate(); certificate != nil {
				break
			}
		}
	}
	if certificate == nil {
		return "", errors.New("the certificate that signed it is neither in it nor among those given")
	}
	if err := s.signedBy(certificate); err != nil {
		return "", err
	}
	roots, between := x509.NewCertPool(), x509.NewCertPool()
	for _, c := range by.trusted {
		roots.AddCert(c)
	}
	for _, c := range s.certificates {
		between.AddCert(c)
	}
	_, err = certificate.Verify(x509.VerifyOptions{Roots: roots, Intermediates: between, CurrentTime: s.Time, KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageTimeStamping}})
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrNotTrusted, err)
	}
	return nameOf(certificate.Subject), nil
}

// signedBy sees that a certificate's key signed the stamp, and for itself.
func (s *Stamp) signedBy(certificate *x509.Certificate) error {
	for _, h := range hashes {
		if !h.id.Equal(s.signer.digest) {
			continue
		}
		if err := s.attributesFit(h.hash, certificate); err != nil {
			return err
		}
		algorithm := h.rsa
		switch key := certificate.PublicKeyAlgorithm; {
		case key == x509.ECDSA:
			algorithm = h.ecdsa
		case key == x509.Ed25519 && s.signer.algorithm.Equal(oidEd25519):
			algorithm = x509.PureEd25519
		case key != x509.RSA:
			return errors.New("it is signed with a kind of key that is not known here")
		case s.signer.algorithm.Equal(oidPSS):
			algorithm = h.pss
		}
		if err := certificate.CheckSignature(algorithm, s.signer.attributes, s.signer.signature); err != nil {
			return fmt.Errorf("its signature is NOT GOOD: %w", err)
		}
		return nil
	}
	return fmt.Errorf("it is signed with a hash function that is not taken (%s)", s.signer.digest)
}

// attributesFit sees that what is signed is this stamp, by this certificate.
func (s *Stamp) attributesFit(hash crypto.Hash, certificate *x509.Certificate) error {
	value := s.signer.attribute(oidContentType)
	kind := value.id()
	value.end()
	if *value.bad || !kind.Equal(oidTSTInfo) {
		return errors.New("its signature is over something else than a time stamp")
	}
	h := hash.New()
	h.Write(s.info)
	value = s.signer.attribute(oidMessageDigest)
	digest := value.bytes(der.OCTET_STRING)
	value.end()
	if *value.bad || !bytes.Equal(digest, h.Sum(nil)) {
		return errors.New("its signature is NOT GOOD: it is over another stamp")
	}
	if !s.namesSigner(certificate) {
		return errors.New("its signature names another certificate than the one it was made with")
	}
	return nil
}

// namesSigner reports whether what is signed names the certificate that signs (RFC 5816).
func (s *Stamp) namesSigner(certificate *x509.Certificate) bool {
	if value := s.signer.attribute(oidSigningV2); !*value.bad {
		id := value.in(der.SEQUENCE).in(der.SEQUENCE).in(der.SEQUENCE)
		function := oidSHA256
		if id.has(der.SEQUENCE) {
			function = id.in(der.SEQUENCE).id()
		}
		named := id.bytes(der.OCTET_STRING)
		for _, h := range hashes {
			if h.id.Equal(function) {
				d := h.hash.New()
				d.Write(certificate.Raw)
				return !*value.bad && bytes.Equal(named, d.Sum(nil))
			}
		}
		return false
	}
	value := s.signer.attribute(oidSigning)
	named := value.in(der.SEQUENCE).in(der.SEQUENCE).in(der.SEQUENCE).bytes(der.OCTET_STRING)
	sum := sha1.Sum(certificate.Raw)
	return !*value.bad && bytes.Equal(named, sum[:])
}
