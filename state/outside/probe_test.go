package outside

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"os"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"muster/runbooks"
	"muster/state"
)

func TestHTTP(t *testing.T) {
	for _, c := range []struct {
		name   string
		serve  http.HandlerFunc
		expect int
		text   string
		ok     bool
		detail string
	}{
		{"fine", func(w http.ResponseWriter, _ *http.Request) {}, 0, "", true, "200 OK"},
		{"down", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(503) }, 0, "", false,
			"503 Service Unavailable; expected 200 OK"},
		{"expected to be closed", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(403) }, 403, "", true, "403 Forbidden"},
		{"text there", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "Welcome to GISIS") }, 0, "GISIS", true,
			"the text is there"},
		{"text missing", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "Domain for sale") }, 0, "GISIS", false,
			`the text "GISIS" is not on the page`},
		{"right text, wrong status", func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(500)
			fmt.Fprint(w, "Welcome to GISIS")
		}, 0, "GISIS", false, "500 Internal Server Error"},
		{"text beyond the first MiB", func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprint(w, strings.Repeat(" ", maxBody), "GISIS")
		}, 0, "GISIS", false, "not on the page"},
		{"unknown status", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(799) }, 0, "", false, "799; expected"},
		{"redirect wanted", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "https://elsewhere.example/", http.StatusFound)
		}, 302, "", true, "302 Found"},
		{"redirect within", func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/" {
				http.Redirect(w, r, "/login?next=home", http.StatusFound)
			}
		}, 0, "", true, "/login?next=•••"},
		{"redirect loop", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/", http.StatusFound) }, 0, "", false,
			"more than 5 redirects"},
		{"redirect elsewhere", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "https://u:hunter2@elsewhere.example/x?token=hunter2", http.StatusFound)
		}, 0, "", false, "refused a redirect to https://elsewhere.example/x?token=•••"},
		{"redirect to a file", func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Location", "file:///etc/passwd")
			w.WriteHeader(302)
		}, 0, "", false, "refused a redirect to file:///etc/passwd"},
		{"redirect to nonsense", func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Location", "http://u:hunter2@[::1")
			w.WriteHeader(302)
		}, 0, "", false, "an address that cannot be read"},
		{"escape sequences", func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Location", "https://elsewhere.example/"+hostile)
			w.WriteHeader(302)
			fmt.Fprint(w, hostile)
		}, 0, "", false, "not proper HTTP"},
		{"escape sequences in the page", func(w http.ResponseWriter, r *http.Request) {
			fmt.Fprint(w, hostile)
		}, 0, hostile, true, "the text is there"},
	} {
		t.Run(c.name, func(t *testing.T) {
			server := web(t, c.serve)
			seen := look(t, &Prober{}, runbooks.Check{URL: server.URL, Expect: c.expect, Text: c.text})
			mustSee(t, seen, c.ok, c.detail)
			mustNotLeak(t, []string{"hunter2"}, seen)
		})
	}
}

