package outside

import (
	"crypto/x509"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// TestShortSecretsAreNotHidden: four bytes are hidden, three would mask ordinary words.
func TestShortSecretsAreNotHidden(t *testing.T) {
	for secret, want := range map[string]string{"abc": "an abcd", "abcd": "an " + mask, "": "an abcd"} {
		if got := hide("an abcd", []string{secret}); got != want {
			t.Errorf("%q hidden: %q", secret, got)
		}
		if got := len(spellings(secret)) > 0; got != (len(secret) >= 4) {
			t.Errorf("%q has spellings: %v", secret, got)
		}
	}
}

// TestSecretsOfAnAddress: its user, password and the values of its query, alone, and as
// they are shown.
func TestSecretsOfAnAddress(t *testing.T) {
	for text, want := range map[string]struct {
		shown   string
		secrets string // those of it, one after the other
	}{
		"https://h/p":               {"https://h/p", " "},
		"https://ada:pass@h/p":      {"https://" + mask + "@h/p", "ada pass ada:pass  "},
		"https://h/p?key=a%20b&c#f": {"https://h/p?key=" + mask + "&" + mask, "a%20b a b c c"},
	} {
		u, err := url.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		if got := shown(u); got != want.shown {
			t.Errorf("%s is shown as %s", text, got)
		}
		got := secretsOf(u)
		for _, secret := range strings.Fields(want.secrets) {
			if !strings.Contains(strings.Join(got, " "), secret) {
				t.Errorf("%s: %q is no secret of %q", text, secret, got)
			}
		}
		if u.User == nil && strings.Contains(strings.Join(got, " "), ":") {
			t.Errorf("%s has a user's secrets: %q", text, got)
		}
	}
}

// TestCertificateIsExplained: what is wrong with it, in words.
func TestCertificateIsExplained(t *testing.T) {
	cert := &x509.Certificate{NotBefore: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), NotAfter: time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC)}
	for _, c := range []struct {
		err  error
		want string
	}{
		{x509.CertificateInvalidError{Cert: cert, Reason: x509.Expired}, "valid only from"},
		{x509.CertificateInvalidError{Cert: cert, Reason: x509.NotAuthorizedToSign}, "not authorized to sign"},
		{x509.HostnameError{Certificate: cert, Host: "h"}, "is not for h"},
		{x509.UnknownAuthorityError{}, "nobody this machine trusts"},
		{errors.New("other"), "other"},
	} {
		if got := whyCertificate(fmt.Errorf("tls: %w", c.err)); !strings.Contains(got, c.want) {
			t.Errorf("%v is explained as %q", c.err, got)
		}
	}
}

// TestRedirectsStayWhereTheyBelong: to the same place, or from http to https of the
// same host, unless others are allowed; credentials go along only so far.
func TestRedirectsStayWhereTheyBelong(t *testing.T) {
	for _, c := range []struct {
		from, to  string
		elsewhere bool
		follows   bool
		keeps     bool // the credentials
	}{
		{"https://h/a", "https://h/b", false, true, true},
		{"https://h/a", "https://H:443/b", false, true, true},
		{"http://h/a", "https://h/b", false, true, true},
		{"https://h/a", "http://h/b", false, false, false},
		{"https://h/a", "http://h/b", true, true, false},
		{"https://h/a", "https://h:8443/b", false, false, false},
		{"https://h/a", "https://g/b", false, false, false},
		{"https://h/a", "https://g/b", true, true, false},
		{"http://h/a", "https://g/b", false, false, false},
		{"https://h/a", "ftp://h/b", true, false, false},
	} {
		request := func(address string) *http.Request {
			r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set("Authorization", "secret")
			r.Header.Set("Referer", "secret")
			return r
		}
		to, via := request(c.to), []*http.Request{request(c.from)}
		err := (&guard{allowed: all}).redirect(to, via, c.elsewhere)
		if (err == nil) != c.follows || (to.Header.Get("Authorization") != "") != c.keeps || to.Header.Get("Referer") != "" {
			t.Errorf("%s to %s (elsewhere %v): %v, credentials %q", c.from, c.to, c.elsewhere, err, to.Header.Get("Authorization"))
		}
	}
	r, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, "https://h/", nil)
	var via []*http.Request
	for len(via) < maxRedirects {
		via = append(via, r)
	}
	if err := (&guard{allowed: all}).redirect(r, via, false); err != nil {
		t.Errorf("the last redirect: %v", err)
	}
	if err := (&guard{allowed: all}).redirect(r, append(via, r), false); err == nil {
		t.Error("one redirect too many is followed")
	}
}
