package outside

import (
	"bufio"
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"muster/runbooks"
	"muster/state"
	"muster/state/clean"
)

// hostile is what a server that means harm puts into everything it says.
const hostile = "\x1b]52;c;cm0gLXJm\x07\x1b[2J\u009b31m\u202egnp"

// short is a timeout for servers that never answer.
const short = 50 * time.Millisecond

func noProxy(*http.Request) (*url.URL, error) { return nil, nil }

func web(t *testing.T, handler http.HandlerFunc) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server
}

func webTLS(t *testing.T, handler http.HandlerFunc) *httptest.Server {
	t.Helper()
	server := httptest.NewUnstartedServer(handler)
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	t.Cleanup(server.Close)
	return server
}

// raw is a server that does as it likes with every connection; it says where it
// listens and how many came.
func raw(t *testing.T, serve func(net.Conn)) (address string, came *atomic.Int32) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	came = new(atomic.Int32)
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			came.Add(1)
			go func() { defer conn.Close(); serve(conn) }()
		}
	}()
	return listener.Addr().String(), came
}

// asked reads one request. A server that closes with bytes unread resets the
// connection, and what it wrote may be lost.
func asked(conn net.Conn) {
	if request, err := http.ReadRequest(bufio.NewReader(conn)); err == nil {
		_, _ = io.Copy(io.Discard, request.Body)
	}
}

// drain reads until the other side gives up.
func drain(conn net.Conn) { _, _ = io.Copy(io.Discard, conn) }

// closed is an address where nobody listens.
func closed(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}

// resolver asks a real DNS server on this machine, whose answers come from answer;
// nil means that the name does not exist.
func resolver(t *testing.T, answer func(name string) []netip.Addr) *net.Resolver {
	t.Helper()
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	go func() {
		query := make([]byte, 1500)
		for {
			n, from, err := conn.ReadFrom(query)
			if err != nil {
				return
			}
			_, _ = conn.WriteTo(dnsAnswer(query[:n], answer), from)
		}
	}()
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "udp", conn.LocalAddr().String())
	}}
}

func dnsAnswer(query []byte, answer func(string) []netip.Addr) []byte {
	var labels []string
	at := 12
	for query[at] != 0 {
		size := int(query[at])
		labels = append(labels, string(query[at+1:at+1+size]))
		at += size + 1
	}
	kind := binary.BigEndian.Uint16(query[at+1:])
	found := answer(strings.Join(labels, "."))
	code, wanted := byte(0x80), []netip.Addr(nil)
	if found == nil {
		code |= 3
	}
	for _, addr := range found {
		if kind == 1 && addr.Is4() || kind == 28 && addr.Is6() {
			wanted = append(wanted, addr)
		}
	}
	out := append([]byte{query[0], query[1], 0x81, code, 0, 1, 0, byte(len(wanted)), 0, 0, 0, 0}, query[12:at+5]...)
	for _, addr := range wanted {
		ip := addr.AsSlice()
		out = append(out, 0xc0, 12, 0, byte(kind), 0, 1, 0, 0, 0, 0, 0, byte(len(ip)))
		out = append(out, ip...)
	}
	return out
}

// mustBeSafe fails if what was said is not clean, or not bounded.
func mustBeSafe(t *testing.T, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if !clean.IsClean(text) {
			t.Errorf("not clean: %q", text)
		}
		if len(text) > 3*maxDetail { // what clean writes is longer than what it read
			t.Errorf("not bounded: %d bytes", len(text))
		}
	}
}

// mustNotLeak fails if any secret shows in any way in which a value can be written.
func mustNotLeak(t *testing.T, secrets []string, values ...any) {
	t.Helper()
	for _, value := range values {
		written := []string{}
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d", "%p"} {
			written = append(written, fmt.Sprintf(verb, value))
		}
		if data, err := json.Marshal(value); err == nil {
			written = append(written, string(data))
		}
		for _, text := range written {
			for _, secret := range secrets {
				if strings.Contains(text, secret) || strings.Contains(text, fmt.Sprintf("%x", secret)) {
					t.Errorf("%q shows in %q", secret, text)
				}
			}
		}
	}
}

// all allows every private target: these tests' servers are on this machine.
func all(string) bool { return true }

// look checks with p and no proxy. If p does not say which private targets are allowed,
// all are.
func look(t *testing.T, p *Prober, check runbooks.Check) state.RecordCheck {
	t.Helper()
	if p.Proxy == nil {
		p.Proxy = noProxy
	}
	if p.Allowed == nil {
		p.Allowed = all
	}
	seen, err := p.Check(t.Context(), "website", check)
	if err != nil {
		t.Fatal(err)
	}
	mustBeSafe(t, seen.What, seen.Detail)
	if seen.Service != "website" || seen.Simulated {
		t.Errorf("the look is %+v", seen)
	}
	return seen
}

// mustSee fails unless a look came out as wanted.
func mustSee(t *testing.T, seen state.RecordCheck, ok bool, detail string) {
	t.Helper()
	if seen.OK != ok || !strings.Contains(seen.Detail, detail) {
		t.Errorf("got %v, %q; want %v, %q", seen.OK, seen.Detail, ok, detail)
	}
}