// Servers that do not speak HTTP as they should.
func TestHTTPHostile(t *testing.T) {
	say := func(parts ...string) func(net.Conn) {
		return func(conn net.Conn) {
			for _, part := range parts {
				_, _ = io.WriteString(conn, part)
			}
			drain(conn) // and never ends it
		}
	}
	const head = "HTTP/1.1 200 OK\r\n"
	for _, c := range []struct {
		name   string
		serve  func(net.Conn)
		detail string
	}{
		{"says nothing", drain, "no answer in time"},
		{"never ends its headers", say(head, "X-One: 1\r\n"), "no answer in time"},
		{"never ends its body", say(head, "Content-Length: 10\r\n\r\nhalf"), "broke off: no answer in time"},
		{"breaks off", func(conn net.Conn) {
			_, _ = http.ReadRequest(bufio.NewReader(conn))
			_, _ = io.WriteString(conn, head+"Content-Length: 10\r\n\r\nhalf")
		}, "it ended before its end"},
		{"hangs up", func(net.Conn) {}, ""},
		{"floods headers", func(conn net.Conn) {
			_, _ = io.WriteString(conn, head)
			for {
				if _, err := io.WriteString(conn, "X-"+strings.Repeat("y", 1000)+": 1\r\n"); err != nil {
					return
				}
			}
		}, "more than anybody needs"},
		{"floods one header line", func(conn net.Conn) {
			for {
				if _, err := io.WriteString(conn, strings.Repeat("y", 1000)); err != nil {
					return
				}
			}
		}, ""},
		{"escape sequences for a protocol", say(hostile, "\r\n\r\n"), "not proper HTTP"},
		{"escape sequences for a status", say("HTTP/1.1 2"+hostile, "\r\n\r\n"), "not proper HTTP"},
		{"escape sequences for a reason", say("HTTP/1.1 500 " + hostile + "\r\nContent-Length: 0\r\n\r\n"),
			"500 Internal Server Error; expected 200 OK"},
		{"echoes the password", say("HTTP/1.1 hunter2 dTpodW50ZXIy hunter2\r\n\r\n"), "not proper HTTP"},
		{"a TLS alert", say("\x15\x03\x01\x00\x02\x02\x0a"), ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			address, _ := raw(t, c.serve)
			seen := look(t, &Prober{Timeout: short}, runbooks.Check{URL: "http://u:hunter2@" + address + "/?key=hunter2"})
			mustSee(t, seen, false, c.detail)
			mustNotLeak(t, []string{"hunter2", "dTpodW50ZXIy"}, seen)
			if want := "GET http://•••@" + address + "/?key=•••"; seen.What != want {
				t.Errorf("What is %q; want %q", seen.What, want)
			}
		})
	}
}

// A server that sends 100 MB is read for 1 MiB.
func TestHTTPFlood(t *testing.T) {
	var sent atomic.Int64
	server := web(t, func(w http.ResponseWriter, _ *http.Request) {
		for block := make([]byte, 1<<20); sent.Load() < 100<<20; {
			n, err := w.Write(block)
			sent.Add(int64(n))
			if err != nil {
				return
			}
		}
	})
	mustSee(t, look(t, &Prober{}, runbooks.Check{URL: server.URL}), true, "200 OK")
	server.Close()
	if sent.Load() > 50<<20 {
		t.Errorf("%d bytes were taken", sent.Load())
	}
}

func TestCredentialsGoToTheirHostOnly(t *testing.T) {
	var got []string
	other := web(t, func(_ http.ResponseWriter, r *http.Request) {
		got = append(got, "other "+r.Header.Get("Authorization")+r.Header.Get("Referer"))
	})
	server := web(t, func(w http.ResponseWriter, r *http.Request) {
		user, password, _ := r.BasicAuth()
		got = append(got, r.URL.Path+" "+user+" "+password+r.Header.Get("Referer"))
		if r.URL.Path == "/" {
			http.Redirect(w, r, "/in", http.StatusFound)
		} else {
			http.Redirect(w, r, other.URL, http.StatusFound)
		}
	})
	url := strings.Replace(server.URL, "//", "//amy:hunter2@", 1) + "?key=k"
	mustSee(t, look(t, &Prober{AllowRedirect: true}, runbooks.Check{URL: url}), true, "200 OK at "+other.URL)
	if want := "/ amy hunter2|/in amy hunter2|other "; strings.Join(got, "|") != want {
		t.Errorf("got %q; want %q", strings.Join(got, "|"), want)
	}
}

