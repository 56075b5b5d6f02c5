package outside

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"muster/runbooks"
)

// soon is how long before its end a certificate is pointed out.
const soon = 14 * 24 * time.Hour

// get looks at a web page.
func (p *Prober) get(ctx context.Context, check runbooks.Check) result {
	u, err := url.Parse(check.URL)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return failed("the check must name an http or https address")
	}
	resp, err := p.client(wanted(check)).Do(request(ctx, u))
	if err != nil {
		return p.broke(err)
	}
	defer resp.Body.Close()
	body, broken := io.ReadAll(io.LimitReader(resp.Body, maxBody))
	return p.judge(check, resp, body, broken)
}

// request is a GET whose user name and password have moved from the URL, where an
// error would show them, to a header.
func request(ctx context.Context, u *url.URL) *http.Request {
	bare := *u
	bare.User = nil
	r := (&http.Request{Method: http.MethodGet, URL: &bare, Header: http.Header{}}).WithContext(ctx)
	r.Header.Set("User-Agent", "muster")
	if u.User != nil {
		password, _ := u.User.Password()
		r.SetBasicAuth(u.User.Username(), password)
	}
	return r
}

// requestTo is a POST of a body to a URL, whose user name and password it moves to a header.
func requestTo(ctx context.Context, u *url.URL, kind string, body []byte) *http.Request {
	r := request(ctx, u)
	r.Method, r.ContentLength, r.Body = http.MethodPost, int64(len(body)), io.NopCloser(bytes.NewReader(body))
	r.Header.Set("Content-Type", kind)
	return r
}

// wanted is the status that a check expects.
func wanted(check runbooks.Check) int {
	if check.Expect == 0 {
		return http.StatusOK
	}
	return check.Expect
}

// client is a client for one look that wants a status. If a redirect is what is
// wanted, none is followed.
func (p *Prober) client(want int) *http.Client {
	g := p.guard()
	d := net.Dialer{Resolver: p.Resolver}
	proxy := orEnvironment(p.Proxy)
	line := &wire{
		tls: &tls.Config{RootCAs: p.Roots, Time: p.now, MinVersion: tls.VersionTLS12},
		proxy: func(r *http.Request) (*url.URL, error) {
			via, err := proxy(r)
			if via != nil {
				g.proxied(r.URL.Hostname())
			}
			return via, err
		},
		dial: func(ctx context.Context, address string, isProxy bool) (net.Conn, error) {
			if isProxy {
				return d.DialContext(ctx, "tcp", address)
			}
			return g.dial(ctx, d, address)
		},
	}
	follow := func(to *http.Request, via []*http.Request) error {
		if want >= 300 && want < 400 {
			return http.ErrUseLastResponse
		}
		return g.redirect(to, via, p.AllowRedirect)
	}
	return &http.Client{Transport: line, CheckRedirect: follow}
}

// orEnvironment is choose, or else the choice of proxy that the environment makes.
func orEnvironment(choose func(*http.Request) (*url.URL, error)) func(*http.Request) (*url.URL, error) {
	if choose == nil {
		return http.ProxyFromEnvironment
	}
	return choose
}

// judge says what an answer means. broken is why its body ended early; nil if it
// did not.
func (p *Prober) judge(check runbooks.Check, resp *http.Response, body []byte, broken error) result {
	expect := wanted(check)
	seen := []string{status(resp.StatusCode)}
	if resp.Request.Response != nil { // a redirect led here
		seen[0] += " at " + shown(resp.Request.URL)
	}
	ok := resp.StatusCode == expect
	if !ok {
		seen = append(seen, "expected "+status(expect))
	}
	if broken != nil {
		ok = false
		seen = append(seen, "the answer broke off: "+whyBroken(broken))
	}
	if check.Text != "" && !bytes.Contains(body, []byte(check.Text)) {
		ok = false
		seen = append(seen, fmt.Sprintf("the text %q is not on the page", check.Text))
	} else if check.Text != "" {
		seen = append(seen, "the text is there")
	}
	if resp.TLS != nil && len(resp.TLS.PeerCertificates) > 0 {
		seen = append(seen, p.expiry(resp.TLS.PeerCertificates[0].NotAfter))
	}
	return result{ok: ok, detail: strings.Join(seen, "; ")}
}

// expiry says until when a certificate is valid.
func (p *Prober) expiry(end time.Time) string {
	if left := end.Sub(p.now()); left < soon {
		return fmt.Sprintf("the certificate expires soon, on %s, in %d days", day(end), int(left/(24*time.Hour)))
	}
	return "certificate valid until " + day(end)
}

func whyBroken(err error) string {
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return "it ended before its end"
	}
	return why(err)
}

// status is a status in our words: those of the server's are not repeated.
func status(code int) string {
	return strings.TrimSpace(fmt.Sprintf("%d %s", code, http.StatusText(code)))
}
