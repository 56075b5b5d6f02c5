package outside

import (
	"bufio"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"io"
	"mime"
	"mime/quotedprintable"
	"net"
	"net/http"
	"net/mail"
	"net/smtp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// A mailServer is a small mail server that does as a test wishes.
type mailServer struct {
	banner  string            // "220 …"
	offers  []string          // of EHLO
	answers map[string]string // by the command's first word, "." for the end of the message
	hang    string            // a command that is never answered
	tls     *tls.Config       // for STARTTLS, or from the first byte
	atOnce  bool              // TLS from the first byte
	flood   string            // a command answered without end

	mu    sync.Mutex
	heard []string // commands
	mail  string   // the message, with its dots undone
}

// mailTLS is a certificate for 127.0.0.1 and whom to trust for it.
func mailTLS(t *testing.T) (*tls.Config, *x509.CertPool) {
	t.Helper()
	server := webTLS(t, func(http.ResponseWriter, *http.Request) {})
	pool := x509.NewCertPool()
	pool.AddCert(server.Certificate())
	return &tls.Config{Certificates: server.TLS.Certificates}, pool
}

// start begins to serve, and gives a channel that leads there.
func (s *mailServer) start(t *testing.T) Channel {
	t.Helper()
	if s.banner == "" {
		s.banner = "220 mail.example ESMTP"
	}
	address, _ := raw(t, func(conn net.Conn) { s.serve(conn) })
	host, port, _ := net.SplitHostPort(address)
	number, _ := strconv.Atoi(port)
	return Channel{
		Name: "members", Kind: SMTP, Host: host, Port: number, From: "Öperations <ops@x.example>",
		To: []string{"amy@x.example", "Bö <bo@x.example>"},
	}
}

func (s *mailServer) serve(conn net.Conn) {
	if s.atOnce {
		conn = tls.Server(conn, s.tls)
	}
	in := bufio.NewReader(conn)
	say := func(text string) { _, _ = io.WriteString(conn, text+"\r\n") }
	say(s.banner)
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		line = strings.TrimRight(line, "\r\n")
		word := strings.ToUpper(strings.Fields(line + " ?")[0])
		s.note(line)
		switch answer, set := s.answers[word]; {
		case word == s.hang:
			drain(conn)
			return
		case word == s.flood:
			for err == nil {
				_, err = io.WriteString(conn, "250-"+strings.Repeat(hostile, 1000)+"\r\n")
			}
			return
		case set:
			say(answer)
		case word == "EHLO":
			say("250-mail.example\r\n250-" + strings.Join(append(s.offers, "8BITMIME"), "\r\n250-") + "\r\n250 HELP")
		case word == "STARTTLS":
			say("220 go ahead")
			conn = tls.Server(conn, s.tls)
			in = bufio.NewReader(conn)
			s.offers = slices.DeleteFunc(slices.Clone(s.offers), func(o string) bool { return o == "STARTTLS" })
		case word == "AUTH":
			s.logIn(line, in, say)
		case word == "DATA":
			say("354 go on")
			if !s.take(in, say, conn) {
				return
			}
		case word == "QUIT":
			say("221 bye")
			return
		default:
			say("250 fine")
		}
	}
}

func (s *mailServer) logIn(line string, in *bufio.Reader, say func(string)) {
	if strings.HasPrefix(line, "AUTH LOGIN") {
		for _, question := range []string{"Username:", "Password:"} {
			say("334 " + base64.StdEncoding.EncodeToString([]byte(question)))
			answer, _ := in.ReadString('\n')
			s.note(strings.TrimSpace(answer))
		}
	}
	say("235 welcome")
}

// take reads a message to its end.
func (s *mailServer) take(in *bufio.Reader, say func(string), conn net.Conn) bool {
	var text strings.Builder
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return false
		}
		if line == ".\r\n" {
			break
		}
		text.WriteString(strings.TrimPrefix(line, "."))
	}
	s.mu.Lock()
	s.mail = text.String()
	s.mu.Unlock()
	if s.hang == "." {
		drain(conn)
		return false
	}
	if answer, set := s.answers["."]; set {
		say(answer)
	} else {
		say("250 queued " + hostile)
	}
	return true
}

