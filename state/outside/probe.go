package outside

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"muster/runbooks"
	"muster/state"
)

const (
	maxLook      = 10 * time.Second // one look, with all its redirects
	maxRedirects = 5
	maxBody      = 1 << 20 // bytes
	maxAddresses = 5       // that DNS gave, shown
)

// A Prober looks at services. Its zero value is ready for use, and may be used by
// several goroutines at once.
type Prober struct {
	Timeout       time.Duration // of one look; 0, or more than 10 s, is 10 s
	AllowRedirect bool          // follow redirects to other hosts too, though never from a public to a private address

	Roots    *x509.CertPool                        // whom to trust; nil: whom the system trusts
	Resolver *net.Resolver                         // nil: the system's
	Proxy    func(*http.Request) (*url.URL, error) // nil: http.ProxyFromEnvironment
	Now      func() time.Time                      // nil: time.Now
	Own      func() ([]net.Addr, error)            // this machine's addresses; nil: net.InterfaceAddrs

	// Allowed are the private targets that may be looked at, as [state.Target] writes them;
	// nil: none. Of others nobody is asked anything.
	Allowed func(target string) bool

	private func(netip.Addr) bool // nil: state.IsPrivateAddr
}

// A result is what one look saw, in words not yet clean.
type result struct {
	ok     bool
	detail string
	blind  bool // it says nothing of the service: this machine has no network
	// untold is why nobody was asked anything: a private target; nil if somebody was.
	untold *state.PrivateError
}

func failed(detail string) result { return result{detail: detail} }

// broke is the result of a look that ended in an error of the network.
func (p *Prober) broke(err error) result {
	if private := (*state.PrivateError)(nil); errors.As(err, &private) {
		return result{untold: private}
	}
	return result{detail: why(err), blind: noRoute(err) && p.isAlone()}
}

// noRoute reports whether an error may come of a machine without a network.
func noRoute(err error) bool {
	var dns *net.DNSError
	return errors.As(err, &dns) || errors.Is(err, syscall.ENETUNREACH) || errors.Is(err, syscall.ENETDOWN) || errors.Is(err, syscall.EADDRNOTAVAIL)
}

// isAlone reports whether this machine has no address that others could answer to.
func (p *Prober) isAlone() bool {
	own := p.Own
	if own == nil {
		own = net.InterfaceAddrs
	}
	addresses, err := own()
	return err == nil && !slices.ContainsFunc(addresses, func(a net.Addr) bool {
		network, ok := a.(*net.IPNet)
		return !ok || !network.IP.IsLoopback() && !network.IP.IsLinkLocalUnicast()
	})
}

// Check looks once at a service. A look that fails is a result with OK false. The
// error is [ErrNoNetwork] if nothing can be said of the service, and a
// *[state.PrivateError] if it is private and nobody has allowed it. Nothing can be said
// either if ctx ended; [Live] makes that an error.
func (p *Prober) Check(ctx context.Context, service string, check runbooks.Check) (state.RecordCheck, error) {
	limit := p.Timeout
	if limit <= 0 || limit > maxLook {
		limit = maxLook
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	from := p.now()
	seen := p.look(ctx, check)
	if seen.untold != nil {
		return state.RecordCheck{}, seen.untold
	}
	if seen.blind {
		return state.RecordCheck{}, ErrNoNetwork
	}
	what, hidden := describe(check)
	return state.RecordCheck{
		Service: service,
		OK:      seen.ok,
		What:    what,
		Detail:  say(seen.detail, maxDetail, hidden),
		Millis:  max(0, p.now().Sub(from).Milliseconds()),
	}, nil
}

func (p *Prober) look(ctx context.Context, check runbooks.Check) result {
	target := state.TargetOf(check)
	if target.Private && !p.guard().allows(target.Address) {
		return result{untold: &state.PrivateError{Target: target.Address}}
	}
	switch {
	case check.URL != "":
		return p.get(ctx, check)
	case check.TCP != "":
		return p.connect(ctx, check.TCP)
	case check.DNS != "":
		return p.lookUp(ctx, check.DNS, target.Address)
	}
	return failed("the runbook names no check for this service")
}

// describe says what a check looks at, fit to be shown, and what must not be
// shown of an answer.
func describe(check runbooks.Check) (what string, hidden []string) {
	switch {
	case check.URL != "":
		u, err := url.Parse(check.URL)
		if err != nil {
			return "GET an address that cannot be read", []string{check.URL}
		}
		hidden = spellings(secretsOf(u)...)
		what = "GET " + shown(u)
	case check.TCP != "":
		what = "connect to " + check.TCP
	case check.DNS != "":
		what = "look up " + check.DNS
	default:
		what = "nothing"
	}
	return say(what, maxWhat, nil), hidden
}

// connect looks whether a TCP connection to host:port can be made.
func (p *Prober) connect(ctx context.Context, target string) result {
	_, port, err := net.SplitHostPort(target)
	if n, bad := strconv.ParseUint(port, 10, 16); err != nil || bad != nil || n == 0 {
		return failed("the check must name host:port, with a port from 1 to 65535")
	}
	conn, err := p.guard().dial(ctx, net.Dialer{Resolver: p.Resolver}, target)
	if err != nil {
		return p.broke(err)
	}
	defer conn.Close()
	return result{ok: true, detail: "connected to " + conn.RemoteAddr().String()}
}

// guard watches one look.
func (p *Prober) guard() *guard {
	g := &guard{private: p.private, allowed: p.Allowed}
	if g.private == nil {
		g.private = state.IsPrivateAddr
	}
	return g
}

// lookUp looks whether a name has an address. What a public name has inside is told to
// nobody who has not allowed it.
func (p *Prober) lookUp(ctx context.Context, name, target string) result {
	resolver := p.Resolver
	if resolver == nil {
		resolver = net.DefaultResolver
	}
	found, err := resolver.LookupNetIP(ctx, "ip", name)
	if err != nil {
		return p.broke(err)
	}
	if len(found) == 0 {
		return failed("the name has no address")
	}
	if g := p.guard(); slices.ContainsFunc(found, g.private) && !g.allows(target) {
		return result{untold: &state.PrivateError{Target: target}}
	}
	var list []string
	for _, addr := range found[:min(len(found), maxAddresses)] {
		list = append(list, addr.Unmap().String())
	}
	text := strings.Join(list, ", ")
	if more := len(found) - len(list); more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return result{ok: true, detail: text}
}

func (p *Prober) now() time.Time {
	if p.Now == nil {
		return time.Now()
	}
	return p.Now()
}