func TestCertificates(t *testing.T) {
	server := webTLS(t, func(http.ResponseWriter, *http.Request) {})
	end := server.Certificate().NotAfter
	trusted := server.Client().Transport.(*http.Transport).TLSClientConfig.RootCAs
	at := func(when time.Time) func() time.Time { return func() time.Time { return when } }
	elsewhere := strings.Replace(server.URL, "127.0.0.1", "localhost", 1)
	for _, c := range []struct {
		name   string
		prober Prober
		url    string
		ok     bool
		detail string
	}{
		{"good", Prober{Roots: trusted, Now: at(end.AddDate(-1, 0, 0))}, server.URL, true, "certificate valid until " + day(end)},
		{"15 days left", Prober{Roots: trusted, Now: at(end.AddDate(0, 0, -15))}, server.URL, true, "valid until"},
		{"9 days left", Prober{Roots: trusted, Now: at(end.AddDate(0, 0, -9))}, server.URL, true, "expires soon, on " + day(end) + ", in 9 days"},
		{"expired", Prober{Roots: trusted, Now: at(end.AddDate(0, 0, 1))}, server.URL, false, "the certificate is valid only from "},
		{"not yet valid", Prober{Roots: trusted, Now: at(time.Unix(0, 0).AddDate(-1, 0, 0))}, server.URL, false, "the certificate is valid only from "},
		{"another's", Prober{Roots: trusted, Now: at(end.AddDate(-1, 0, 0))}, elsewhere, false, "the certificate is not for localhost"},
		{"nobody's", Prober{Now: at(end.AddDate(-1, 0, 0))}, server.URL, false, "signed by nobody this machine trusts"},
		{"not TLS", Prober{}, strings.Replace(server.URL, "https", "http", 1), false, "400 Bad Request"},
	} {
		t.Run(c.name, func(t *testing.T) {
			mustSee(t, look(t, &c.prober, runbooks.Check{URL: c.url}), c.ok, c.detail)
		})
	}
}

func TestSecureRedirectIsFollowed(t *testing.T) {
	secure := webTLS(t, func(http.ResponseWriter, *http.Request) {})
	roots := secure.Client().Transport.(*http.Transport).TLSClientConfig.RootCAs
	plain := web(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, secure.URL, http.StatusMovedPermanently)
	})
	mustSee(t, look(t, &Prober{Roots: roots}, runbooks.Check{URL: plain.URL}), true, "200 OK at https://")

	back := webTLS(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, plain.URL, http.StatusMovedPermanently)
	})
	roots = back.Client().Transport.(*http.Transport).TLSClientConfig.RootCAs
	mustSee(t, look(t, &Prober{Roots: roots}, runbooks.Check{URL: back.URL}), false, "refused a redirect to http://")
	other := web(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, plain.URL, http.StatusMovedPermanently)
	})
	mustSee(t, look(t, &Prober{}, runbooks.Check{URL: other.URL}), false, "refused a redirect to "+plain.URL)
}

func TestTCPAndDNS(t *testing.T) {
	open, _ := raw(t, func(conn net.Conn) { _, _ = io.WriteString(conn, hostile) })
	names := resolver(t, func(name string) []netip.Addr {
		switch name {
		case "mail.example":
			return []netip.Addr{netip.MustParseAddr("192.0.2.7"), netip.MustParseAddr("2001:db8::7")}
		case "many.example":
			var many []netip.Addr
			for last := byte(1); last <= 9; last++ {
				many = append(many, netip.AddrFrom4([4]byte{192, 0, 2, last}))
			}
			return many
		case "empty.example":
			return []netip.Addr{}
		}
		return nil
	})
	for _, c := range []struct {
		check  runbooks.Check
		ok     bool
		what   string
		detail string
	}{
		{runbooks.Check{TCP: open}, true, "connect to " + open, "connected to " + open},
		{runbooks.Check{TCP: closed(t)}, false, "connect to ", "refused"},
		{runbooks.Check{TCP: "localhost"}, false, "connect to localhost", "must name host:port"},
		{runbooks.Check{TCP: "localhost:0"}, false, "", "must name host:port"},
		{runbooks.Check{TCP: "localhost:70000"}, false, "", "must name host:port"},
		{runbooks.Check{TCP: "gone.example.:25"}, false, "", "the name gone.example. has no address"},
		{runbooks.Check{TCP: hostile + ":25"}, false, "connect to ␛", ""},
		{runbooks.Check{DNS: "mail.example"}, true, "look up mail.example", "192.0.2.7"},
		{runbooks.Check{DNS: "mail.example"}, true, "", "2001:db8::7"},
		{runbooks.Check{DNS: "many.example"}, true, "", " and 4 more"},
		{runbooks.Check{DNS: "gone.example."}, false, "", "has no address"},
		{runbooks.Check{DNS: "empty.example."}, false, "", "has no address"},
		{runbooks.Check{DNS: hostile}, false, "look up ␛", ""},
		{runbooks.Check{URL: "ftp://x.example"}, false, "GET ftp://x.example", "must name an http or https address"},
		{runbooks.Check{URL: "https://"}, false, "GET https:", "must name an http or https address"},
		{runbooks.Check{URL: "https://u:hunter2@[::1"}, false, "GET an address that cannot be read", "must name"},
		{runbooks.Check{}, false, "nothing", "no check"},
	} {
		t.Run(strconv.QuoteToASCII(c.check.URL+c.check.TCP+c.check.DNS), func(t *testing.T) {
			seen := look(t, &Prober{Resolver: names, Timeout: 2 * time.Second}, c.check)
			mustSee(t, seen, c.ok, c.detail)
			if !strings.HasPrefix(seen.What, c.what) {
				t.Errorf("What is %q; want %q…", seen.What, c.what)
			}
			mustNotLeak(t, []string{"hunter2"}, seen)
		})
	}
}