func (s *mailServer) note(line string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.heard = append(s.heard, line)
}

// commands are the first words of what was heard.
func (s *mailServer) commands() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	words := make([]string, len(s.heard))
	for i, line := range s.heard {
		words[i] = strings.Fields(line + " ?")[0]
	}
	return strings.Join(words, " ")
}

// read is the message as a mail program would show it.
func (s *mailServer) read(t *testing.T) (mail.Header, string) {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	for line := range strings.SplitSeq(s.mail, "\r\n") {
		if len(line) > 998 || strings.ContainsAny(line, "\r\n") || strings.ContainsFunc(line, func(r rune) bool { return r > 126 }) {
			t.Errorf("not fit for the wire: %q", line)
		}
	}
	got, err := mail.ReadMessage(strings.NewReader(s.mail))
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(quotedprintable.NewReader(got.Body))
	if err != nil {
		t.Fatal(err)
	}
	return got.Header, strings.ReplaceAll(string(body), "\r\n", "\n")
}

func TestMail(t *testing.T) {
	config, pool := mailTLS(t)
	plain := base64.StdEncoding.EncodeToString([]byte("\x00amy\x00hunter2"))
	for _, c := range []struct {
		name   string
		server *mailServer
		change func(*Channel)
		heard  string
		line   string // one that must have been heard
	}{
		{"starttls, plain", &mailServer{tls: config, offers: []string{"STARTTLS", "AUTH LOGIN PLAIN"}}, func(*Channel) {},
			"EHLO STARTTLS EHLO AUTH MAIL RCPT RCPT DATA QUIT", "AUTH PLAIN " + plain},
		{"starttls, login", &mailServer{tls: config, offers: []string{"STARTTLS", "AUTH LOGIN"}}, func(*Channel) {},
			"EHLO STARTTLS EHLO AUTH YW15 aHVudGVyMg== MAIL RCPT RCPT DATA QUIT", "AUTH LOGIN"},
		{"tls", &mailServer{tls: config, atOnce: true, offers: []string{"AUTH PLAIN"}}, func(c *Channel) { c.Security = TLS },
			"EHLO AUTH MAIL RCPT RCPT DATA QUIT", "RCPT TO:<bo@x.example>"},
		{"relay in clear", &mailServer{}, func(c *Channel) { c.Security, c.User = NoTLS, "" },
			"EHLO MAIL RCPT RCPT DATA QUIT", "MAIL FROM:<ops@x.example> BODY=8BITMIME"},
	} {
		t.Run(c.name, func(t *testing.T) {
			channel := c.server.start(t)
			channel.User, channel.Password = "amy", NewSecret("hunter2")
			c.change(&channel)
			at := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
			sender := &Sender{Roots: pool, Now: func() time.Time { return at }}
			m := message()
			m.Title, m.Text = "Störung "+strings.Repeat("– länger ", 40), "Grüße\n.\n.. dots\n=3D "+strings.Repeat("weiter ", 50)+"\n"
			receipt, err := sender.Send(t.Context(), channel, m)
			if err != nil {
				t.Fatal(err)
			}
			want := Receipt{Channel: "members", How: "mail", To: "amy@x.example, Bö <bo@x.example>", Attempts: 1, Answer: "accepted"}
			if receipt != want {
				t.Errorf("the receipt is %+v", receipt)
			}
			if got := c.server.commands(); got != c.heard || !slices.Contains(c.server.heard, c.line) {
				t.Errorf("heard %s\nwant  %s\nwith  %s\nin    %q", got, c.heard, c.line, c.server.heard)
			}
			header, body := c.server.read(t)
			if body != m.Text {
				t.Errorf("the body is %q", body)
			}
			subject, err := new(mime.WordDecoder).DecodeHeader(header.Get("Subject"))
			if err != nil || !strings.HasPrefix(subject, "Störung – länger") || !strings.HasSuffix(subject, "…") {
				t.Errorf("the subject is %q, %v", subject, err)
			}
			if header.Get("Date") != "Fri, 02 Jan 2026 03:04:05 +0000" || header.Get("X-Muster-Log-Head") != m.LogHead.String() {
				t.Errorf("the header is %v", header)
			}
			if to, err := header.AddressList("To"); err != nil || len(to) != 2 || to[1].Name != "Bö" {
				t.Errorf("to %v, %v", to, err)
			}
			mustNotLeak(t, secrets, receipt, channel)
		})
	}
}

