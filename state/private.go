package state

import (
	"net"
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"muster/runbooks"
)

// A Target is what a check reaches for.
type Target struct {
	// Address is host:port in lower case, or dns:NAME for a look-up. "" if the check
	// names nothing that can be read.
	Address string
	// Asks is what is asked there: "GET /path", without what a query may hold, "connect"
	// or "look up".
	Asks string
	// Private: by its own words it is no public one, without asking anybody.
	Private bool
}

// TargetOf is what a check reaches for.
func TargetOf(check runbooks.Check) Target {
	switch {
	case check.URL != "":
		u, err := url.Parse(check.URL)
		if err != nil || u.Hostname() == "" {
			return Target{}
		}
		path := u.EscapedPath()
		if u.RawQuery != "" {
			path += "?…"
		}
		return Target{addressOf(u.Hostname(), portOf(u)), "GET " + path, IsPrivateHost(u.Hostname())}
	case check.TCP != "":
		host, port, err := net.SplitHostPort(check.TCP)
		if err != nil {
			return Target{}
		}
		return Target{addressOf(host, port), "connect", IsPrivateHost(host)}
	case check.DNS != "":
		return Target{"dns:" + plainHost(check.DNS), "look up", IsPrivateHost(check.DNS)}
	}
	return Target{}
}

func portOf(u *url.URL) string {
	switch {
	case u.Port() != "":
		return u.Port()
	case u.Scheme == "http":
		return "80"
	}
	return "443"
}

// PlainAddress is host:port as a Target's Address has it.
func PlainAddress(address string) string {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return strings.ToLower(address)
	}
	return addressOf(host, port)
}

func addressOf(host, port string) string { return net.JoinHostPort(plainHost(host), port) }

// plainHost is a host as it is compared: in lower case, without the dot that may end it.
func plainHost(host string) string {
	return strings.TrimSuffix(strings.ToLower(strings.Trim(host, "[]")), ".")
}

// localNames are the ends of names that no public name server answers for. Some are set
// aside for that (RFC 6761, 6762, 8375, and "internal" by ICANN), others are only used so.
const localNames = "localhost local internal home.arpa localdomain lan intranet private corp home"

// metadataNames are the first words of names under which clouds tell a machine its secrets.
const metadataNames = "metadata instance-data"

// IsPrivateHost reports whether a host is private by its own words, without asking
// anybody: an address that is none of the public's, a name that only the network here
// knows, or one that no resolver reads as everybody reads it.
func IsPrivateHost(host string) bool {
	host = plainHost(host)
	if addr, err := netip.ParseAddr(host); err == nil {
		return IsPrivateAddr(addr)
	}
	labels := strings.Split(host, ".")
	last := labels[len(labels)-1]
	switch {
	case len(labels) == 1, last == "":
		return true
	case '0' <= last[0] && last[0] <= '9': // 127.1, 0x7f.1: some resolvers make an address of it
		return true
	case strings.ContainsFunc(host, func(r rune) bool { return r > '~' }): // １２７.０.０.１ becomes an address
		return true
	case slices.Contains(strings.Fields(metadataNames), labels[0]):
		return true
	}
	return slices.ContainsFunc(strings.Fields(localNames), func(end string) bool { return strings.HasSuffix(host, "."+end) })
}

// reserved are the blocks that are not for the public and that netip does not
// name: RFC 6890 and its successors, and the address at which one cloud's machines ask
// for their settings.
const reserved = "0.0.0.0/8 100.64.0.0/10 192.0.0.0/24 198.18.0.0/15 240.0.0.0/4 fec0::/10 64:ff9b:1::/48 168.63.129.16/32"

// IsPrivateAddr reports whether an address is no public one: private, loopback,
// link-local, multicast, reserved, or an IPv6 address that stands for such an
// IPv4 address.
func IsPrivateAddr(a netip.Addr) bool {
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
	return ok && IsPrivateAddr(inner)
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

// A PrivateError is why nothing was asked of a target: it is private, and nobody has
// allowed to look at it in this incident.
type PrivateError struct{ Target string }

func (e *PrivateError) Error() string {
	return "not looked at: " + e.Target + " is private, or leads to a private address, and nobody has allowed it yet"
}
