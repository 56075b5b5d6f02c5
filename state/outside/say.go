package outside

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"fmt"
	"net"
	"net/textproto"
	"net/url"
	"os"
	"slices"
	"strings"

	"muster/state/clean"
	"muster/state/sorted"
)

const (
	maxWhat   = 300 // bytes of RecordCheck.What
	maxDetail = 500 // bytes of RecordCheck.Detail, and of why a send failed
	minHidden = 4   // bytes; shorter secrets would turn ordinary words into masks
)

// say makes text from outside fit to be kept and shown: bounded to max bytes
// before cleaning, without the secrets in hidden.
func say(text string, max int, hidden []string) string {
	const enough = 64 << 10 // a secret cut in half by a bound would not be found
	text = hide(clean.Bounded(text, enough), hidden)
	return clean.Line(clean.Bounded(strings.TrimSpace(text), max))
}

// hide masks each of the secrets wherever it stands in text, longest first.
func hide(text string, secrets []string) string {
	for _, secret := range secrets {
		if len(secret) >= minHidden {
			text = strings.ReplaceAll(text, secret, mask)
		}
	}
	return text
}

// spellings adds to secrets how a server may echo them: escaped for a URL, and in
// base64. The longest come first.
func spellings(secrets ...string) []string {
	var all []string
	for _, secret := range secrets {
		if len(secret) < minHidden {
			continue
		}
		all = append(all, secret, url.QueryEscape(secret), url.PathEscape(secret),
			base64.StdEncoding.EncodeToString([]byte(secret)))
	}
	sorted.Stable(all, func(a, b string) int { return len(b) - len(a) })
	return slices.Compact(all)
}

// shown is a URL as it may be shown: its user name, its password, the values of
// its query and its fragment are masked.
func shown(u *url.URL) string {
	cut := *u
	cut.User, cut.RawQuery, cut.ForceQuery, cut.Fragment, cut.RawFragment = nil, "", false, "", ""
	text := cut.String()
	if u.User != nil {
		text = strings.Replace(text, "//", "//"+mask+"@", 1)
	}
	if u.RawQuery == "" {
		return text
	}
	pairs := strings.Split(u.RawQuery, "&")
	for i, pair := range pairs {
		key, _, hasKey := strings.Cut(pair, "=")
		if pairs[i] = mask; hasKey {
			pairs[i] = key + "=" + mask
		}
	}
	return text + "?" + strings.Join(pairs, "&")
}

// secretsOf are the parts of a URL that [shown] masks.
func secretsOf(u *url.URL) []string {
	var secrets []string
	if u.User != nil {
		password, _ := u.User.Password()
		secrets = append(secrets, u.User.Username(), password, u.User.Username()+":"+password)
	}
	for pair := range strings.SplitSeq(u.RawQuery, "&") {
		_, value, hasKey := strings.Cut(pair, "=")
		if !hasKey {
			value = pair
		}
		secrets = append(secrets, value)
		if plain, err := url.QueryUnescape(value); err == nil {
			secrets = append(secrets, plain)
		}
	}
	return secrets
}

// why says in a phrase what went wrong on the network. It is not yet clean.
func why(err error) string {
	var refused *refusal
	var dns *net.DNSError
	var certificate *tls.CertificateVerificationError
	var wrapped *url.Error
	var reply *textproto.Error
	switch {
	case errors.As(err, &refused):
		return refused.why
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, os.ErrDeadlineExceeded):
		return "no answer in time"
	case errors.Is(err, context.Canceled):
		return "stopped before an answer came"
	case errors.As(err, &reply): // of a mail server
		return fmt.Sprintf("%d %s", reply.Code, reply.Msg)
	case errors.As(err, &certificate):
		return whyCertificate(certificate.Err)
	case errors.As(err, &dns) && dns.IsNotFound:
		return "the name " + dns.Name + " has no address"
	case errors.As(err, &dns):
		return "the name " + dns.Name + " could not be looked up: " + dns.Err
	case errors.As(err, &wrapped):
		err = wrapped.Err // without its URL
	}
	if strings.HasPrefix(err.Error(), "failed to parse Location") { // which repeats it
		return "a redirect to an address that cannot be read"
	}
	return err.Error()
}

// whyCertificate says what is wrong with a certificate.
func whyCertificate(err error) string {
	var invalid x509.CertificateInvalidError
	var host x509.HostnameError
	var authority x509.UnknownAuthorityError
	switch {
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired && invalid.Cert != nil:
		return "the certificate is valid only from " + day(invalid.Cert.NotBefore) + " to " + day(invalid.Cert.NotAfter)
	case errors.As(err, &host):
		return "the certificate is not for " + host.Host
	case errors.As(err, &authority):
		return "the certificate is signed by nobody this machine trusts"
	}
	return err.Error()
}