func TestMailHeadersCannotBeInjected(t *testing.T) {
	server := &mailServer{}
	channel := server.start(t)
	channel.Security = NoTLS
	channel.To = []string{`"A\u000d\u000aBcc: c@x.example" <amy@x.example>`}
	m := message()
	m.Title = "Hi\r\nBcc: evil@x.example\r\n\r\nbody " + hostile
	m.IncidentID = "imo\r\nX-Evil: 1"
	m.DedupKey = "a\r\nX-Evil: 2"
	m.Text = "line\r\n.\r\nMAIL FROM:<evil@x.example>\r\nend"
	if _, err := (&Sender{}).Send(t.Context(), channel, m); err != nil {
		t.Fatal(err)
	}
	header, body := server.read(t)
	var names []string
	for name := range header {
		names = append(names, name)
	}
	slices.Sort(names)
	want := "Content-Transfer-Encoding Content-Type Date From Message-Id Mime-Version Subject To X-Muster-Log-Head"
	if got := strings.Join(names, " "); got != want {
		t.Errorf("headers %s\nwant    %s", got, want)
	}
	if got := server.commands(); got != "EHLO MAIL RCPT DATA QUIT" {
		t.Errorf("heard %s", got)
	}
	if body != strings.ReplaceAll(m.Text, "\r\n", "\n")+"\n" { // a mail ends with a line break
		t.Errorf("the body is %q", body)
	}
}

func TestMessageID(t *testing.T) {
	m := message()
	first := messageID("ops@x.example", m)
	if first != messageID("ops@x.example", m) || !strings.HasSuffix(first, "@x.example>") {
		t.Errorf("got %s", first)
	}
	if m.Text += "."; first == messageID("ops@x.example", m) {
		t.Error("another text has the same id")
	}
	if got := subject(Message{Text: "\n first line \nsecond"}); got != "first line" {
		t.Errorf("the subject is %q", got)
	}
}

