package outside

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"muster/runbooks"
	"muster/state"
)

// only allows these targets.
func only(targets ...string) func(string) bool {
	return func(target string) bool { return slices.Contains(targets, target) }
}

// TestNothingIsAskedUnallowed: of a private target that nobody has allowed nothing is
// asked, not even a name server about its name, and what is said of it is the same
// whether somebody is there or not.
func TestNothingIsAskedUnallowed(t *testing.T) {
	up, came := raw(t, drain)
	down := closed(t)
	silent := &net.Resolver{PreferGo: true, Dial: func(_ context.Context, _, address string) (net.Conn, error) {
		t.Errorf("a name server at %s was asked", address)
		return nil, net.ErrClosed
	}}
	for _, c := range []struct {
		check  runbooks.Check
		target string
	}{
		{runbooks.Check{TCP: up}, up},
		{runbooks.Check{TCP: down}, down},
		{runbooks.Check{URL: "http://" + up + "/"}, up},
		{runbooks.Check{URL: "http://169.254.169.254/latest/meta-data/"}, "169.254.169.254:80"},
		{runbooks.Check{URL: "https://metadata.google.internal/"}, "metadata.google.internal:443"},
		{runbooks.Check{URL: "http://printer.local./"}, "printer.local:80"},
		{runbooks.Check{TCP: "2130706433:22"}, "2130706433:22"},
		{runbooks.Check{TCP: "LOCALHOST:22"}, "localhost:22"},
		{runbooks.Check{DNS: "vault.internal"}, "dns:vault.internal"},
	} {
		for _, allowed := range []func(string) bool{nil, only("10.0.0.1:80", "127.0.0.1:1")} {
			p := &Prober{Proxy: noProxy, Resolver: silent, Allowed: allowed}
			seen, err := p.Check(t.Context(), "x", c.check)
			var private *state.PrivateError
			if !errors.As(err, &private) || private.Target != c.target || seen != (state.RecordCheck{}) {
				t.Errorf("%+v: %+v, %v", c.check, seen, err)
			}
			if want := (&state.PrivateError{Target: c.target}).Error(); err != nil && err.Error() != want {
				t.Errorf("%+v: %q, want %q", c.check, err, want)
			}
		}
	}
	if came.Load() != 0 {
		t.Error("somebody was asked")
	}
	mustSee(t, look(t, &Prober{Allowed: only(up)}, runbooks.Check{TCP: up}), true, "connected")
	mustSee(t, look(t, &Prober{Allowed: only(down)}, runbooks.Check{TCP: down}), false, "refused")
}

// TestANameThatLeadsInside: a public name that leads to a private address is not
// followed there unless that was allowed, and to a link-local one not even then.
func TestANameThatLeadsInside(t *testing.T) {
	serve := func() (port string, came *atomic.Int32) {
		up, came := raw(t, func(conn net.Conn) {
			asked(conn)
			_, _ = conn.Write([]byte("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"))
		})
		return up[strings.LastIndexByte(up, ':'):], came
	}
	names := resolver(t, func(name string) []netip.Addr {
		switch strings.ToLower(name) {
		case "leads-in.example":
			return []netip.Addr{netip.MustParseAddr("127.0.0.1")}
		case "cloud.example":
			return []netip.Addr{netip.MustParseAddr("169.254.169.254")}
		}
		return nil
	})
	for _, of := range []func(port string) runbooks.Check{
		func(port string) runbooks.Check { return runbooks.Check{TCP: "Leads-In.example" + port} },
		func(port string) runbooks.Check { return runbooks.Check{URL: "http://leads-in.example" + port + "/"} },
		func(string) runbooks.Check { return runbooks.Check{DNS: "leads-in.example"} },
	} {
		port, came := serve() // its own: a server counts who came when it gets to it
		check := of(port)
		target := state.TargetOf(check).Address
		_, err := (&Prober{Proxy: noProxy, Resolver: names}).Check(t.Context(), "x", check)
		var private *state.PrivateError
		if !errors.As(err, &private) || private.Target != target {
			t.Errorf("%+v: %v", check, err)
		}
		if check.DNS == "" && came.Load() != 0 {
			t.Errorf("%+v: the private address was reached", check)
		}
		mustSee(t, look(t, &Prober{Resolver: names, Allowed: only(target)}, check), true, "")
	}
	port, _ := serve()
	seen := look(t, &Prober{Resolver: names, Allowed: all}, runbooks.Check{TCP: "cloud.example" + port})
	mustSee(t, seen, false, "refused to follow a public name to a link-local address")
}

// TestRedirectsStayWithinTheConsent: from one allowed private target to another that is
// not, no redirect leads.
func TestRedirectsStayWithinTheConsent(t *testing.T) {
	var reached atomic.Int32
	other := web(t, func(http.ResponseWriter, *http.Request) { reached.Add(1) })
	first := web(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, other.URL, http.StatusFound) })
	at := func(address string) string { return strings.TrimPrefix(address, "http://") }
	check := runbooks.Check{URL: first.URL}
	p := &Prober{Proxy: noProxy, AllowRedirect: true, Allowed: only(at(first.URL))}
	_, err := p.Check(t.Context(), "x", check)
	var private *state.PrivateError
	if !errors.As(err, &private) || private.Target != at(other.URL) || reached.Load() != 0 {
		t.Errorf("%v, reached %d times", err, reached.Load())
	}
	p.Allowed = only(at(first.URL), at(other.URL))
	mustSee(t, look(t, p, check), true, "200 OK")
}

// TestReachAsksTheIncident: what the incident allows is what may be looked at.
func TestReachAsksTheIncident(t *testing.T) {
	up, came := raw(t, drain)
	inc := &state.Incident{Mode: state.Live, Services: []state.Service{}}
	live, err := (&Reach{}).world(t.Context(), inc)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := live.Check(t.Context(), "x", runbooks.Check{TCP: up}); !errors.As(err, new(*state.PrivateError)) || came.Load() != 0 {
		t.Errorf("%v, and %d came", err, came.Load())
	}
}
