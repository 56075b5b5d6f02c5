package outside

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync"
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

	mu     sync.Mutex // dials may overlap
	public bool       // a public address was reached
	proxy  string     // host:port of the proxy in use; "" without one
}

// dial connects within ctx, which unlike the transport's own context ends with
// the look.
func (g *guard) dial(ctx context.Context, d net.Dialer, network, address string) (net.Conn, error) {
	if g.isProxy(address) {
		return d.DialContext(ctx, network, address)
	}
	d.Control = func(_, target string, _ syscall.RawConn) error { return g.judge(target) }
	conn, err := d.DialContext(ctx, network, address)
	if err == nil {
		g.reached(conn.RemoteAddr().String())
	}
	return conn, err
}

// judge refuses a private target, host:port, after a public one.
func (g *guard) judge(target string) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	at, err := netip.ParseAddrPort(target)
	if err != nil || g.public && g.private(at.Addr()) {
		return &refusal{"refused to go on to the private address " + target}
	}
	return nil
}

// reached notes what kind of address answered.
func (g *guard) reached(target string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if at, err := netip.ParseAddrPort(target); err == nil && !g.private(at.Addr()) {
		g.public = true
	}
}

// through wraps a choice of proxy, to know its connection from a target's. What a
// proxy dials is public unless its name says otherwise.
func (g *guard) through(choose func(*http.Request) (*url.URL, error)) func(*http.Request) (*url.URL, error) {
	return func(r *http.Request) (*url.URL, error) {
		proxy, err := choose(r)
		if err != nil { // which may repeat a password
			return nil, errors.New("the proxy that the environment names cannot be read")
		}
		g.mu.Lock()
		defer g.mu.Unlock()
		if g.proxy = ""; proxy != nil {
			g.proxy = hostPort(proxy)
			g.public = g.public || !g.saysPrivate(r.URL.Hostname())
		}
		return proxy, nil
	}
}

func (g *guard) isProxy(address string) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.proxy != "" && strings.EqualFold(g.proxy, address)
}

// wordsOnly refuses a redirect whose host is private by its own words, without
// asking DNS; g.mu is not held.
func (g *guard) wordsOnly(host string) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.public && g.saysPrivate(host) {
		return &refusal{"refused a redirect to the private address " + host}
	}
	return nil
}

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
	}
	return g.wordsOnly(to.URL.Hostname())
}

// hostPort is where a URL leads, host:port in lower case.
func hostPort(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443", "socks5": "1080", "socks5h": "1080"}[u.Scheme]
	}
	return strings.ToLower(net.JoinHostPort(u.Hostname(), port))
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
