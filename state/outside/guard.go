package outside

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"syscall"
	"time"

	"muster/runbooks"
	"muster/state"
)

// A refusal is a redirect or an address that must not be followed.
type refusal struct{ why string }

func (r *refusal) Error() string { return r.why }

// A guard watches what one look dials: nothing private that nobody has allowed, and once
// it has reached a public address, nothing private at all.
type guard struct {
	private func(netip.Addr) bool
	allowed func(target string) bool // private targets; nil: none
	public  bool                     // a public address was reached
}

// allows reports whether a private target may be dialled.
func (g *guard) allows(target string) bool { return g.allowed != nil && g.allowed(target) }

// judge says why an address may not be dialled, to which a target's name has led; nil if
// it may.
func (g *guard) judge(target string, at netip.Addr) error {
	host, _, _ := net.SplitHostPort(target)
	switch {
	case !g.private(at):
	case !g.allows(target):
		return &state.PrivateError{Target: target}
	case at.Unmap().IsLinkLocalUnicast() && !g.saysPrivate(host):
		// Whoever allows a name has not seen that it leads there: there clouds tell secrets.
		return &refusal{"refused to follow a public name to a link-local address: set the address itself as the target, if it is meant"}
	}
	return nil
}

// dial connects to a target, and refuses a private one after a public one, or that nobody
// has allowed.
func (g *guard) dial(ctx context.Context, d net.Dialer, address string) (net.Conn, error) {
	public := g.public // a copy: a dial that lost the race may still be judged when this returns
	name := state.PlainAddress(address)
	d.Control = func(_, target string, _ syscall.RawConn) error {
		at, err := netip.ParseAddrPort(target)
		if err != nil || public && g.private(at.Addr()) {
			return &refusal{"refused to go on to the private address " + target}
		}
		return g.judge(name, at.Addr())
	}
	conn, err := d.DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, err
	}
	if at, err := netip.ParseAddrPort(conn.RemoteAddr().String()); err == nil && !g.private(at.Addr()) {
		g.public = true
	}
	return conn, nil
}

// proxied notes that a proxy dials host: it is public unless its name says
// otherwise.
func (g *guard) proxied(host string) { g.public = g.public || !g.saysPrivate(host) }

// saysPrivate reports whether a host is private by its own words, without asking
// DNS.
func (g *guard) saysPrivate(host string) bool {
	if addr, err := netip.ParseAddr(strings.Trim(host, "[]")); err == nil {
		return g.private(addr)
	}
	return state.IsPrivateHost(host)
}

// redirect judges a redirect before it is followed, and takes from it what is
// meant for the host it leaves.
func (g *guard) redirect(to *http.Request, via []*http.Request, elsewhere bool) error {
	from := via[len(via)-1].URL
	sameHost := strings.EqualFold(to.URL.Hostname(), from.Hostname())
	samePlace := sameHost && to.URL.Scheme == from.Scheme && hostPort(to.URL) == hostPort(from)
	safer := sameHost && from.Scheme == "http" && to.URL.Scheme == "https"
	to.Header.Del("Referer") // it would carry the query
	if !samePlace && !safer {
		to.Header.Del("Authorization")
	}
	to.URL.User = nil
	switch {
	case len(via) > maxRedirects:
		return &refusal{fmt.Sprintf("more than %d redirects", maxRedirects)}
	case to.URL.Scheme != "http" && to.URL.Scheme != "https":
		return &refusal{"refused a redirect to " + shown(to.URL)}
	case !samePlace && !safer && !elsewhere:
		return &refusal{"refused a redirect to " + shown(to.URL)}
	case g.public && g.saysPrivate(to.URL.Hostname()):
		return &refusal{"refused a redirect to the private address " + to.URL.Hostname()}
	}
	return g.within(to.URL)
}

// within refuses what is private by its own words and not allowed.
func (g *guard) within(to *url.URL) error {
	target := state.TargetOf(runbooks.Check{URL: to.String()}).Address
	if g.saysPrivate(to.Hostname()) && !g.allows(target) {
		return &state.PrivateError{Target: target}
	}
	return nil
}

// day is a time's day in UTC.
func day(t time.Time) string { return t.UTC().Format(time.DateOnly) }
