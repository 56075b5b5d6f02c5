package outside

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"muster/runbooks"
	"muster/state/clean"
)

// A monologue is a connection to a server that says what it has to say, whatever it
// is told.
type monologue struct {
	net.Conn // nil: nothing else is asked of it
	said     *bytes.Reader
}

func (m *monologue) Read(p []byte) (int, error)  { return m.said.Read(p) }
func (m *monologue) Write(p []byte) (int, error) { return len(p), nil }
func (m *monologue) Close() error                { return nil }

func (m *monologue) SetDeadline(time.Time) error      { return nil }
func (m *monologue) SetReadDeadline(time.Time) error  { return nil }
func (m *monologue) SetWriteDeadline(time.Time) error { return nil }

// topSecret stands in the addresses and settings that are used here.
const topSecret = "hunter2hunter2"

// fit fails unless what is said of an answer may be kept and shown.
func fit(t *testing.T, text string) {
	t.Helper()
	if !clean.IsClean(text) || strings.Contains(text, topSecret) || len(text) > 3*maxDetail {
		t.Errorf("said is %q", text)
	}
}

// FuzzAnswers: whatever a web server answers, what is said of it is clean, short and
// without secrets, and no more than so much is read.
func FuzzAnswers(f *testing.F) {
	const ok = "HTTP/1.1 200 OK\r\n"
	for _, said := range []string{
		"", ok + "\r\nhello", ok + "Content-Length: 99999999999\r\n\r\nx", ok + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", ok + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n",
		"HTTP/1.1 302 Found\r\nLocation: /elsewhere?k=" + topSecret + "\r\n\r\n", "HTTP/1.1 302 Found\r\nLocation: http://\x1b[31m/\r\n\r\n", "HTTP/1.1 307 x\r\nLocation: http://127.0.0.1:1/\r\n\r\n",
		"HTTP/1.1 429 Slow\r\nRetry-After: 99999\r\n\r\n" + hostile + topSecret, "HTTP/1.1 503 x\r\nRetry-After: Wed, 21 Oct 2099 07:28:00 GMT\r\n\r\n", "HTTP/1.1 -99 x\r\n\r\n",
		strings.Repeat("HTTP/1.1 100 Continue\r\n\r\n", 9) + ok + "\r\n", "HTTP/1.1 101 x\r\nUpgrade: x\r\n\r\n", "HTTP/1.1 999 " + hostile + "\r\n\r\n", ok + "X: " + strings.Repeat("x", 2000) + "\r\n", "SSH-2.0-x\r\n",
	} {
		f.Add([]byte(said))
	}
	check := runbooks.Check{URL: "http://ada:" + topSecret + "@x.example/a?k=" + topSecret, Text: "hello"}
	p := &Prober{Proxy: noProxy, Now: func() time.Time { return time.Date(2026, 11, 24, 2, 41, 7, 0, time.UTC) }}
	s := &Sender{Now: p.Now}
	_, hidden := describe(check)
	f.Fuzz(func(t *testing.T, said []byte) {
		client, read := p.client(http.StatusOK), 0
		client.Transport.(*wire).dial = func(context.Context, string, bool) (net.Conn, error) {
			read++
			return &monologue{said: bytes.NewReader(said)}, nil
		}
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, check.URL, nil)
		if err != nil {
			t.Fatal(err)
		}
		resp, err := client.Do(r)
		if read > maxRedirects+1 {
			t.Errorf("%d requests were made", read)
		}
		if err != nil {
			fit(t, say(why(err), maxDetail, hidden))
			return
		}
		defer resp.Body.Close()
		body, broken := io.ReadAll(io.LimitReader(resp.Body, maxBody))
		fit(t, say(p.judge(check, resp, body, broken).detail, maxDetail, hidden))
		got := s.read(resp, string(body[:min(len(body), maxAnswer)]))
		fit(t, say(got.why, maxDetail, hidden))
		fit(t, say(got.answer, maxDetail, hidden))
		if got.pause < 0 || got.again && got.pause > maxSend {
			t.Errorf("another attempt is made in %v", got.pause)
		}
	})
}

// FuzzMail: whatever a mail server answers, the message is either accepted, or what
// is said of it is clean and short.
func FuzzMail(f *testing.F) {
	const greeting = "220 x ESMTP\r\n"
	for _, said := range []string{
		"", greeting + "250 x\r\n250 ok\r\n250 ok\r\n354 go\r\n250 taken\r\n221 bye\r\n", greeting + "250-x\r\n250-STARTTLS\r\n250 AUTH LOGIN\r\n220 go\r\n\x16\x03\x01",
		greeting + "250 x\r\n550 " + hostile + "\r\n", greeting + "500 no\r\n502 no\r\n", "220-\r\n220-\r\n", "999999999999 x\r\n", greeting + "250 x\r\n250 ok\r\n250 ok\r\n354 go\r\n451 later\r\n", strings.Repeat("220-x\r\n", 50),
	} {
		f.Add([]byte(said), false)
		f.Add([]byte(said), true)
	}
	f.Fuzz(func(t *testing.T, said []byte, secure bool) {
		channel := Channel{Kind: SMTP, Host: "x.example", From: "ops@x.example", To: []string{"a@x.example"}, Security: NoTLS}
		if secure {
			channel.Security, channel.User, channel.Password = StartTLS, "ada", NewSecret(topSecret)
		}
		talk := &conversation{channel: channel, tls: &tls.Config{ServerName: channel.Host}}
		err := talk.send(&boundedConn{Conn: &monologue{said: bytes.NewReader(said)}, left: maxMailAnswers}, []byte("Subject: x\r\n\r\nx\r\n"))
		switch {
		case err == nil && secure:
			t.Error("a message was sent in clear")
		case err != nil:
			fit(t, say(talk.at+": "+why(err), maxDetail, channel.secrets()))
		}
	})
}

// FuzzChannel: whatever a channel's settings are, what is wrong with them is said
// without a secret, and if nothing is, every message can be written.
func FuzzChannel(f *testing.F) {
	f.Add("webhook", "https://hooks.example/T0/B0", "", "", "")
	f.Add("pagerduty", "", "", "", "")
	f.Add("smtp", "", "mail.example", "Ops <ops@x.example>", "a@x.example")
	f.Add("slack", "javascript:x", "a b", "<", "\r\nBcc: b")
	f.Add("teams", "https://[::1]:99999/%zz", "\x00", "a@b", "=?utf-8?q?x?= <a@b>")
	f.Fuzz(func(t *testing.T, kind, address, host, from, to string) {
		c := Channel{Name: "x", Kind: ChannelKind(kind), URL: NewSecret(address + topSecret), RoutingKey: NewSecret(topSecret),
			Host: host, From: from, To: []string{to}, User: host, Password: NewSecret(topSecret)}
		problems := c.Problems()
		if strings.Contains(strings.Join(problems, "\n"), topSecret) {
			t.Errorf("a secret is said: %q", problems)
		}
		if len(problems) > 0 {
			return
		}
		if c.Kind == SMTP {
			if _, err := new(Sender).compose(c, Message{Title: to, Text: from}); err != nil {
				t.Error(err)
			}
			return
		}
		if body, err := payload(c, Message{Title: to, Text: from}); err != nil || !json.Valid(body) {
			t.Errorf("%v: %s", err, body)
		}
	})
}
