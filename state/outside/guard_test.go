package outside

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"muster/runbooks"
)

// In these tests 127.0.0.1 plays a public address and every other is private.
func only1(a netip.Addr) bool { return a.Unmap() != netip.MustParseAddr("127.0.0.1") }

// inner is a server at 127.0.0.2, and how often it was asked.
func inner(t *testing.T) (server *httptest.Server, asked *atomic.Int32) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.2:0")
	if err != nil {
		t.Skip("this system has one loopback address")
	}
	asked = new(atomic.Int32)
	server = httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked.Add(1) }))
	server.Listener.Close()
	server.Listener = listener
	server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			asked.Add(1)
		}
	}
	server.Start()
	t.Cleanup(server.Close)
	return server, asked
}

func TestPrivateIsAGoodTarget(t *testing.T) {
	server, asked := inner(t)
	mustSee(t, look(t, &Prober{private: only1}, runbooks.Check{URL: server.URL}), true, "200 OK")
	if asked.Load() == 0 {
		t.Error("nobody asked")
	}
}

func TestNoRedirectFromPublicToPrivate(t *testing.T) {
	target, asked := inner(t)
	port := func(s *httptest.Server) string { return s.URL[strings.LastIndexByte(s.URL, ':'):] }
	names := resolver(t, func(name string) []netip.Addr {
		if name == "inner.example" {
			return []netip.Addr{netip.MustParseAddr("127.0.0.2")}
		}
		return nil
	})
	for _, c := range []struct{ name, to string }{
		{"address", target.URL},
		{"mapped address", "http://[::ffff:127.0.0.2]" + port(target)},
		{"name", "http://inner.example" + port(target)},
		{"localhost", "http://localhost" + port(target)},
		{"metadata", "http://169.254.169.254/latest/meta-data/"},
		{"zone", "http://[fe80::1%25lo]/"},
	} {
		t.Run(c.name, func(t *testing.T) {
			server := web(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, c.to, http.StatusTemporaryRedirect) })
			for _, elsewhere := range []bool{false, true} {
				p := &Prober{private: only1, AllowRedirect: elsewhere, Resolver: names}
				if c.name == "localhost" {
					p.private = func(netip.Addr) bool { return false } // its name alone must do
				}
				mustSee(t, look(t, p, runbooks.Check{URL: server.URL}), false, "refused")
			}
		})
	}
	if asked.Load() != 0 {
		t.Error("the private server was reached")
	}
}

// A name that first leads to a public address, and then to a private one.
func TestRebinding(t *testing.T) {
	target, asked := inner(t)
	port := target.URL[strings.LastIndexByte(target.URL, ':'):]
	listener, err := net.Listen("tcp", "127.0.0.1"+port)
	if err != nil {
		t.Skip("the port is taken")
	}
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/again", http.StatusFound)
	}))
	server.Listener.Close()
	server.Listener = listener
	server.Start()
	defer server.Close()
	var lookups atomic.Int32
	names := resolver(t, func(string) []netip.Addr {
		if lookups.Add(1) <= 2 { // A and AAAA
			return []netip.Addr{netip.MustParseAddr("127.0.0.1")}
		}
		return []netip.Addr{netip.MustParseAddr("127.0.0.2")}
	})
	p := &Prober{private: only1, Resolver: names}
	mustSee(t, look(t, p, runbooks.Check{URL: "http://rebind.example" + port}), false, "refused to go on to the private address 127.0.0.2")
	if asked.Load() != 0 {
		t.Error("the private server was reached")
	}
}

func TestProxy(t *testing.T) {
	var asked []string
	proxy := web(t, func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.URL.String())
		switch r.URL.Host {
		case "leads-in.example":
			http.Redirect(w, r, "http://10.0.0.1/", http.StatusFound)
		case "slams.example":
			w.WriteHeader(407)
		}
	})
	at := func(*http.Request) (*url.URL, error) { return url.Parse(proxy.URL) }
	p := &Prober{Proxy: at, AllowRedirect: true}
	mustSee(t, look(t, p, runbooks.Check{URL: "http://good.example/"}), true, "200 OK")
	mustSee(t, look(t, p, runbooks.Check{URL: "http://leads-in.example/"}), false, "refused a redirect to the private address 10.0.0.1")
	mustSee(t, look(t, p, runbooks.Check{URL: "http://slams.example/"}), false, "407")
	if got := strings.Join(asked, " "); got != "http://good.example/ http://leads-in.example/ http://slams.example/" {
		t.Errorf("the proxy was asked for %s", got)
	}
	p.Proxy = func(*http.Request) (*url.URL, error) { return nil, errors.New("cannot read http://u:hunter2@proxy") }
	seen := look(t, p, runbooks.Check{URL: "http://good.example/"})
	mustSee(t, seen, false, "the proxy that the environment names cannot be used")
	mustNotLeak(t, []string{"hunter2"}, seen)
	p.Proxy = func(*http.Request) (*url.URL, error) { return url.Parse("http://u:hunter2@" + closed(t)) }
	mustNotLeak(t, []string{"hunter2"}, look(t, p, runbooks.Check{URL: "https://good.example/"}))
}

func TestRefusalEndsTheDialWithTheLook(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if seen, err := (&Prober{Proxy: noProxy, Allowed: all}).Check(ctx, "x", runbooks.Check{URL: "http://127.0.0.1:1"}); seen.OK || err != nil {
		t.Errorf("got %+v", seen)
	}
}
