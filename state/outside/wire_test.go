package outside

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"muster/runbooks"
)

// What servers say unasked is not written to the standard log, which would be the
// screen.
func TestNothingIsLogged(t *testing.T) {
	var mu sync.Mutex
	var logged bytes.Buffer
	defer log.SetOutput(log.Writer())
	log.SetOutput(writer(func(p []byte) (int, error) {
		mu.Lock()
		defer mu.Unlock()
		return logged.Write(p)
	}))
	address, _ := raw(t, func(conn net.Conn) { // answers before it is asked, and more than once
		_, _ = io.WriteString(conn, strings.Repeat("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"+hostile+path, 3))
		drain(conn)
	})
	for range 20 {
		mustSee(t, look(t, &Prober{}, runbooks.Check{URL: "http://" + address}), true, "200 OK")
		channel := Channel{Name: "ops", Kind: Webhook, URL: NewSecret("http://" + address + path)}
		if _, err := (&Sender{Proxy: noProxy}).Send(t.Context(), channel, message()); err != nil {
			t.Error(err)
		}
	}
	mu.Lock()
	defer mu.Unlock()
	if logged.Len() > 0 {
		t.Errorf("logged %q", &logged)
	}
}

type writer func([]byte) (int, error)

func (w writer) Write(p []byte) (int, error) { return w(p) }

func TestInterimAnswers(t *testing.T) {
	const early = "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"
	address, _ := raw(t, func(conn net.Conn) {
		asked(conn)
		_, _ = io.WriteString(conn, "HTTP/1.1 100 Continue\r\n\r\n"+early+"HTTP/1.1 200 OK\r\n\r\nhello")
	})
	mustSee(t, look(t, &Prober{}, runbooks.Check{URL: "http://" + address, Text: "hello"}), true, "the text is there")
	address, _ = raw(t, func(conn net.Conn) {
		for {
			if _, err := io.WriteString(conn, early); err != nil {
				return
			}
		}
	})
	mustSee(t, look(t, &Prober{}, runbooks.Check{URL: "http://" + address}), false, "more than anybody needs")
	address, _ = raw(t, func(conn net.Conn) {
		asked(conn)
		_, _ = io.WriteString(conn, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n")
	})
	mustSee(t, look(t, &Prober{}, runbooks.Check{URL: "http://" + address}), false, "101 Switching Protocols; expected 200 OK")
}

// A receiver that refuses before it has read the message.
func TestEarlyRefusal(t *testing.T) {
	address, _ := raw(t, func(conn net.Conn) {
		_, _ = io.WriteString(conn, "HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n")
		_, _ = http.ReadRequest(bufio.NewReader(conn))
		drain(conn)
	})
	m := message()
	m.Text = strings.Repeat("long ", 200_000)
	channel := Channel{Name: "ops", Kind: Webhook, URL: NewSecret("http://" + address + path)}
	if failed := mustFail(t, &Sender{}, channel, m); !strings.Contains(failed.Why, "413 Request Entity Too Large") || failed.Maybe {
		t.Errorf("got %+v", failed)
	}
}

// connectProxy is a proxy that tunnels to where target listens, whatever it is
// asked for, and notes what that was.
func connectProxy(t *testing.T, target string, asked *[]string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		*asked = append(*asked, r.Method+" "+r.Host+" "+r.Header.Get("Proxy-Authorization"))
		if r.Method != http.MethodConnect {
			return
		}
		if strings.HasPrefix(r.Host, "blocked.") {
			w.WriteHeader(http.StatusForbidden)
			return
		}
		there, err := net.Dial("tcp", target)
		if err != nil {
			t.Error(err)
			return
		}
		here, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		_, _ = io.WriteString(here, "HTTP/1.1 200 Go\r\n\r\n")
		go func() { _, _ = io.Copy(there, here); there.Close() }()
		_, _ = io.Copy(here, there)
		here.Close()
	}
}

func TestTunnel(t *testing.T) {
	server := webTLS(t, func(http.ResponseWriter, *http.Request) {})
	roots := server.Client().Transport.(*http.Transport).TLSClientConfig.RootCAs
	basic := "Basic " + base64.StdEncoding.EncodeToString([]byte("amy:hunter2"))
	for name, start := range map[string]func(*testing.T, http.HandlerFunc) *httptest.Server{"http": web, "https": webTLS} {
		t.Run(name, func(t *testing.T) {
			var asked []string
			proxy := start(t, connectProxy(t, server.Listener.Addr().String(), &asked))
			at := strings.Replace(proxy.URL, "//", "//amy:hunter2@", 1)
			p := &Prober{Roots: roots, Proxy: func(*http.Request) (*url.URL, error) { return url.Parse(at) }}
			mustSee(t, look(t, p, runbooks.Check{URL: "https://example.com"}), true, "certificate valid until")
			mustSee(t, look(t, p, runbooks.Check{URL: "https://wrong.example"}), false, "the certificate is not for wrong.example")
			mustSee(t, look(t, p, runbooks.Check{URL: "https://blocked.example"}), false, "the proxy answered 403 Forbidden")
			mustSee(t, look(t, p, runbooks.Check{URL: "http://plain.example/"}), true, "200 OK")
			want := "CONNECT example.com:443 |CONNECT wrong.example:443 |CONNECT blocked.example:443 |GET plain.example "
			if got := strings.Join(asked, "|"); got != strings.ReplaceAll(want, " |", " "+basic+"|")+basic {
				t.Errorf("the proxy was asked for %s", got)
			}
		})
	}
}

func TestProxyHostile(t *testing.T) {
	address, _ := raw(t, func(conn net.Conn) {
		_, _ = io.WriteString(conn, "HTTP/1.1 200 "+hostile+"\r\nX: "+strings.Repeat("y", 10<<20))
	})
	sender := &Sender{Proxy: func(*http.Request) (*url.URL, error) { return url.Parse("http://" + address) }}
	channel := Channel{Name: "ops", Kind: Webhook, URL: NewSecret("https://hook.example" + path)}
	sender.Sleep = pauses(new([]time.Duration))
	if failed := mustFail(t, sender, channel, message()); failed.Maybe {
		t.Errorf("got %+v", failed)
	}
	sender.Proxy = func(*http.Request) (*url.URL, error) { return url.Parse("socks5://u:hunter2@" + address) }
	if failed := mustFail(t, sender, channel, message()); !strings.Contains(failed.Why, "it must be http://host:port") {
		t.Errorf("got %+v", failed)
	}
}

// A body in chunks of a byte is six times as long on the wire.
func TestCrumbs(t *testing.T) {
	address, _ := raw(t, func(conn net.Conn) {
		_, err := io.WriteString(conn, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n")
		for block := strings.Repeat("1\r\nx\r\n", 10_000); err == nil; {
			_, err = io.WriteString(conn, block)
		}
	})
	mustSee(t, look(t, &Prober{}, runbooks.Check{URL: "http://" + address}), false, "more than anybody needs")
}
