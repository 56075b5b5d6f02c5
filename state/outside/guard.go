package outside

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"syscall"
	"time"
)

// A refusal is a redirect or an address that must not be followed.
type refusal struct{ why string }

func (r *refusal) Error() string { return r.why }

// A guard watches what one HTTP look dials: once it has reached a public address,
// nothing private is dialled.
type guard struct {
	private func(netip.Addr) bool
	public  bool // a public address was reached
}

// dial connects to a target, and refuses a private one after a public one.
func (g *guard) dial(ctx context.Context, d net.Dialer, address string) (net.Conn, error) {
	public := g.public // a copy: a dial that lost the race may still be judged when this returns
	d.Control = func(_, target string, _ syscall.RawConn) error {
		at, err := netip.ParseAddrPort(target)
		if err != nil || public && g.private(at.Addr()) {
			return &refusal{"refused to go on to the private address " + target}
		}
		return nil
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
	host = strings.TrimSuffix(strings.ToLower(host), ".")
	return host == "localhost" || strings.HasSuffix(host, ".localhost")
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
	return nil
}

// reserved are the blocks that are not for the public and that netip does not
// name: RFC 6890 and its successors.
const reserved = "0.0.0.0/8 100.64.0.0/10 192.0.0.0/24 198.18.0.0/15 240.0.0.0/4 fec0::/10"

// isPrivate reports whether an address is no public one: private, loopback,
// link-local, multicast, reserved, or an IPv6 address that stands for such an
// IPv4 address.
func isPrivate(a netip.Addr) bool {
	a = a.Unmap().WithZone("")
	if !a.IsGlobalUnicast() || a.IsPrivate() {
		return true
	}
	for block := range strings.FieldsSeq(reserved) {
		if netip.MustParsePrefix(block).Contains(a) {
			return true
		}
	}
	inner, ok := embedded(a)
	return ok && isPrivate(inner)
}

// embedded is the IPv4 address inside a NAT64 (64:ff9b::/96) or 6to4 (2002::/16)
// address.
func embedded(a netip.Addr) (netip.Addr, bool) {
	b := a.As16()
	switch {
	case !a.Is6():
		return a, false
	case netip.MustParsePrefix("64:ff9b::/96").Contains(a):
		return netip.AddrFrom4([4]byte(b[12:])), true
	case netip.MustParsePrefix("2002::/16").Contains(a):
		return netip.AddrFrom4([4]byte(b[2:6])), true
	}
	return a, false
}

// day is a time's day in UTC.
func day(t time.Time) string { return t.UTC().Format(time.DateOnly) }