func TestMailFails(t *testing.T) {
	config, pool := mailTLS(t)
	clear := func(c *Channel) { c.Security, c.User = NoTLS, "" }
	tlsOffers := []string{"STARTTLS", "AUTH PLAIN"}
	echo := "hunter2 " + base64.StdEncoding.EncodeToString([]byte("\x00amy\x00hunter2")) + hostile
	for _, c := range []struct {
		name   string
		server *mailServer
		change func(*Channel)
		why    string
		maybe  bool
	}{
		{"no STARTTLS", &mailServer{offers: []string{"AUTH PLAIN"}}, func(*Channel) {}, "does not offer STARTTLS", false},
		{"STARTTLS refused", &mailServer{offers: tlsOffers, answers: map[string]string{"STARTTLS": "454 no " + hostile}}, func(*Channel) {},
			"changing to TLS: 454 no ␛", false},
		{"another's certificate", &mailServer{offers: tlsOffers, tls: config}, func(c *Channel) { c.Host = "localhost" },
			"the certificate is not for localhost", false},
		{"no TLS at all", &mailServer{}, func(c *Channel) { c.Security = TLS }, "greeting the mail server: ", false},
		{"no known way to log in", &mailServer{offers: []string{"STARTTLS", "AUTH NTLM"}, tls: config}, func(*Channel) {},
			"neither AUTH PLAIN nor AUTH LOGIN", false},
		{"wrong password", &mailServer{offers: tlsOffers, tls: config, answers: map[string]string{"AUTH": "535 " + echo}}, func(*Channel) {},
			"logging in: 535 ••• •••␛", false},
		{"banner refuses", &mailServer{banner: "554 go away " + hostile}, clear, "greeting the mail server: 554 go away ␛", false},
		{"banner is nonsense", &mailServer{banner: hostile}, clear, "greeting the mail server", false},
		{"sender refused", &mailServer{answers: map[string]string{"MAIL": "550 not you"}}, clear, "naming the sender: 550 not you", false},
		{"recipient refused", &mailServer{answers: map[string]string{"RCPT": "550 unknown"}}, clear,
			"naming the recipient amy@x.example: 550 unknown", false},
		{"data refused", &mailServer{answers: map[string]string{"DATA": "451 not now"}}, clear, "handing over the message: 451 not now", false},
		{"message refused", &mailServer{answers: map[string]string{".": "552 too big"}}, clear, "handing over the message: 552 too big", false},
		{"hangs at once", &mailServer{hang: "EHLO"}, clear, "no answer in time", false},
		{"hangs at the end", &mailServer{hang: "."}, clear, "handing over the message: no answer in time", true},
		{"floods", &mailServer{flood: "EHLO"}, clear, "more than anybody needs", false},
		{"a banner without end", &mailServer{banner: strings.Repeat("220-x", 1<<20)}, clear, "more than anybody needs", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			channel := c.server.start(t)
			channel.User, channel.Password = "amy", NewSecret("hunter2")
			if c.server.hang != "" {
				channel.Timeout = 4 * short
			}
			c.change(&channel)
			failed := mustFail(t, &Sender{Roots: pool}, channel, message())
			if !strings.Contains(failed.Why, c.why) || failed.Maybe != c.maybe {
				t.Errorf("got %+v; want %q, %v", failed, c.why, c.maybe)
			}
			c.server.mu.Lock()
			defer c.server.mu.Unlock()
			for _, line := range c.server.heard {
				if c.server.tls == nil && strings.HasPrefix(line, "AUTH") {
					t.Errorf("in clear: %s", line)
				}
			}
		})
	}
}

func TestMailIsTriedAgainOnlyIfNobodyAnswers(t *testing.T) {
	var paused []time.Duration
	channel := (&mailServer{}).start(t)
	_, port, _ := net.SplitHostPort(closed(t))
	channel.Port, _ = strconv.Atoi(port)
	failed := mustFail(t, &Sender{Sleep: pauses(&paused)}, channel, message())
	if !strings.Contains(failed.Why, "cannot be reached") || len(paused) != 2 {
		t.Errorf("got %v, paused %v", failed, paused)
	}
}

func TestMailEndsWithItsContext(t *testing.T) {
	server := &mailServer{hang: "MAIL"}
	channel := server.start(t)
	channel.Security = NoTLS
	var err error
	for patience := 4 * short; patience < time.Minute; patience *= 2 { // a busy machine comes there late
		ctx, cancel := context.WithTimeout(t.Context(), patience)
		_, err = (&Sender{}).Send(ctx, channel, message())
		cancel()
		if failed := new(SendError); errors.As(err, &failed) && strings.Contains(failed.Why, "naming the sender: no answer in time") {
			return
		}
	}
	t.Errorf("got %v", err)
}

func TestLoginStaysWithinTLS(t *testing.T) {
	auth := &loginAuth{"amy", "hunter2"}
	if _, _, err := auth.Start(&smtp.ServerInfo{}); err == nil {
		t.Error("begun in clear")
	}
	if way, _, err := auth.Start(&smtp.ServerInfo{TLS: true}); way != "LOGIN" || err != nil {
		t.Errorf("got %s, %v", way, err)
	}
}