func TestMillis(t *testing.T) {
	at := time.Date(2020, 9, 30, 10, 0, 0, 0, time.UTC)
	steps := []time.Duration{0, 1234567 * time.Microsecond}
	p := &Prober{Now: func() time.Time {
		now := at.Add(steps[0])
		if len(steps) > 1 {
			steps = steps[1:]
		}
		return now
	}}
	if seen := look(t, p, runbooks.Check{TCP: "none"}); seen.Millis != 1234 {
		t.Errorf("took %d ms", seen.Millis)
	}
	back := []time.Time{at, at.Add(-time.Hour)} // the clock was set back meanwhile
	p.Now = func() time.Time { now := back[0]; back = back[1:]; return now }
	if seen := look(t, p, runbooks.Check{TCP: "none"}); seen.Millis != 0 {
		t.Errorf("took %d ms", seen.Millis)
	}
}

// TestNoNetwork: a machine without a network learns nothing of a service, and does
// not call it down. One that has a network does, whatever the error.
func TestNoNetwork(t *testing.T) {
	loopback := &net.IPNet{IP: net.IPv4(127, 0, 0, 1), Mask: net.CIDRMask(8, 32)}
	local := &net.IPNet{IP: net.ParseIP("fe80::1"), Mask: net.CIDRMask(64, 128)}
	public := &net.IPNet{IP: net.IPv4(192, 0, 2, 7), Mask: net.CIDRMask(24, 32)}
	noRoute := &net.OpError{Op: "dial", Err: os.NewSyscallError("connect", syscall.ENETUNREACH)}
	noName := &net.DNSError{Err: "server misbehaving", Name: "www.example.org", IsTemporary: true}
	refused := &net.OpError{Op: "dial", Err: os.NewSyscallError("connect", syscall.ECONNREFUSED)}
	for _, test := range []struct {
		name  string
		err   error
		own   []net.Addr
		blind bool
	}{
		{"no route, no address", noRoute, []net.Addr{loopback, local}, true},
		{"no name, no address", noName, []net.Addr{loopback}, true},
		{"no route, an address", noRoute, []net.Addr{loopback, public}, false},
		{"no name, an address", noName, []net.Addr{public}, false},
		{"refused, no address", refused, []net.Addr{loopback}, false},
		{"no answer in time", context.DeadlineExceeded, []net.Addr{loopback}, false},
	} {
		p := &Prober{Own: func() ([]net.Addr, error) { return test.own, nil }}
		if got := p.broke(test.err); got.blind != test.blind || got.ok || got.detail == "" {
			t.Errorf("%s: %+v", test.name, got)
		}
	}
	resolver := &net.Resolver{PreferGo: true, Dial: func(context.Context, string, string) (net.Conn, error) { return nil, noRoute }}
	p := &Prober{Proxy: noProxy, Resolver: resolver, Own: func() ([]net.Addr, error) { return []net.Addr{loopback}, nil }}
	for _, check := range []runbooks.Check{{URL: "https://www.example.org/"}, {TCP: "www.example.org:443"}, {DNS: "www.example.org"}} {
		if seen, err := (&Live{Prober: *p}).Check(t.Context(), "website", check); !errors.Is(err, ErrNoNetwork) || seen != (state.RecordCheck{}) {
			t.Errorf("%+v: %+v, %v", check, seen, err)
		}
	}
}
